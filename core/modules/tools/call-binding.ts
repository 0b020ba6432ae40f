import type { ToolCall } from '@plugboard/sdk';
import type { ActionContext } from '../../kernel/context.ts';
import { callActor } from '../../kernel/hooks/event-origin.ts';
import { findContactById } from '../contacts/index.ts';
import type { LoadedConversation } from '../conversations/index.ts';
import { callErrors } from './tool-call.model.ts';

type Scope = 'contact' | 'conversation' | 'desk';
type Subject = Pick<LoadedConversation, 'uid' | 'contact_uid' | 'contact_kind' | 'brand_uid'>;

export const isVerified = (conversation: Pick<LoadedConversation, 'contact_kind'>): boolean => conversation.contact_kind === 'verified';

/** Whose data a call touches: said by the desk alone, and only of a contact that proved who they are. */
export function bindCall(ctx: ActionContext, scope: Scope, conversation: Subject, idempotencyKey: string, signal: AbortSignal): ToolCall {
  return {
    signal, actor: callActor(ctx.actor), locale: ctx.locale, idempotencyKey,
    contactId: scope !== 'desk' && isVerified(conversation) ? conversation.contact_uid : null,
    conversationId: conversation.uid, brandId: conversation.brand_uid,
  };
}

/** Why a call about a contact may not run now: nobody proved who they are, or the conversation is somebody else's by now. */
export async function contactProblem(ctx: ActionContext, call: { scope: Scope; contact_id: number }, conversation: LoadedConversation): Promise<string | null> {
  if (call.scope === 'desk') return null;
  if (call.scope === 'contact' && !isVerified(conversation)) return callErrors.unverified;
  const meant = await findContactById(ctx.db, call.contact_id);
  return meant?.id === conversation.contact_id ? null : callErrors.changed;
}
