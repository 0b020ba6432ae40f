import type { HandOver } from '@plugboard/sdk';
import type { ActionContext } from '../../kernel/context.ts';
import { priorities } from '../../shared/conversations.ts';
import type { Author, MessageRow } from '../messages/index.ts';
import { appendEvent, appendText } from './append-message.ts';
import { afterHandOver, isClosed } from './conversation-state.ts';
import { tagsOf, type ConversationRow } from './conversation.model.ts';
import { nextTicketNumber } from './escalate-conversation.ts';
import { departmentRow } from './open-conversation.ts';
import { replaceTags } from './save-conversation.ts';
import { takeOver } from './speaker.ts';

const mostTags = 50;

/**
 * A locked conversation goes from an assistant to people: it becomes a ticket, goes where the rules say, waits again, and
 * whoever takes it finds a summary. Answers what was stored in the thread.
 */
export async function handOver(tx: ActionContext, row: ConversationRow, author: Author, given: HandOver): Promise<MessageRow[]> {
  const stored: MessageRow[] = [];
  await takeOver(tx, row);
  stored.push(await appendEvent(tx, row, author, 'handedOver', {}));
  if (row.is_ticket === 0) {
    row.is_ticket = 1;
    row.number = await nextTicketNumber(tx);
    stored.push(await appendEvent(tx, row, author, 'ticket', { number: row.number }));
  }
  const department = given.departmentId === undefined ? null : await departmentRow(tx, given.departmentId, row.brand_id);
  if (department !== null && department !== row.department_id) {
    const names = await tx.db<{ id: number; name: string }>('departments').whereIn('id', [department, row.department_id ?? department]).select('id', 'name');
    const nameOf = (id: number | null) => names.find((one) => one.id === id)?.name ?? null;
    stored.push(await appendEvent(tx, row, author, 'department', { from: nameOf(row.department_id), to: nameOf(department) }));
    row.department_id = department;
  }
  const priority = priorities.find((one) => one === given.priority);
  if (priority && priority !== row.priority) {
    stored.push(await appendEvent(tx, row, author, 'priority', { from: row.priority, to: priority }));
    row.priority = priority;
  }
  if (given.tags?.length) await replaceTags(tx.db, row, [...new Set([...tagsOf(row), ...given.tags.map((tag) => tag.trim()).filter(Boolean)])].slice(0, mostTags));
  if (given.summary?.trim()) stored.push(await appendText(tx, row, author, { kind: 'note', text: given.summary.trim().slice(0, 8_000), cid: null, fingerprint: null, attachmentCount: 0 }));
  if (!isClosed(row.status)) afterHandOver(row, tx.now);
  return stored;
}
