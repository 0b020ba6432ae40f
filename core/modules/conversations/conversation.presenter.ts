import type { ActionContext } from '../../kernel/context.ts';
import type { ContactRef, ConversationDetail, ConversationSummary, PersonRef } from '../../shared/conversations.ts';
import { presentContactRef } from '../contacts/index.ts';
import { accessOf, assigneeIdsOf, tagsOf, type LoadedConversation } from './conversation.model.ts';
import { findReadSeq, selectPeople, type ListedConversation, type PersonRow } from './conversation.queries.ts';

const iso = (time: number): string => new Date(time).toISOString();

const contactOf = (row: LoadedConversation): ContactRef =>
  presentContactRef({ uid: row.contact_uid, kind: row.contact_kind, name: row.contact_name, email: row.contact_email });

/** Unread for whoever has not seen the contact's last word; an answer by anybody settles it. */
export const isUnread = (row: LoadedConversation, readSeq: number): boolean => row.snippet_author === 'contact' && readSeq < row.last_public_seq;

/** A row of the inbox, made from the row alone: no message is read for it. */
export function presentSummary(row: LoadedConversation, people: ReadonlyMap<number, PersonRow>, readSeq: number): ConversationSummary {
  const assignees: PersonRef[] = assigneeIdsOf(row).flatMap((id) => {
    const person = people.get(id);
    return person ? [{ id: person.uid, name: person.name }] : [];
  });
  return {
    id: row.uid,
    number: row.number,
    subject: row.subject,
    snippet: row.snippet,
    snippetAuthor: row.snippet_author,
    status: row.status,
    priority: row.priority,
    channel: row.channel,
    brandId: row.brand_uid,
    departmentId: row.department_uid,
    contact: contactOf(row),
    assignees,
    tags: tagsOf(row),
    isUnread: isUnread(row, readSeq),
    lastSeq: row.last_seq,
    assistantState: row.ai_state,
    waitingSince: row.waiting_since === null ? null : iso(row.waiting_since),
    lastMessageAt: iso(row.last_message_at),
    createdAt: iso(row.created_at),
    version: row.version,
    changeVersion: row.change_version,
  };
}

export async function presentSummaries(ctx: ActionContext, rows: readonly ListedConversation[]): Promise<ConversationSummary[]> {
  const people = await selectPeople(ctx.db, rows.flatMap(assigneeIdsOf));
  return rows.map((row) => presentSummary(row, people, row.read_seq ?? 0));
}

export async function presentDetail(ctx: ActionContext, row: LoadedConversation): Promise<ConversationDetail> {
  const people = await selectPeople(ctx.db, assigneeIdsOf(row));
  const readSeq = 'rowId' in ctx.actor ? await findReadSeq(ctx.db, row.id, ctx.actor.rowId) : 0;
  const access = accessOf(row);
  return {
    ...presentSummary(row, people, readSeq),
    language: row.language,
    contactReadSeq: row.contact_read_seq,
    readSeq,
    meta: JSON.parse(row.meta) as Record<string, string>,
    may: {
      reply: ctx.can('conversation.reply', access),
      note: ctx.can('conversation.note', access),
      assign: ctx.can('conversation.assign', access),
      change: ctx.can('conversation.change', access),
    },
  };
}
