import type { AssistantRunDto, PluginContext } from '@plugboard/sdk';
import type { Kernel } from '../../kernel/context.ts';
import { brandUids } from '../brands/index.ts';
import { decodePlace, encodePlace } from '../conversations/index.ts';
import { AssistantRun } from './assistant-run.model.ts';

const list = 'assistants.runs';
const most = 100;
type Joined = AssistantRun & { conversation_uid: string; assistant_uid: string };

/** Turns that ended, for plugins, the newest first. */
export const createPluginRuns = (kernel: Kernel): PluginContext['assistants']['runs'] => async ({ assistantId, status, limit, cursor }) => {
  const { knex } = kernel.db;
  const size = Math.max(1, Math.min(most, Math.trunc(limit ?? 50)));
  const query = AssistantRun.query(knex).select('assistant_runs.*', 'c.uid as conversation_uid', 'o.uid as assistant_uid')
    .join('conversations as c', 'c.id', 'assistant_runs.conversation_id').join('operators as o', 'o.id', 'assistant_runs.operator_id')
    .whereNot('assistant_runs.status', 'running').orderBy('assistant_runs.id', 'desc').limit(size + 1);
  if (cursor) void query.where('assistant_runs.id', '<', decodePlace(list, cursor).id);
  if (status) void query.where('assistant_runs.status', status);
  if (assistantId) void query.where('o.uid', assistantId);
  const rows = await query as unknown as Joined[];
  const brands = await brandUids(knex);
  const page = rows.slice(0, size);
  const last = page.at(-1);
  return { data: page.map((row) => present(row, brands.get(row.brand_id) ?? '')), nextCursor: rows.length > size && last ? encodePlace(list, { key: last.id, id: last.id }) : null };
};

const present = (row: Joined, brandId: string): AssistantRunDto => ({
  id: row.uid, assistantId: row.assistant_uid, conversationId: row.conversation_uid, brandId, question: row.question, status: row.status as AssistantRunDto['status'],
  reason: row.reason, confidence: row.confidence, locale: row.locale, createdAt: new Date(row.created_at).toISOString(),
});
