import type { ActionContext } from '../../kernel/context.ts';
import { conflict, invalid } from '../../kernel/errors.ts';
import { validate } from '../../kernel/http/validate.ts';
import { conversationsSettings, guidanceSettings, textSettings, websiteSettings, type ConversationsSettings, type SourceDto, type SourcePatch } from '../../shared/knowledge.ts';
import { audit } from '../audit/index.ts';
import { departmentRowIds } from '../departments/index.ts';
import { removeSource as removePassages } from '../retrieval/index.ts';
import { nextRunOf, planRun } from './run-plan.ts';
import { SourceDocument } from './source-document.model.ts';
import { KnowledgeSource, settingsOf } from './source.model.ts';
import { answerSource, reachableBrand, readSource } from './source.queries.ts';
import { tellGuidance, tellSource } from './tell-source.ts';

type Changes = Partial<Pick<KnowledgeSource, 'name' | 'brand_id' | 'audience' | 'locale' | 'is_enabled' | 'position' | 'settings'>>;

/** Changes a source. Who finds it changes at once: its passages go in this transaction and come back for the new readers. */
export async function changeSource(ctx: ActionContext, { id, ...patch }: SourcePatch & { id: string }): Promise<SourceDto> {
  return ctx.transaction(async (tx) => {
    const source = await readSource(tx, id, { isLocked: true });
    tx.authorize('knowledge-source.edit', source);
    if (source.kind === 'conversations') tx.authorize('knowledge-source.learn');
    if (patch.version !== undefined && patch.version !== source.version) throw conflict('stale', { source: await answerSource(tx, id) });
    const changes = changed(source, await columnsOf(tx, source, patch));
    if (Object.keys(changes).length === 0) return answerSource(tx, id);
    const after = { ...source, ...changes } as KnowledgeSource;
    const nextRun = after.settings === source.settings && after.is_enabled === source.is_enabled ? {} : { next_run_at: nextRunOf(after, tx.now) };
    await KnowledgeSource.query(tx.db).findById(source.id).patch({ ...changes, ...nextRun, version: source.version + 1, updated_at: tx.now });
    await audit(tx, 'knowledge-source.changed', { type: 'knowledge-source', id }, { name: after.name, fields: Object.keys(changes) });
    if (after.kind === 'conversations') await departmentRowIds(tx.db, settingsOf<ConversationsSettings>(after).departmentIds, 'settings.departmentIds');
    await takeEffect(tx, source, after);
    await tellSource(tx, source);
    if (after.brand_id !== source.brand_id) await tellSource(tx, after);
    return answerSource(tx, id);
  });
}

async function columnsOf(tx: ActionContext, source: KnowledgeSource, patch: SourcePatch): Promise<Changes> {
  const brandId = patch.brandId === undefined ? source.brand_id : await reachableBrand(tx, patch.brandId);
  if (brandId === undefined) throw invalid('brandId', 'unknown_brand');
  tx.authorize('knowledge-source.edit', { brand_id: brandId });
  return {
    brand_id: brandId,
    ...(patch.name === undefined ? {} : { name: patch.name }),
    ...(patch.audience === undefined ? {} : { audience: patch.audience }),
    ...(patch.locale === undefined ? {} : { locale: patch.locale }),
    ...(patch.position === undefined ? {} : { position: patch.position }),
    ...(patch.isEnabled === undefined ? {} : { is_enabled: patch.isEnabled ? 1 : 0 }),
    ...(patch.settings === undefined ? {} : { settings: settingsAfter(source, patch.settings) }),
  };
}

const schemas = { website: websiteSettings, text: textSettings, guidance: guidanceSettings, conversations: conversationsSettings };

/** What is left out of the settings stays as well. */
function settingsAfter(source: KnowledgeSource, given: Record<string, unknown>): string {
  if (source.kind === 'file') {
    if (Object.keys(given).length > 0) throw invalid('settings', 'file_settings');
    return source.settings;
  }
  return JSON.stringify(validate(schemas[source.kind], { ...settingsOf(source), ...given }, 'body'));
}

const changed = (source: KnowledgeSource, columns: Changes): Changes =>
  Object.fromEntries(Object.entries(columns).filter(([name, value]) => source[name as keyof Changes] !== value));

async function takeEffect(tx: ActionContext, before: KnowledgeSource, after: KnowledgeSource): Promise<void> {
  const isOtherReading = before.locale !== after.locale || (before.settings !== after.settings && !isScheduleOnly(before, after));
  const isForOthers = before.brand_id !== after.brand_id || before.audience !== after.audience || before.locale !== after.locale || (before.name !== after.name && after.kind === 'text');
  const isSwitched = before.is_enabled !== after.is_enabled;
  const isMoved = before.position !== after.position || before.name !== after.name;
  if (after.kind === 'guidance' && (isOtherReading || isForOthers || isSwitched || isMoved)) await tellGuidance(tx, before.brand_id === after.brand_id ? after.brand_id : null);
  if (after.kind === 'guidance' || (!isOtherReading && !isForOthers && !isSwitched)) return;
  if (isForOthers || (isSwitched && after.is_enabled === 0)) await dropPassages(tx, after);
  if (isOtherReading) await SourceDocument.query(tx.db).where({ source_id: after.id }).patch({ etag: null, last_modified: null });
  if (after.is_enabled === 0) return endRun(tx, after);
  const wasFetching = before.is_enabled === 0 || isRunningFetch(before);
  await planRun(tx, after, isOtherReading || wasFetching || after.kind === 'conversations' ? 'fetch' : 'index');
}

const isRunningFetch = (source: KnowledgeSource): boolean => (source.state === 'pending' || source.state === 'processing') && source.run_mode === 'fetch';

function isScheduleOnly(before: KnowledgeSource, after: KnowledgeSource): boolean {
  if (before.kind !== 'website') return false;
  const without = (source: KnowledgeSource): string => JSON.stringify({ ...settingsOf(source), schedule: null });
  return without(before) === without(after);
}

/** Nothing of it is found any more; what was read is kept, for the day it is wanted again. */
export async function dropPassages(tx: ActionContext, source: Pick<KnowledgeSource, 'id' | 'uid'>): Promise<void> {
  await removePassages(tx, source.uid);
  await SourceDocument.query(tx.db).where({ source_id: source.id, is_indexed: 1 }).patch({ is_indexed: 0, passage_count: 0 });
  await KnowledgeSource.query(tx.db).findById(source.id).patch({ passage_count: 0 });
}

/** Whatever reads it now writes nothing any more. */
async function endRun(tx: ActionContext, source: KnowledgeSource): Promise<void> {
  await KnowledgeSource.query(tx.db).findById(source.id).patch({ run: source.run + 1, fence: 0, state: source.document_count > 0 ? 'ready' : 'pending', error: null, done: 0, total: null, failed: 0 });
}
