import type { EventHooks } from '@plugboard/sdk';
import type { Knex } from 'knex';
import type { EventOrigin } from '../../kernel/hooks/event-origin.ts';
import type { OutboxEntry } from '../../kernel/outbox/outbox.ts';
import type { NotificationEvent } from '../../shared/notifications.ts';
import { accessOf, findConversation, findMentioned, type LoadedConversation } from '../conversations/index.ts';
import { Operator } from '../operators/index.ts';
import type { Happening } from './choose-recipients.ts';
import { lastContactSeq } from './notification.queries.ts';

/** Something that operators may want to be told of, with the words for it. */
export interface Fact extends Happening { conversation: LoadedConversation; author: string; text: string }

interface Told { event: NotificationEvent; text: string; author: string; namedIds: readonly number[] }

const listened = new Set(['conversation.replied', 'conversation.noted', 'conversation.assigned', 'conversation.handed-over']);

/** What an event of the outbox means to operators; null for what concerns nobody. */
export async function factOf(db: Knex, entry: OutboxEntry): Promise<Fact | null> {
  if (!listened.has(entry.name)) return null;
  const { conversation: { id } } = entry.payload as unknown as EventHooks['conversation.created'];
  if (entry.name === 'conversation.replied' && (entry.payload as unknown as EventHooks['conversation.replied']).authorType !== 'contact') return null;
  const conversation = await findConversation(db, id);
  if (!conversation || conversation.is_spam === 1) return null;
  // An assistant answers: people hear of it when it gives the conversation to them.
  if (conversation.is_ai === 1 && entry.name === 'conversation.replied') return null;
  const by = await operatorBehind(db, entry);
  const told = await toldOf(db, entry, conversation, by?.name ?? '');
  return told && { ...told, conversation, access: accessOf(conversation), by: by?.id ?? null };
}

async function toldOf(db: Knex, { name, payload }: OutboxEntry, conversation: LoadedConversation, operatorName: string): Promise<Told | null> {
  if (name === 'conversation.replied') {
    const { seq, text } = payload as unknown as EventHooks['conversation.replied'];
    const isFirst = await lastContactSeq(db, conversation.id, seq) === 0;
    return { event: isFirst ? 'conversation.created' : 'contact.replied', text, author: conversation.contact_name ?? '', namedIds: [] };
  }
  if (name === 'conversation.handed-over') return { event: 'conversation.created', text: conversation.snippet, author: conversation.contact_name ?? '', namedIds: [] };
  if (name === 'conversation.noted') {
    const { text } = payload as unknown as EventHooks['conversation.noted'];
    const namedIds = await findMentioned(db, text);
    return namedIds.length > 0 ? { event: 'mentioned', text, author: operatorName, namedIds } : null;
  }
  const { addedIds } = payload as unknown as EventHooks['conversation.assigned'];
  const added = addedIds.length > 0 ? await Operator.query(db).whereIn('uid', addedIds).select('id') : [];
  return added.length > 0 ? { event: 'assigned', text: conversation.snippet, author: operatorName, namedIds: added.map(({ id }) => id) } : null;
}

/** The person of the desk who did it; a token acts as its operator. */
async function operatorBehind(db: Knex, { payload }: OutboxEntry): Promise<Pick<Operator, 'id' | 'name'> | null> {
  const { actor } = (payload.$origin ?? { actor: { type: 'system', id: null } }) as EventOrigin;
  if (actor.id === null || (actor.type !== 'operator' && actor.type !== 'token')) return null;
  return await Operator.query(db).findOne({ uid: actor.id }).select('id', 'name') ?? null;
}
