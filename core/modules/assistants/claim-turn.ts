import type { ActionContext } from '../../kernel/context.ts';
import { newId } from '../../kernel/ids.ts';
import { beginTurn, type LoadedConversation } from '../conversations/index.ts';
import { plainOf } from '../messages/index.ts';
import type { KnownAssistant } from './assistant-accounts.ts';
import { AssistantRun } from './assistant-run.model.ts';
import { brandLocale } from './brand-locale.ts';
import { findRunOf, lastContactReply } from './run.queries.ts';

export const leaseMs = 30_000;

export interface TurnRequest {
  conversationId: string;
  /** The contact's message to answer. */
  seq: number;
  /** A person called the assistant, at this epoch: it may speak to a message that had its turn before. */
  calledAt?: number;
}

/** Begins a turn under a new epoch, unless the message had one, a newer one came, or the assistant may not speak any more. */
export async function claimTurn(ctx: ActionContext, conversation: LoadedConversation, known: KnownAssistant, request: TurnRequest): Promise<AssistantRun | null> {
  const locale = await brandLocale(ctx, conversation.brand_id);
  return ctx.transaction(async (tx) => {
    const mode = conversation.ai_state === 'active' ? 'answer' as const : 'suggest' as const;
    const begun = await beginTurn(tx, conversation.id, async (row) => {
      if (row.assistant_id !== known.operator.id || row.ai_state !== conversation.ai_state) return false;
      const last = await lastContactReply(tx.db, row.id);
      if (last?.seq !== request.seq) return false;
      const before = await findRunOf(tx.db, row.id, request.seq);
      if (!before) return true;
      if (request.calledAt === undefined) return before.status === 'superseded';
      // Called twice for one reason: a turn that goes on is not cut short by its own repeat, and what was answered stays so.
      const goesOn = before.status === 'running' && before.epoch === row.speaker_epoch;
      return before.epoch <= request.calledAt && !goesOn && row.snippet_author === 'contact';
    });
    if (!begun) return null;
    const question = plainOf((await lastContactReply(tx.db, conversation.id))?.text ?? '').slice(0, 4_000).toWellFormed();
    return AssistantRun.query(tx.db).insertAndFetch({
      uid: newId(), conversation_id: conversation.id, brand_id: conversation.brand_id, contact_id: conversation.contact_id, operator_id: known.operator.id,
      mode, status: 'running', reason: null, epoch: begun.speaker_epoch, trigger_seq: request.seq, locale: conversation.language ?? locale, question, text: '',
      sources: null, trace: null, confidence: null, message_uid: null, latency_ms: null, error: null, contact_rating: null, operator_rating: null, rating_comment: null,
      lease_until: Date.now() + leaseMs, dismissed_at: null, created_at: Date.now(), finished_at: null,
    });
  });
}
