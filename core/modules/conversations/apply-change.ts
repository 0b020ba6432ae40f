import type { ActionContext } from '../../kernel/context.ts';
import type { Author, MessageRow } from '../messages/index.ts';
import { appendEvent } from './append-message.ts';
import { tagsOf, type ConversationRow } from './conversation.model.ts';
import { isClosed } from './conversation-state.ts';
import type { NamedRow, ResolvedChange } from './resolve-change.ts';
import { replaceAssignees, replaceTags } from './save-conversation.ts';
import { setStatus } from './set-status.ts';
import { changeSpeaker, giveToAssistant, interruptSpeaker } from './speaker.ts';

/** Changes a locked conversation, one event in its thread for each thing that changed. */
export async function applyChange(tx: ActionContext, row: ConversationRow, author: Author, change: ResolvedChange): Promise<MessageRow[]> {
  const stored: MessageRow[] = [];
  const { priority, subject, department, assignees, tags } = change;
  if (change.status !== undefined) {
    stored.push(await setStatus(tx, row, author, change.status));
    if (isClosed(row.status)) await interruptSpeaker(tx, row);
  }
  if (priority !== undefined) {
    const from = row.priority;
    row.priority = priority;
    stored.push(await appendEvent(tx, row, author, 'priority', { from, to: priority }));
  }
  if (subject !== undefined) {
    row.subject = subject;
    stored.push(await appendEvent(tx, row, author, 'subject', { subject }, subject ?? undefined));
  }
  if (department) {
    row.department_id = department.to?.id ?? null;
    stored.push(await appendEvent(tx, row, author, 'department', { from: department.from, to: department.to?.name ?? null }));
  }
  if (assignees) {
    await assign(tx, row, assignees);
    const names = assignees.map(({ name }) => name).join(', ');
    stored.push(await appendEvent(tx, row, author, 'assigned', { names, former: (change.formerAssignees ?? []).map(({ name }) => name).join(', ') }));
  }
  if (tags) {
    const former = tagsOf(row);
    await replaceTags(tx.db, row, tags);
    const added = tags.filter((tag) => !former.includes(tag)).join(', ');
    const removed = former.filter((tag) => !tags.includes(tag)).join(', ');
    stored.push(await appendEvent(tx, row, author, 'tags', { added, removed }));
  }
  if (change.isSpam !== undefined) {
    row.is_spam = change.isSpam ? 1 : 0;
    if (change.isSpam) await interruptSpeaker(tx, row);
    stored.push(await appendEvent(tx, row, author, 'spam', { isSpam: row.is_spam }));
  }
  return stored;
}

/** An assistant among the assignees speaks; without one people do. */
async function assign(tx: ActionContext, row: ConversationRow, assignees: readonly NamedRow[]): Promise<void> {
  const assistant = assignees.find(({ kind }) => kind === 'assistant');
  if (assistant) return giveToAssistant(tx, row, assistant.id);
  if (row.ai_state !== 'off') await changeSpeaker(tx, row, 'off');
  await replaceAssignees(tx.db, row, assignees.map(({ id }) => id));
}
