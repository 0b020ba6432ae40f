import type { Card } from '@plugboard/sdk';
import type { ActionContext } from '../../kernel/context.ts';
import { pluginText } from '../../kernel/plugins/plugin-texts.ts';
import type { ToolCallDto } from '../../shared/tools.ts';
import { presentCards } from '../plugins/index.ts';
import { findKnownTool } from './known-tools.ts';
import { callErrors, isDecidable, type CallTexts, type ListedCall } from './tool-call.model.ts';
import { roleUidOf, ruleFor, selectToolSettings } from './tool-rules.ts';

const iso = (time: number | null): string | null => time === null ? null : new Date(time).toISOString();

/** Calls as people of the desk see them, in their language. */
export async function presentCalls(ctx: ActionContext, calls: readonly ListedCall[]): Promise<ToolCallDto[]> {
  const [settingsOf, role] = [await selectToolSettings(ctx.db), await roleUidOf(ctx.db, ctx.actor)];
  const isForbidden = (toolId: string): boolean => {
    const tool = findKnownTool(ctx.kernel, toolId);
    return tool !== undefined && ruleFor(tool, settingsOf(toolId), 'roles', role) === 'never';
  };
  return calls.map((call) => present(ctx, call, ctx.can('tool-call.decide') && !isForbidden(call.tool_id)));
}

export const presentCall = async (ctx: ActionContext, call: ListedCall): Promise<ToolCallDto> => (await presentCalls(ctx, [call]))[0]!;

function present(ctx: ActionContext, call: ListedCall, mayDecide: boolean): ToolCallDto {
  const { label, pluginName, texts } = JSON.parse(call.texts) as CallTexts;
  const [preview] = call.preview === null ? [] : presentCards([JSON.parse(call.preview) as Card], texts, ctx.locale);
  return {
    id: call.uid,
    tool: { id: call.tool_id, label: pluginText(texts, label, ctx.locale), effect: call.effect, pluginName: pluginText(texts, pluginName, ctx.locale) },
    status: call.status === 'pending' && call.expires_at <= ctx.now ? 'expired' : call.status,
    by: { type: call.actor_type, id: call.actor_uid, name: call.actor_name },
    conversation: { id: call.conversation_uid, subject: call.conversation_subject, contactName: call.contact_name },
    input: JSON.parse(call.input) as unknown,
    preview: preview ?? null,
    result: call.result === null ? null : JSON.parse(call.result) as unknown,
    error: call.error === null ? null : errorIn(ctx, call.error),
    decidedBy: call.decided_by_uid === null ? null : { id: call.decided_by_uid, name: call.decided_by_name ?? '' },
    decidedAt: iso(call.decided_at),
    reason: call.reason,
    expiresAt: call.status === 'pending' ? iso(call.expires_at) : null,
    createdAt: new Date(call.created_at).toISOString(),
    may: { decide: mayDecide && isDecidable(call, ctx.now) },
  };
}

const known: ReadonlyMap<string, string> = new Map(Object.entries(callErrors).map(([key, text]) => [text, `errors:tool_error_${key}`]));

/** What the desk says in the reader's language; what a plugin said stays as it is. */
function errorIn(ctx: ActionContext, error: string): string {
  const key = error.startsWith('invalid_input') ? 'errors:tool_error_input' : known.get(error);
  return key ? ctx.kernel.i18n.t(key, ctx.locale) : error;
}
