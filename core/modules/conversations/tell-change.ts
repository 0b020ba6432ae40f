import type { ActionContext } from '../../kernel/context.ts';
import type { MessageRow } from '../messages/index.ts';
import { assigneeIdsOf, type ConversationRow } from './conversation.model.ts';

/** Broadcast topics of this module: what they carry is row ids, and each process reads the rows for its own sockets. */
export const topics = { messageAdded: 'message.added', conversationChanged: 'conversation.changed', readChanged: 'read.changed', assistantChanged: 'assistant.changed' } as const;

export interface ChangePayload {
  conversationId: number;
  messageIds: number[];
  /** The numbers beside the views may have changed. */
  movesViews: boolean;
  /** Who could see it before, where that changed. */
  before?: { departmentId: number | null; assigneeIds: number[] };
}

/** Tells open screens that what an assistant does here changed: its turn, a draft, a rating. */
export const tellAssistantChanged = (tx: ActionContext, conversationId: number): Promise<void> => tx.broadcast(topics.assistantChanged, { conversationId });

/** Tells open screens of new messages and of the state they brought. One row for all of it. */
export async function tellChange(tx: ActionContext, before: ConversationRow, row: ConversationRow, messages: readonly MessageRow[]): Promise<void> {
  const payload: ChangePayload = { conversationId: row.id, messageIds: messages.map(({ id }) => id), movesViews: before.bucket !== row.bucket || before.assignees !== row.assignees };
  if (before.department_id !== row.department_id || before.assignees !== row.assignees) {
    payload.before = { departmentId: before.department_id, assigneeIds: assigneeIdsOf(before) };
  }
  await tx.broadcast(messages.some((message) => message.kind !== 'event') ? topics.messageAdded : topics.conversationChanged, { ...payload });
}
