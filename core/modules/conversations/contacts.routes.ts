import { z } from 'zod';
import { decodeCursor, encodeCursor, toPage } from '../../kernel/db/cursor.ts';
import type { ActionContext } from '../../kernel/context.ts';
import { forbidden, notFound } from '../../kernel/errors.ts';
import { defineRoute } from '../../kernel/http/route.ts';
import { isStaff } from '../../kernel/policy/actor.ts';
import type { ContactDetail } from '../../shared/conversations.ts';
import { limits } from '../../shared/limits.ts';
import { emailSchema, idParams, localeSchema, pageQuerySchema } from '../../shared/primitives.ts';
import { presentContactRef, readContact, selectContacts, updateContact, type Contact } from '../contacts/index.ts';
import { accessOf } from './conversation.model.ts';
import { presentSummaries } from './conversation.presenter.ts';
import { selectListed, selectOfContact } from './conversation.queries.ts';

const path = '/api/v1/contacts';
const previousConversations = 20;

const contactPatch = z.strictObject({
  name: z.string().trim().max(limits.name).optional(),
  email: z.union([emailSchema, z.literal('')]).optional(),
  locale: localeSchema.optional(),
});

/** Contacts stand here because what is told of one includes the conversations that the asker may see. */
export const contactRoutes = [
  defineRoute({
    method: 'get', path, tag: 'contacts', summary: 'Contacts, newest first; `q` is the beginning of a name or an address', access: { policy: 'contact.view' },
    query: pageQuerySchema.extend({ q: z.string().max(limits.searchQuery).optional() }),
    async handle({ ctx, query }) {
      if (!isStaff(ctx.actor)) throw forbidden('contact.view');
      const beforeId = query.cursor ? Number(decodeCursor('contacts', query.cursor, ['number'])[0]) : undefined;
      const found = await selectContacts(ctx.db, ctx.actor, { limit: query.limit, q: query.q, beforeId });
      const { rows, nextCursor } = toPage(found, query.limit, (contact) => encodeCursor('contacts', [contact.id]));
      return { body: { data: rows.map((row) => presentContactRef(row)), nextCursor } };
    },
  }),
  defineRoute({
    method: 'get', path: `${path}/:id`, tag: 'contacts', summary: 'A contact with the newest of its conversations', access: { policy: 'contact.view' }, params: idParams,
    async handle({ ctx, params }) {
      const contact = await readContact(ctx.db, params.id);
      if (!ctx.can('contact.view', contact)) throw notFound('contact');
      return { body: await presentContactDetail(ctx, contact) };
    },
  }),
  defineRoute({
    method: 'patch', path: `${path}/:id`, tag: 'contacts', summary: 'Changes name, address or language', access: { policy: 'contact.edit' }, params: idParams, body: contactPatch,
    handle: async ({ ctx, params, body }) => ({ body: await presentContactDetail(ctx, await updateContact(ctx, params.id, body)) }),
  }),
];

async function presentContactDetail(ctx: ActionContext, contact: Contact): Promise<ContactDetail> {
  const brand = await ctx.db<{ id: number; uid: string }>('brands').where({ id: contact.brand_id }).first('uid');
  const found = await selectOfContact(ctx.db, contact.id, { limit: previousConversations });
  const seen = found.slice(0, previousConversations).filter((row) => ctx.can('conversation.view', accessOf(row)));
  const rows = await selectListed(ctx.db, seen.map(({ id }) => id), 'rowId' in ctx.actor ? ctx.actor.rowId : 0);
  return {
    ...presentContactRef(contact),
    locale: contact.locale,
    brandId: brand?.uid ?? '',
    createdAt: new Date(contact.created_at).toISOString(),
    lastSeenAt: contact.last_seen_at === null ? null : new Date(contact.last_seen_at).toISOString(),
    isOnline: ctx.kernel.realtime.isContactOnline(contact.uid),
    conversations: await presentSummaries(ctx, rows),
  };
}
