import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startConversationDesk, type ConversationDesk } from '../../../tests/support/conversation-desk.ts';
import { createActionContext } from '../../kernel/action-context.ts';
import { system } from '../../kernel/policy/actor.ts';
import { Contact, createContactSession, verifyContactSession } from '../contacts/index.ts';
import { identifyContact, verifyContact } from './index.ts';
import { sweepContacts } from './sweep-contacts.ts';

const day = 24 * 60 * 60 * 1000;

describe.each(['sqlite', 'mariadb'] as const)('browsers that never wrote, on %s', (engine) => {
  let desk: ConversationDesk;
  beforeAll(async () => { desk = await startConversationDesk(engine); });
  afterAll(() => desk.stop());

  const ctx = () => createActionContext(desk.kernel, system);
  const uids = async () => (await Contact.query(desk.kernel.db.knex).select('uid')).map(({ uid }) => uid);
  const someone = async () => (await desk.contact()).actor.id!;
  const age = (uid: string, days: number) => Contact.query(desk.kernel.db.knex).findOne({ uid }).patch({ created_at: Date.now() - days * day, last_seen_at: Date.now() - days * day });

  it('go after a month with all that belongs to them; whoever wrote, is known or came lately stays', async () => {
    const [silent, fresh, claiming] = [await someone(), await someone(), await someone()];
    const row = await Contact.query(desk.kernel.db.knex).findOne({ uid: silent }).throwIfNotFound();
    const { token } = await createContactSession(ctx(), row);
    const writer = await desk.contact();
    await desk.write(writer, 'Hello');
    await identifyContact(ctx(), { contactId: claiming, isTrusted: false, externalId: 'u_1' });
    const { contact: known } = await verifyContact(ctx(), { contactId: null, brand: desk.brand, identity: { externalId: 'u_2' } });
    const merged = await someone();
    await verifyContact(ctx(), { contactId: merged, brand: desk.brand, identity: { externalId: 'u_2' } });
    for (const uid of [silent, writer.actor.id!, claiming, known.uid, merged]) await age(uid, 31);
    await age(fresh, 29);

    expect(await sweepContacts(ctx())).toBe(1);
    const left = await uids();
    expect(left).not.toContain(silent);
    expect(left).toEqual(expect.arrayContaining([fresh, writer.actor.id!, claiming, known.uid, merged]));
    expect(await verifyContactSession(ctx(), token)).toBeNull();
    expect(await sweepContacts(ctx())).toBe(0);
  });
});
