import type { ActionContext } from '../../kernel/context.ts';
import { conflict, invalid } from '../../kernel/errors.ts';
import type { AssistantState } from '../../shared/assistants.ts';
import type { MessageRow } from '../messages/index.ts';
import { appendEvent } from './append-message.ts';
import { authorOf } from './author.ts';
import { refOf } from './conversation-ref.ts';
import { accessOf, assigneeIdsOf, type LoadedConversation } from './conversation.model.ts';
import { presentDetail } from './conversation.presenter.ts';
import { findConversationById, lockConversation, readConversation } from './conversation.queries.ts';
import { saveConversation } from './save-conversation.ts';
import { changeSpeaker, giveToAssistant, takeOver } from './speaker.ts';
import { tellChange } from './tell-change.ts';

export interface AssistantChange { version: number; state: AssistantState; /** Who speaks, for `active`. */ assistant: { id: number; uid: string; name: string } | null }

/** A person takes over from an assistant, keeps it silent, or passes the conversation (back) to it. 409 `stale` as for every change. */
export async function setAssistantState(ctx: ActionContext, id: string, change: AssistantChange): Promise<LoadedConversation> {
  const seen = await readConversation(ctx, id);
  ctx.authorize('conversation.assign', accessOf(seen));
  if (change.state === 'active' && !change.assistant) throw invalid('assistantId', 'unknown_assistant');
  const changed = await ctx.transaction(async (tx) => {
    const row = await lockConversation(tx, seen.id);
    if (row.version !== change.version) return null;
    if (row.ai_state === change.state && (change.state !== 'active' || row.assistant_id === change.assistant?.id)) return { ...seen, ...row };
    if (change.state === 'paused' && row.ai_state !== 'active') throw conflict('no_assistant');
    const before = { ...row };
    const event = await apply(tx, row, change);
    row.version += 1;
    row.change_version += 1;
    await saveConversation(tx.db, before, row);
    const after = await findConversationById(tx.db, row.id) ?? { ...seen, ...row };
    if (before.assignees !== row.assignees) {
      const people = await tx.db<{ id: number; uid: string }>('operators').whereIn('id', assigneeIdsOf(row)).select('uid');
      const former = new Set(assigneeIdsOf(before));
      const added = await tx.db<{ id: number; uid: string }>('operators').whereIn('id', assigneeIdsOf(row).filter((one) => !former.has(one))).select('uid');
      await tx.emit('conversation.assigned', { conversation: refOf(after), assigneeIds: people.map(({ uid }) => uid), addedIds: added.map(({ uid }) => uid) });
    }
    await tellChange(tx, before, row, [event]);
    return after;
  });
  if (changed) return changed;
  const present = await findConversationById(ctx.db, seen.id) ?? seen;
  throw conflict('stale', { conversation: await presentDetail(ctx, present) });
}

async function apply(tx: ActionContext, row: Parameters<typeof changeSpeaker>[1], { state, assistant }: AssistantChange): Promise<MessageRow> {
  const author = authorOf(tx.actor);
  if (state === 'active' && assistant) {
    await giveToAssistant(tx, row, assistant.id);
    return appendEvent(tx, row, author, 'passedToAssistant', { name: assistant.name });
  }
  if (state === 'paused') {
    await changeSpeaker(tx, row, 'paused');
    return appendEvent(tx, row, author, 'assistantPaused');
  }
  await takeOver(tx, row);
  return appendEvent(tx, row, author, 'takenOver');
}
