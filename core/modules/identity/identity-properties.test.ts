import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startConversationDesk, type ConversationDesk } from '../../../tests/support/conversation-desk.ts';
import type { PluginDesk } from '../../kernel/plugins/services.ts';
import { createPluginServices } from '../channels/index.ts';
import { Contact, findContact } from '../contacts/index.ts';

const browser = fc.nat({ max: 3 });
const name = fc.constantFrom('ann', 'bob', 'cy');
const step = fc.oneof(
  fc.record({ do: fc.constant('token' as const), browser, id: name, email: fc.option(name) }),
  fc.record({ do: fc.constant('code' as const), browser, email: name }),
  fc.record({ do: fc.constant('server' as const), id: name, email: fc.option(name) }),
  fc.record({ do: fc.constant('claim' as const), browser, id: name, email: name }),
  fc.record({ do: fc.constant('say' as const), browser }),
);

describe.each(['sqlite', 'mariadb'] as const)('whatever people prove and claim in whatever order, on %s', (engine) => {
  let desk: ConversationDesk;
  let services: PluginDesk;
  beforeAll(async () => {
    desk = await startConversationDesk(engine);
    services = createPluginServices(desk.kernel)({ type: 'plugin', id: 'chat', permissions: new Set(), depth: 1 });
  });
  afterAll(() => desk.stop());

  it('nobody with an id of their own becomes somebody else, and nothing that was written is lost or doubled', { timeout: 120_000 }, async () => {
    const { knex } = desk.kernel.db;
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 16 }), async (steps) => {
      const brand = await desk.brandCalled(`b${randomUUID().slice(0, 18)}`);
      const brandId = brand.uid;
      const mail = (who: string) => `${who}@example.com`;
      const first = async () => (await services.contacts.create({ brandId })).id;
      const browsers = await Promise.all([first(), first(), first(), first()]);
      const known = new Map<string, string>();
      const sent: { cid: string; messageId: string; by: string }[] = [];
      for (const action of steps) {
        if (action.do === 'token' || action.do === 'server') {
          const identity = { externalId: action.id, ...(action.email ? { email: mail(action.email) } : {}) };
          const contactId = action.do === 'token' ? browsers[action.browser]! : null;
          const { contact } = await services.contacts.verify({ contactId, brandId, identity });
          expect(contact).toMatchObject({ kind: 'verified', externalId: action.id, ...(action.email ? { email: mail(action.email) } : {}) });
          expect(contact.id).toBe(known.get(action.id) ?? contact.id);
          known.set(action.id, contact.id);
          if (action.do === 'token') browsers[action.browser] = contact.id;
        } else if (action.do === 'code') {
          const { contact } = await services.contacts.verify({ contactId: browsers[action.browser]!, brandId, identity: { email: mail(action.email) } });
          expect(contact).toMatchObject({ kind: 'verified', email: mail(action.email) });
          browsers[action.browser] = contact.id;
        } else if (action.do === 'claim') {
          const before = await services.contacts.get(browsers[action.browser]!);
          const after = await services.contacts.identify({ contactId: browsers[action.browser]!, isTrusted: false, externalId: action.id, traits: { email: mail(action.email) } });
          expect(after.id).toBe(before?.id);
          if (before?.kind === 'verified') expect(after).toEqual(before);
        } else {
          const cid = randomUUID();
          const by = browsers[action.browser]!;
          const { message } = await services.receive('chat', { contactId: by, cid, text: 'Hello', open: {} }).catch((error: { status?: number }) => {
            if (error.status !== 429) throw error;
            return { message: null };
          });
          if (message) sent.push({ cid, messageId: message.id, by });
        }
      }
      // Two ids are two people, and each id leads to who it led to.
      expect(new Set(known.values()).size).toBe(known.size);
      for (const [externalId, uid] of known) expect(await Contact.query(knex).findOne({ brand_id: brand.id, external_id: externalId })).toMatchObject({ uid, merged_into: null });
      // Signs lead to somebody in one step, and nothing is left at them.
      const signs = await knex('contacts as sign').join('contacts as into', 'into.id', 'sign.merged_into').where('sign.brand_id', brand.id).select('sign.id', 'into.merged_into as beyond');
      expect(signs.every(({ beyond }) => beyond === null)).toBe(true);
      for (const table of ['conversations', 'contact_sessions']) expect(await knex(table).whereIn('contact_id', signs.map(({ id }) => id as number))).toEqual([]);
      for (const { cid, messageId, by } of sent) {
        const author = await findContact(knex, by);
        const rows = await knex('messages').join('conversations', 'conversations.id', 'messages.conversation_id').where({ cid }).select('messages.uid as uid', 'author_id', 'contact_id');
        expect(rows).toEqual([{ uid: messageId, author_id: author?.id, contact_id: author?.id }]);
      }
      // An address of which the desk says that it leads to somebody leads to one, who has proved it.
      const owners = await knex('contacts').where({ brand_id: brand.id }).whereNotNull('proved_email').select('kind', 'email', 'proved_email');
      expect(owners.every(({ kind, email, proved_email: proved }) => kind === 'verified' && email === proved)).toBe(true);
    }), { numRuns: engine === 'sqlite' ? 60 : 25 });
  });
});
