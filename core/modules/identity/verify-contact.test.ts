import type { VerifiedIdentity } from '@plugboard/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startConversationDesk, type ConversationDesk } from '../../../tests/support/conversation-desk.ts';
import { eventually } from '../../../tests/support/databases.ts';
import { createActionContext } from '../../kernel/action-context.ts';
import type { ActionContext } from '../../kernel/context.ts';
import { system } from '../../kernel/policy/actor.ts';
import { Contact, createContactSession, findContact, findVerifiedByEmail, provedAddressOf, updateContact, verifyContactSession } from '../contacts/index.ts';
import { verifyContact } from './index.ts';

describe.each(['sqlite', 'mariadb'] as const)('who somebody proves to be, on %s', (engine) => {
  let desk: ConversationDesk;
  let ctx: ActionContext;
  let count = 0;
  beforeAll(async () => {
    desk = await startConversationDesk(engine);
    ctx = createActionContext(desk.kernel, system);
  });
  afterAll(() => desk.stop());

  const id = () => `u_${(count += 1)}`;
  const address = () => `person${(count += 1)}@example.com`;
  const someone = async (fields: { name?: string; email?: string } = {}) => (await desk.contact(fields)).actor.id!;
  const verify = (contactId: string | null, identity: VerifiedIdentity) => verifyContact(createActionContext(desk.kernel, system), { contactId, brand: desk.brand, identity });
  const row = (uid: string) => Contact.query(desk.kernel.db.knex).findOne({ uid }).throwIfNotFound();

  it('makes the contact of this browser the person, where nobody is known yet', async () => {
    const [me, externalId, email] = [await someone(), id(), address()];
    const { contact, merged, created } = await verify(me, { externalId, email, name: 'Ada', traits: { plan: 'pro', locale: 'de', signed_up_at: '2024-05-01T10:00:00Z' } });
    expect({ merged, created }).toEqual({ merged: false, created: false });
    expect(contact).toMatchObject({ uid: me, kind: 'verified', external_id: externalId, email, proved_email: email, name: 'Ada', locale: 'de', traits: '{"plan":"pro"}' });
    expect(contact.signed_up_at).toBe(Date.parse('2024-05-01T10:00:00Z'));
    expect(contact.verified_at).not.toBeNull();
  });

  it('makes a person for a proof without a browser', async () => {
    const externalId = id();
    expect(await verify(null, { externalId })).toMatchObject({ created: true, merged: false, contact: { kind: 'verified', external_id: externalId, email: null } });
    expect(await verify(null, { externalId })).toMatchObject({ created: false });
  });

  it('tells ids apart by each letter, and addresses too', async () => {
    const externalId = id();
    const { contact: small } = await verify(null, { externalId });
    const { contact: large } = await verify(null, { externalId: externalId.toUpperCase() });
    expect(large.uid).not.toBe(small.uid);
    const plain = await verify(null, { email: 'jose@example.com' });
    expect(await findVerifiedByEmail(desk.kernel.db.knex, desk.brand.id, 'josé@example.com')).toBeUndefined();
    expect((await verify(null, { email: 'JOSE@example.com' })).contact.uid).toBe(plain.contact.uid);
  });

  it('keeps brands apart', async () => {
    const other = await desk.brandCalled(`brand${(count += 1)}`);
    const externalId = id();
    const { contact } = await verify(null, { externalId });
    const there = await verifyContact(ctx, { contactId: null, brand: other, identity: { externalId } });
    expect(there.contact.uid).not.toBe(contact.uid);
    await expect(verifyContact(ctx, { contactId: contact.uid, brand: other, identity: { externalId } })).rejects.toMatchObject({ status: 404 });
  });

  it('merges what an unverified browser did into the person', async () => {
    const externalId = id();
    const { contact: person } = await verify(null, { externalId, name: 'Ada' });
    const visitor = await desk.contact({ email: address() });
    const { conversation } = await desk.write(visitor, 'Before I signed in');
    const { contact, merged } = await verify(visitor.actor.id, { externalId });
    expect({ uid: contact.uid, merged }).toEqual({ uid: person.uid, merged: true });
    const moved = await desk.kernel.db.knex('conversations').where({ uid: conversation.uid }).first('contact_id', 'change_version');
    expect(moved).toEqual({ contact_id: person.id, change_version: conversation.change_version + 1 });
    expect(await findContact(desk.kernel.db.knex, visitor.actor.id!)).toMatchObject({ uid: person.uid });
    expect(await row(visitor.actor.id!)).toMatchObject({ merged_into: person.id, email: null, name: null, external_id: null, traits: null });
  });

  it('leaves somebody who is verified as somebody else as they are', async () => {
    const [first, second] = [id(), id()];
    const { contact: a } = await verify(await someone(), { externalId: first, email: address() });
    const before = await row(a.uid);
    const { contact: b, merged, created } = await verify(a.uid, { externalId: second });
    expect({ merged, created }).toEqual({ merged: false, created: true });
    expect(b.uid).not.toBe(a.uid);
    expect(await row(a.uid)).toEqual(before);
    const { contact: c } = await verify(a.uid, { email: address() });
    expect([a.uid, b.uid]).not.toContain(c.uid);
    expect(await row(a.uid)).toEqual(before);
    // A person who is known by an address only, and a token that names nobody's address: the browser may have changed hands.
    const { contact: mailbox } = await verify(await someone(), { email: address() });
    const { contact: d } = await verify(mailbox.uid, { externalId: id() });
    expect(d.uid).not.toBe(mailbox.uid);
    expect(await row(mailbox.uid)).toMatchObject({ external_id: null, merged_into: null });
  });

  it('joins a mailbox and an id when one proof names both', async () => {
    const [externalId, email] = [id(), address()];
    const { contact: mailbox } = await verify(await someone(), { email });
    expect((await verify(null, { externalId, email })).contact).toMatchObject({ uid: mailbox.uid, external_id: externalId });
    const [second, third] = [id(), address()];
    const { contact: named } = await verify(null, { externalId: second });
    const { contact: box } = await verify(await someone(), { email: third });
    const joined = await verify(null, { externalId: second, email: third });
    expect(joined).toMatchObject({ merged: true, contact: { uid: named.uid, email: third, proved_email: third } });
    expect(await findContact(desk.kernel.db.knex, box.uid)).toMatchObject({ uid: named.uid });
  });

  it('lets the id weigh more than the address: two with the same address stay two', async () => {
    const [first, second, email] = [id(), id(), address()];
    const { contact: a } = await verify(null, { externalId: first, email });
    const { contact: b } = await verify(null, { externalId: second, email });
    expect(b.uid).not.toBe(a.uid);
    expect(b).toMatchObject({ email, proved_email: null });
    expect((await verify(null, { email })).contact.uid).toBe(a.uid);
    expect((await verify(b.uid, { email })).contact.uid).toBe(b.uid);
    expect((await verify(await someone(), { email })).contact.uid).toBe(a.uid);
  });

  it('adds an address to somebody who had none, and never takes over another person by it', async () => {
    const { contact: a } = await verify(await someone(), { externalId: id() });
    const email = address();
    expect((await verify(a.uid, { email })).contact).toMatchObject({ uid: a.uid, email });
    const { contact: b } = await verify(await someone(), { externalId: id() });
    const answered = await verify(b.uid, { email });
    expect(answered).toMatchObject({ merged: false, contact: { uid: a.uid } });
    expect(await row(b.uid)).toMatchObject({ merged_into: null, email: null });
  });

  it('takes an address from the token of a person who is known already', async () => {
    const [externalId, before, after] = [id(), address(), address()];
    const { contact } = await verify(null, { externalId, email: before });
    expect((await verify(null, { externalId, email: after })).contact).toMatchObject({ uid: contact.uid, email: after, proved_email: after });
    expect(await findVerifiedByEmail(desk.kernel.db.knex, desk.brand.id, before)).toBeUndefined();
  });

  it('does not take an address for proved that was only typed', async () => {
    const typed = address();
    const { contact } = await verify(await someone({ email: typed }), { externalId: id() });
    expect(contact).toMatchObject({ kind: 'verified', email: null, proved_email: null });
    expect(contact.claimed_traits).toBe(JSON.stringify({ email: typed }));
    expect(provedAddressOf(contact)).toBeNull();
  });

  it('loses the proof when an operator exchanges the address, and has it back with the next token', async () => {
    const externalId = id();
    const { contact } = await verify(null, { externalId, email: address() });
    const grace = await desk.operator('Grace');
    expect(await updateContact(desk.as(grace), contact.uid, { email: address() })).toMatchObject({ kind: 'identified', proved_email: null });
    expect((await verify(null, { externalId })).contact).toMatchObject({ uid: contact.uid, kind: 'verified', email: null });
  });

  it('refuses a proof of nothing', async () => {
    for (const identity of [{}, { externalId: '  ' }, { email: 'no address' }]) await expect(verify(null, identity)).rejects.toMatchObject({ status: 400 });
  });

  it('makes one contact of twenty proofs of the same new person at once', async () => {
    const [externalId, email] = [id(), address()];
    const browsers = await Promise.all(Array.from({ length: 20 }, () => someone()));
    const sent = await Promise.all(browsers.map(async (uid) => {
      const own = await findContact(desk.kernel.db.knex, uid);
      return desk.write(createActionContext(desk.kernel, { type: 'contact', id: uid, rowId: own!.id, brandId: own!.brand_id, name: '' }), 'Hi');
    }));
    const verified = await Promise.all(browsers.map((uid) => verify(uid, { externalId, email })));
    const person = verified[0]!.contact;
    expect(new Set(verified.map(({ contact }) => contact.uid)).size).toBe(1);
    expect(verified.filter(({ merged }) => merged)).toHaveLength(19);
    const { knex } = desk.kernel.db;
    expect(await knex('contacts').where({ external_id: externalId })).toHaveLength(1);
    expect(await knex('conversations').where({ contact_id: person.id })).toHaveLength(sent.length);
    expect(await knex('contacts').whereIn('uid', browsers).whereNull('merged_into')).toHaveLength(1);
  });

  it('makes one contact of twenty codes for one address at once', async () => {
    const email = address();
    const verified = await Promise.all(Array.from({ length: 20 }, async () => verify(await someone(), { email })));
    expect(new Set(verified.map(({ contact }) => contact.uid)).size).toBe(1);
  });

  it('leads from contacts that were merged one after the other to who they are now', async () => {
    const email = address();
    const first = await someone();
    const token = (await createContactSession(ctx, await row(first))).token;
    const { contact: mailbox } = await verify(await someone(), { email });
    await verify(first, { email });
    const externalId = id();
    const { contact: person } = await verify(null, { externalId });
    expect((await verify(null, { externalId, email })).contact.uid).toBe(person.uid);
    for (const uid of [first, mailbox.uid]) {
      expect(await findContact(desk.kernel.db.knex, uid)).toMatchObject({ uid: person.uid });
      expect((await row(uid)).merged_into).toBe(person.id);
    }
    expect(await verifyContactSession(ctx, token)).toMatchObject({ contactId: person.uid });
    expect((await verify(first, { externalId })).contact.uid).toBe(person.uid);
  });

  it('tells plugins of a merge', async () => {
    const externalId = id();
    const { contact: person } = await verify(null, { externalId });
    const from = await someone();
    await verify(from, { externalId });
    const told = () => desk.events.filter(({ name, payload }) => name === 'contact.merged' && payload.fromContactId === from);
    await eventually('the merge is told', () => told().length > 0);
    expect(told()).toMatchObject([{ payload: { contactId: person.uid, brandId: desk.brand.uid } }]);
  });

  it('lets a session that was made to end soon end soon, and moves its end on with use', async () => {
    const contact = await row(await someone());
    const hour = 60 * 60_000;
    const at = (ms: number) => createActionContext(desk.kernel, system, { now: ctx.now + ms });
    const { token, expiresAt } = await createContactSession(ctx, contact, { maxAgeMs: hour });
    expect(expiresAt).toBe(ctx.now + hour);
    expect(await verifyContactSession(at(hour / 2), token)).toMatchObject({ expiresAt: ctx.now + 1.5 * hour });
    expect(await verifyContactSession(at(1.4 * hour), token)).not.toBeNull();
    expect(await verifyContactSession(at(3 * hour), token)).toBeNull();
    const year = await createContactSession(ctx, contact);
    expect(year.expiresAt).toBe(ctx.now + 365 * 24 * hour);
  });

  it('keeps when a contact was seen last, without a write for each look', async () => {
    const contact = await row(await someone());
    const { token } = await createContactSession(ctx, contact);
    const lookAt = async (ms: number) => {
      await verifyContactSession(createActionContext(desk.kernel, system, { now: ctx.now + ms }), token);
      return (await row(contact.uid)).last_seen_at! - ctx.now;
    };
    expect([await lookAt(0), await lookAt(60_000), await lookAt(6 * 60_000)]).toEqual([0, 0, 6 * 60_000]);
  });

  it('keeps names that reach a prototype harmless', async () => {
    const traits = JSON.parse('{"__proto__":{"isAdmin":true},"constructor":{"x":1},"nested":{"__proto__":{"y":1},"kept":1}}') as Record<string, unknown>;
    const { contact } = await verify(null, { externalId: id(), traits });
    expect(contact.traits).toBe('{"nested":{"kept":1}}');
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  it('takes what a token carries besides for no trait', async () => {
    const { contact } = await verify(null, { externalId: id(), traits: { company_id: 'acme', created_at: '2020-01-01', plan: 'pro' } });
    expect(contact.traits).toBe('{"plan":"pro"}');
  });

  it('stores any letters on both databases', async () => {
    const externalId = `${id()}-😀-\u202e`;
    const { contact } = await verify(null, { externalId, name: 'A\u0000da 😀', traits: { note: 'a\u0000b \ud800 😀' } });
    expect((await row(contact.uid)).name).toBe('Ada 😀');
    expect((await verify(null, { externalId })).contact.uid).toBe(contact.uid);
  });
});
