import { selectRows } from '../../kernel/db/statement.ts';
import type { ActionContext } from '../../kernel/context.ts';
import { pluginText } from '../../kernel/plugins/plugin-texts.ts';
import type { AnswerDto } from '../../shared/assistants.ts';
import type { CallTexts, ToolCallRow } from './tool-call.model.ts';

/** What turns called, by the turn's id, in the order of the calls; for people who may see the conversation and ask what an answer came from. */
export async function callsOfTurns(ctx: ActionContext, runUids: readonly string[]): Promise<ReadonlyMap<string, AnswerDto['calls']>> {
  if (runUids.length === 0) return new Map();
  const rows = await selectRows<ToolCallRow>(ctx.db, `SELECT * FROM tool_calls WHERE run_uid IN (${runUids.map(() => '?').join(', ')}) ORDER BY ordinal`, runUids);
  const calls = new Map<string, AnswerDto['calls']>();
  for (const row of rows) calls.set(row.run_uid ?? '', [...calls.get(row.run_uid ?? '') ?? [], present(ctx, row)]);
  return calls;
}

function present(ctx: ActionContext, row: ToolCallRow): AnswerDto['calls'][number] {
  const { label, texts } = JSON.parse(row.texts) as CallTexts;
  return {
    id: row.uid, tool: row.tool_id, label: pluginText(texts, label, ctx.locale), effect: row.effect, input: JSON.parse(row.input) as unknown, status: row.status,
    result: row.result === null ? null : JSON.parse(row.result) as unknown,
  };
}
