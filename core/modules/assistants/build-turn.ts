import type { AssistantTurn, TurnContact, TurnMessage } from '@plugboard/sdk';
import type { ActionContext } from '../../kernel/context.ts';
import { attachmentsOf } from '../attachments/index.ts';
import { findCompanyById, presentCompany } from '../companies/index.ts';
import { findContactById, readTraits } from '../contacts/index.ts';
import { listContextKeys, selectContext } from '../context/index.ts';
import type { LoadedConversation } from '../conversations/index.ts';
import { plainOf, selectMessages } from '../messages/index.ts';
import { brandLocale } from './brand-locale.ts';
import { countAnswers } from './run.queries.ts';

const mostMessages = 50;
/** Events stand between the replies. */
const window = 100;

/** What an assistant may see of a conversation: public replies, and what is known of the contact. No note, no other thread. */
export async function buildTurn(ctx: ActionContext, conversation: LoadedConversation, assistantId: string): Promise<Omit<AssistantTurn, 'runId' | 'mode' | 'tools' | 'decided'>> {
  const [contact, messages, answers, locale] = await Promise.all([
    turnContact(ctx, conversation), turnMessages(ctx, conversation), countAnswers(ctx.db, conversation.id), brandLocale(ctx, conversation.brand_id),
  ]);
  return {
    assistantId, contact, messages, answers,
    conversation: {
      id: conversation.uid, brandId: conversation.brand_uid, channel: conversation.channel, departmentId: conversation.department_uid, subject: conversation.subject,
      locale: contact.locale ?? conversation.language ?? locale, isTicket: conversation.is_ticket === 1, createdAt: new Date(conversation.created_at).toISOString(),
      meta: JSON.parse(conversation.meta) as Record<string, string>,
    },
  };
}

async function turnMessages(ctx: ActionContext, conversation: LoadedConversation): Promise<TurnMessage[]> {
  const { rows } = await selectMessages(ctx.db, conversation.id, 'public', { limit: window });
  const replies = rows.filter(({ kind }) => kind === 'reply').slice(-mostMessages);
  const attachments = await attachmentsOf(ctx.db, replies);
  return replies.map((row) => ({
    seq: row.seq, author: row.author_type === 'contact' ? 'contact' : row.author_type === 'assistant' ? 'assistant' : 'operator', name: row.author_name, text: plainOf(row.text),
    attachments: (attachments.get(row.id) ?? []).map(({ name, type }) => ({ name, type })), createdAt: new Date(row.created_at).toISOString(),
  }));
}

async function turnContact(ctx: ActionContext, conversation: LoadedConversation): Promise<TurnContact> {
  const contact = await findContactById(ctx.db, conversation.contact_id);
  if (!contact) throw new Error('the contact of a conversation is missing');
  const company = contact.company_id === null ? undefined : await findCompanyById(ctx.db, contact.company_id);
  const entries = await selectContext(ctx.db, [{ type: 'contact', id: contact.id }, ...(company ? [{ type: 'company' as const, id: company.id }] : [])]);
  const described = entries.length === 0 ? [] : (await listContextKeys(ctx)).filter(({ brandId }) => brandId === conversation.brand_uid);
  const shown = company && presentCompany(company);
  return {
    id: contact.uid, kind: contact.kind, name: contact.name, locale: contact.locale,
    traits: { ...readTraits(contact.claimed_traits), ...readTraits(contact.traits) },
    company: shown ? { name: shown.name, traits: shown.traits } : null,
    context: entries.map(({ key, label, type, value, isTrusted }) => ({ key, label, type, value, isTrusted, description: described.find((one) => one.key === key)?.description || null })),
  };
}
