import { z } from 'zod';
import { decodeCursor, encodeCursor, toPage } from '../../kernel/db/cursor.ts';
import { forbidden, notFound } from '../../kernel/errors.ts';
import { defineRoute } from '../../kernel/http/route.ts';
import { isStaff } from '../../kernel/policy/actor.ts';
import { limits } from '../../shared/limits.ts';
import { emailSchema, idParams, localeSchema, pageQuerySchema } from '../../shared/primitives.ts';
import { presentContactRef, readContact, selectContacts, updateContact } from '../contacts/index.ts';
import { presentContactDetail } from './contact-detail.ts';

const path = '/api/v1/contacts';

const contactPatch = z.strictObject({
  name: z.string().trim().max(limits.name).optional(),
  email: z.union([emailSchema, z.literal('')]).optional(),
  locale: localeSchema.optional(),
});

/** Contacts stand here because what is told of one includes the conversations that the asker may see. */
export const contactRoutes = [
  defineRoute({
    method: 'get', path, tag: 'contacts', summary: 'Contacts, newest first; `q` is the beginning of a name, an address or an external id', access: { policy: 'contact.view' },
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
    method: 'get', path: `${path}/:id`, tag: 'contacts', summary: 'A contact with what is known of it and the newest of its conversations', access: { policy: 'contact.view' }, params: idParams,
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
