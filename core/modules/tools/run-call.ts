import { execute, selectRows } from '../../kernel/db/statement.ts';
import type { ActionContext } from '../../kernel/context.ts';
import { faultPoint } from '../../kernel/faults.ts';
import { BreakerOpen, PluginTimeout } from '../../kernel/plugins/plugin-calls.ts';
import { findConversationById } from '../conversations/index.ts';
import { bindCall } from './call-binding.ts';
import { checkInput, issuesText } from './check-input.ts';
import type { KnownTool } from './known-tools.ts';
import { tellEnded } from './tell-call.ts';
import { callErrors, toolLimits, type ToolCallRow } from './tool-call.model.ts';

type Ended = { status: 'done'; result: string } | { status: 'failed'; error: string };

/** Runs the plugin's code for a call that is claimed, and writes down what came of it. The key is the same for each try of one call. */
export async function runCall(ctx: ActionContext, tool: KnownTool, call: ToolCallRow, signal: AbortSignal): Promise<ToolCallRow> {
  faultPoint(ctx.kernel.config, 'tool-claimed');
  const ended = await ask(ctx, tool, call, signal);
  return ctx.transaction((tx) => finish(tx, call, ended));
}

async function ask(ctx: ActionContext, tool: KnownTool, call: ToolCallRow, signal: AbortSignal): Promise<Ended> {
  const conversation = await findConversationById(ctx.db, call.conversation_id);
  if (!conversation) return { status: 'failed', error: callErrors.changed };
  const bound = bindCall(ctx, call.scope, conversation, call.uid, signal);
  try {
    const checked = await checkInput(tool, JSON.parse(call.input), bound);
    if ('issues' in checked) return { status: 'failed', error: issuesText(checked.issues) };
    return { status: 'done', result: resultText(await tool.provider.run(checked.data, bound)) };
  } catch (error) {
    return { status: 'failed', error: errorText(error, tool, signal) };
  }
}

/** What a tool answered, as JSON that is small enough to be kept and given to a model. The effect is there either way: what is too large is cut. */
function resultText(result: unknown): string {
  const text = textOf(result);
  return Buffer.byteLength(text) <= toolLimits.resultBytes ? text : JSON.stringify({ isTruncated: true, text: Buffer.from(text).subarray(0, toolLimits.resultBytes / 2).toString('utf8') });
}

function textOf(result: unknown): string {
  try {
    return JSON.stringify(result ?? null) ?? 'null';
  } catch {
    return JSON.stringify({ isTruncated: true, text: '' });
  }
}

/** A refusal of the plugin in its own words; of anything else only that it failed: what it threw is on its health page. */
function errorText(error: unknown, { provider }: KnownTool, signal: AbortSignal): string {
  if (error instanceof PluginTimeout) return callErrors.timeout;
  if (error instanceof BreakerOpen) return callErrors.paused;
  if (signal.aborted) return callErrors.interrupted;
  const { name, code } = error as { name?: unknown; code?: unknown };
  if (name !== 'PluginError' || typeof code !== 'string') return callErrors.failed;
  return (provider.pluginTexts.en?.[`errors.${code}`] ?? code).slice(0, 500);
}

/** Writes the outcome where the call is still ours. One that was believed dead and answers after all is known again. */
async function finish(tx: ActionContext, call: ToolCallRow, ended: Ended): Promise<ToolCallRow> {
  const [result, error] = ended.status === 'done' ? [ended.result, null] : [null, ended.error];
  const { changes } = await execute(tx.db,
    `UPDATE tool_calls SET status = ?, result = ?, error = ?, lease_until = NULL, updated_at = ?
     WHERE id = ? AND claim_token = ? AND (status = 'running' OR (status = 'failed' AND error = ?))`,
    [ended.status, result, error, Date.now(), call.id, call.claim_token, callErrors.interrupted]);
  const [row] = await selectRows<ToolCallRow>(tx.db, 'SELECT * FROM tool_calls WHERE id = ?', [call.id]);
  if (!row) return call;
  if (changes > 0) await tellEnded(tx, row);
  return row;
}
