import type { ActionContext } from '../../kernel/context.ts';
import { notFound, rateLimited } from '../../kernel/errors.ts';
import { addressPrefix } from '../../kernel/http/rate-limit.ts';
import { newId } from '../../kernel/ids.ts';
import { limits } from '../../shared/limits.ts';
import { priorities, type Priority } from '../../shared/conversations.ts';
import { lockContact, type Contact } from '../contacts/index.ts';
import type { ConversationRow } from './conversation.model.ts';
import { nextTicketNumber } from './escalate-conversation.ts';
import { insertConversation, replaceAssignees } from './save-conversation.ts';

const hour = 60 * 60 * 1000;
const perContact = 5;
const perAddress = 30;
/** Whoever proved an address may begin more; nobody begins one after the other without an end. */
const perKnownContact = 60;

/** What a first message brings along. */
export interface Opening {
  channel: string;
  departmentId: string | null;
  priority?: Priority | undefined;
  subject?: string | undefined;
  openingMessage?: string | undefined;
  meta?: Record<string, string> | undefined;
  ip?: string | undefined;
  /** It is a ticket from the beginning. */
  isTicket?: boolean | undefined;
  /** Nobody proved who writes, whatever they call themselves: the limits of strangers hold. */
  isStranger?: boolean | undefined;
  /** Row id of the assistant that looks after it; with `answers` it speaks, else it only drafts for people. */
  assistant?: { id: number; answers: boolean } | undefined;
}

/** Starts a conversation in the transaction of its first message, which keeps the same cid from starting two. */
export async function openConversation(tx: ActionContext, contact: Contact, opening: Opening, cid: string): Promise<ConversationRow> {
  const addressKey = opening.ip ? tx.kernel.secrets.sign('address-prefix', addressPrefix(opening.ip)).slice(0, 64) : null;
  // Under the lock nobody merges the contact away, and what it begins is counted one by one.
  const locked = await lockContact(tx.db, contact.id);
  if (!locked || locked.merged_into != null) throw notFound('contact');
  if (contact.kind === 'anonymous' || opening.isStranger) await holdLimits(tx, contact, addressKey);
  else if (opening.ip) await holdOwn(tx, contact, perKnownContact);
  const { assistant } = opening;
  const row = await insertConversation(tx.db, {
    uid: newId(), number: opening.isTicket ? await nextTicketNumber(tx) : null, subject: subjectOf(opening.subject), brand_id: contact.brand_id, channel: opening.channel.slice(0, 60),
    department_id: await departmentRow(tx, opening.departmentId, contact.brand_id), contact_id: contact.id,
    status: 'open', priority: priorities.find((priority) => priority === opening.priority) ?? 'normal', is_ticket: opening.isTicket ? 1 : 0, is_spam: 0, is_ai: assistant?.answers ? 1 : 0, bucket: 0, waiting_key: 0,
    last_message_at: tx.now, assignees: assistant?.answers ? JSON.stringify([assistant.id]) : '[]', tags: '[]', mention_count: 0, version: 1, change_version: 1, last_seq: 0, last_public_seq: 0,
    contact_read_seq: 0, operator_read_seq: 0, contact_unread: 0, snippet: '', snippet_author: 'system', snippet_name: '', snippet_at: null,
    waiting_since: null, language: contact.locale, meta: JSON.stringify(metaOf(opening.meta)), opening_cid: cid, address_key: addressKey,
    ai_state: assistant?.answers ? 'active' : 'off', assistant_id: assistant?.id ?? null, speaker_epoch: 0, created_at: tx.now, updated_at: tx.now,
  });
  if (assistant?.answers) await replaceAssignees(tx.db, row, [assistant.id]);
  return row;
}

/** Five an hour for a browser that nobody knows, thirty for its neighbourhood. The contact's row is locked by the caller, so that parallel ones are counted. */
async function holdLimits(tx: ActionContext, contact: Contact, addressKey: string | null): Promise<void> {
  await holdOwn(tx, contact, perContact);
  if (addressKey === null) return;
  const near = await begunSince(tx).where({ address_key: addressKey }).count({ rows: '*' }).first();
  if (Number(near?.rows ?? 0) >= perAddress) throw rateLimited(hour / 1000);
}

async function holdOwn(tx: ActionContext, contact: Contact, max: number): Promise<void> {
  const own = await begunSince(tx).where({ contact_id: contact.id }).where('last_message_at', '>', tx.now - hour).count({ rows: '*' }).first();
  if (Number(own?.rows ?? 0) >= max) throw rateLimited(hour / 1000);
}

const begunSince = (tx: ActionContext) => tx.db('conversations').where('created_at', '>', tx.now - hour);

/** The department of that public id if it serves the brand. One that went away meanwhile costs nobody a message. */
export async function departmentRow(tx: ActionContext, uid: string | null, brandId: number): Promise<number | null> {
  if (uid === null) return null;
  const department = await tx.db<{ id: number; uid: string }>('departments').where({ uid }).first('id');
  if (!department) return null;
  const brands = await tx.db<{ department_id: number; brand_id: number }>('department_brands').where({ department_id: department.id }).select('brand_id');
  return brands.length === 0 || brands.some((row) => row.brand_id === brandId) ? department.id : null;
}

const subjectOf = (given: string | undefined): string | null => [...(given ?? '').replaceAll('\u0000', '').toWellFormed().trim()].slice(0, limits.subject).join('') || null;

function metaOf(given: Record<string, string> | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(given ?? {}).slice(0, 50).map(([key, value]) => [key.slice(0, 100), String(value).slice(0, 2_000).toWellFormed()]));
}
