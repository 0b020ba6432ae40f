import type { MessageDto, PublicMessageDto } from '@plugboard/sdk';
import type { ActionContext } from '../../kernel/context.ts';
import { attachmentsOf } from '../attachments/index.ts';
import { isPublicMessage, presentMessage, presentPublicMessage, selectMessages, type MessageWindow } from '../messages/index.ts';
import type { LoadedConversation } from './conversation.model.ts';

/** How many messages a client may lack and still fetch them one page after the other. Beyond that it starts over. */
const farthest = 1_000;

export const isTooFar = (lastSeq: number, afterSeq: number | undefined): boolean => afterSeq !== undefined && (lastSeq - afterSeq > farthest || afterSeq > lastSeq);

/** A page of a thread for people of the desk. The conversation was read under the policy before. */
export async function staffMessages(ctx: ActionContext, conversation: LoadedConversation, window: MessageWindow): Promise<{ data: MessageDto[]; hasMore: boolean }> {
  const { rows, hasMore } = await selectMessages(ctx.db, conversation.id, ctx.can('message.view-note') ? 'all' : 'without-notes', window);
  const attachments = await attachmentsOf(ctx.db, rows);
  return { data: rows.map((row) => presentMessage(row, attachments.get(row.id), ctx.actor)), hasMore };
}

/** A page of a thread for its contact. */
export async function contactMessages(ctx: ActionContext, conversation: LoadedConversation, window: MessageWindow): Promise<{ data: PublicMessageDto[]; hasMore: boolean }> {
  const { rows, hasMore } = await selectMessages(ctx.db, conversation.id, 'public', window);
  const shown = rows.filter(isPublicMessage);
  const attachments = await attachmentsOf(ctx.db, shown);
  return { data: shown.map((row) => presentPublicMessage(row, attachments.get(row.id) ?? [], conversation.contact_id)), hasMore };
}
