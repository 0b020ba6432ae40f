import type { ActionContext } from '../../kernel/context.ts';
import type { AssistantState } from '../../shared/assistants.ts';
import { assigneeIdsOf, type ConversationRow } from './conversation.model.ts';
import { lockConversation } from './conversation.queries.ts';
import { replaceAssignees, saveConversation } from './save-conversation.ts';

/** Broadcast after commit: a turn of an older epoch has lost its right to speak. */
export const speakerTopic = 'speaker.changed';
export interface SpeakerPayload { conversationId: string; epoch: number }

/**
 * The speaker lease of a locked conversation. An assistant answers under the epoch that its turn began with; whatever makes
 * somebody else speak, or nobody, raises the epoch in its own transaction. What is written under an older one is refused
 * there, so that there is one voice, whenever a person steps in.
 */
export async function changeSpeaker(tx: ActionContext, row: ConversationRow, state: AssistantState): Promise<void> {
  row.ai_state = state;
  row.is_ai = state === 'active' ? 1 : 0;
  row.speaker_epoch += 1;
  await tx.broadcast(speakerTopic, { conversationId: row.uid, epoch: row.speaker_epoch } satisfies SpeakerPayload);
}

/** A person speaks from now on: the assistant loses its turn, its place among the assignees, and comes back only when it is called. */
export async function takeOver(tx: ActionContext, row: ConversationRow): Promise<void> {
  if (row.assistant_id === null) return;
  await changeSpeaker(tx, row, 'off');
  const others = assigneeIdsOf(row).filter((id) => id !== row.assistant_id);
  if (others.length < assigneeIdsOf(row).length) await replaceAssignees(tx.db, row, others);
}

/** What it was about to say is no longer wanted; who speaks stays as it is. */
export async function interruptSpeaker(tx: ActionContext, row: ConversationRow): Promise<void> {
  if (row.ai_state === 'active') await changeSpeaker(tx, row, 'active');
}

/** The assistant speaks, and the conversation is its. */
export async function giveToAssistant(tx: ActionContext, row: ConversationRow, assistantId: number): Promise<void> {
  row.assistant_id = assistantId;
  await changeSpeaker(tx, row, 'active');
  if (assigneeIdsOf(row).length !== 1 || assigneeIdsOf(row)[0] !== assistantId) await replaceAssignees(tx.db, row, [assistantId]);
}

/** A turn begins: whatever older one is still being made has lost. Null when `may` says no to the locked conversation. */
export async function beginTurn(tx: ActionContext, conversationId: number, may: (row: ConversationRow) => Promise<boolean>): Promise<ConversationRow | null> {
  const row = await lockConversation(tx, conversationId);
  if (!(await may(row))) return null;
  const before = { ...row };
  await changeSpeaker(tx, row, row.ai_state);
  await saveConversation(tx.db, before, row);
  return row;
}
