import { beforeAll, expect, it } from 'vitest';
import { eventually } from '../../../tests/support/databases.ts';
import { Operator } from '../../../tests/support/operator.ts';
import { forEachDesk } from '../../../tests/support/people.ts';
import { createActionContext } from '../../kernel/action-context.ts';
import type { Kernel } from '../../kernel/context.ts';
import { system } from '../../kernel/policy/actor.ts';
import type { ContactDetail } from '../../shared/conversations.ts';
import { selectBrands } from '../brands/index.ts';
import { createContact } from '../contacts/index.ts';
import { trackContact } from '../context/index.ts';
import { identifyCompany, identifyContact, setContactContext, upsertTrustedContact, verifyContact, type BrandKey } from '../identity/index.ts';
import { addMessage } from './add-message.ts';

forEachDesk('what operators see of a contact', (open) => {
  let kernel: Kernel;
  let brand: BrandKey;
  let count = 0;
  const ctx = () => createActionContext(kernel, system);
  const id = () => `d_${(count += 1)}`;
  beforeAll(async () => {
    ({ kernel } = open().desk);
    const [first] = await selectBrands(kernel.db.knex);
    brand = { id: first!.id, uid: first!.uid };
  });

  it('is everything that is known: errors first, the company\'s entries among the others, the newest activity on top', async () => {
    const externalId = id();
    const { contact } = await upsertTrustedContact(ctx(), { brand, externalId, email: `${externalId}@example.com`, name: 'Ada', traits: { plan: 'pro', locale: 'de', time_zone: 'Europe/Berlin', signed_up_at: '2024-05-01T10:00:00Z' } });
    await identifyContact(ctx(), { contactId: contact.uid, isTrusted: false, traits: { plan: 'free', color: 'red' }, context: { cart: { label: 'Cart', type: 'list', value: ['Socks'] } } });
    await identifyCompany(ctx(), { contactId: contact.uid, isTrusted: true, externalId: 'acme', traits: { name: 'Acme', seats: 5 }, context: { incident: { label: 'Incident', type: 'error', value: { code: 7 } } } });
    await trackContact(ctx(), { contactId: contact.uid, kind: 'page', name: 'https://shop.example/pricing' });
    await trackContact(ctx(), { contactId: contact.uid, kind: 'event', name: 'bought', meta: { amount: 5 } });
    const { status, body } = await open().owner.get(`/contacts/${contact.uid}`) as { status: number; body: ContactDetail };
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: contact.uid, kind: 'verified', name: 'Ada', externalId, email: `${externalId}@example.com`, locale: 'de', timeZone: 'Europe/Berlin', signedUpAt: '2024-05-01T10:00:00.000Z',
      traits: { plan: 'pro', color: 'red' },
      company: { externalId: 'acme', name: 'Acme', traits: { seats: 5 }, isTrusted: true },
      context: [{ key: 'incident', type: 'error', value: { code: 7 }, of: 'company', isTrusted: true }, { key: 'cart', value: ['Socks'], of: 'contact', isTrusted: false }],
      activity: [{ kind: 'event', name: 'bought', meta: { amount: 5 } }, { kind: 'page', name: 'https://shop.example/pricing', meta: {} }],
    });
    expect(body).not.toHaveProperty('merged_into');
  });

  it('is found by its own id, whole letters and beginnings, proved or claimed, in the brands of the asker only', async () => {
    const externalId = `Find_${id()}`;
    const { contact } = await upsertTrustedContact(ctx(), { brand, externalId });
    const claim = await createContact(ctx(), { brandId: brand.id, brandUid: brand.uid });
    await identifyContact(ctx(), { contactId: claim.uid, isTrusted: false, externalId: `${externalId}-claimed` });
    const found = async (q: string) => ((await open().owner.get(`/contacts?q=${encodeURIComponent(q)}`)).body.data as { id: string }[]).map((row) => row.id);
    expect(await found(externalId)).toEqual([claim.uid, contact.uid]);
    expect(await found(externalId.slice(0, -1))).toContain(contact.uid);
    expect(await found(`${externalId}-c`)).toEqual([claim.uid]);
    expect(await found('%')).toEqual([]);
    const { caller: stranger } = await open().person('agent', { brandIds: [] });
    expect((await stranger.get(`/contacts?q=${externalId}`)).body.data).toEqual([]);
    expect((await stranger.get(`/contacts/${contact.uid}`)).status).toBe(404);
  });

  it('leaves merged contacts out of every list; their address leads to who they are', async () => {
    const externalId = id();
    const { contact: person } = await upsertTrustedContact(ctx(), { brand, externalId, name: 'Grete' });
    const gone = await createContact(ctx(), { brandId: brand.id, brandUid: brand.uid, name: 'Gone', email: `${externalId}@gone.example` });
    await identifyContact(ctx(), { contactId: gone.uid, isTrusted: false, externalId: `${externalId}-gone` });
    await verifyContact(ctx(), { contactId: gone.uid, brand, identity: { externalId } });
    const lists = await Promise.all(['', '?q=Gone', `?q=${externalId}@gone`, `?q=${externalId}-gone`].map(async (query) => (await open().owner.get(`/contacts${query}`)).body.data as { id: string }[]));
    expect(lists.flat().map((row) => row.id)).not.toContain(gone.uid);
    expect(lists[0]!.map((row) => row.id)).toContain(person.uid);
    expect((await open().owner.get(`/contacts/${gone.uid}`)).body).toMatchObject({ id: person.uid, name: 'Grete' });
    expect((await open().owner.patch(`/contacts/${gone.uid}`, { name: 'Margarete' })).body).toMatchObject({ id: person.uid, name: 'Margarete' });
  });

  it('changes on open screens: what is told, and who somebody turns out to be', async () => {
    const operator = await Operator.signIn(open().desk.url);
    const changed: string[] = [];
    const contacts: string[] = [];
    const authors: (string | null)[] = [];
    operator.socket.on('contact:changed', ({ contactId }) => changed.push(contactId));
    operator.socket.on('conversation:changed', ({ conversation }) => contacts.push(conversation.contact.id));
    operator.socket.on('message:changed', ({ message }) => authors.push(message.author.id));
    const visitor = await createContact(ctx(), { brandId: brand.id, brandUid: brand.uid });
    const actor = { type: 'contact', id: visitor.uid, rowId: visitor.id, brandId: visitor.brand_id, name: '' } as const;
    const { conversation } = await addMessage(createActionContext(kernel, actor), { cid: crypto.randomUUID(), kind: 'reply', text: 'Hi', attachmentIds: [], opening: { channel: 'chat', departmentId: null } });
    await setContactContext(ctx(), { contactId: visitor.uid, isTrusted: false, entries: { cart: { label: 'Cart', type: 'status', value: 1 } } });
    await eventually('the pane is told', () => changed.includes(visitor.uid));
    const externalId = id();
    const { contact: person } = await upsertTrustedContact(ctx(), { brand, externalId });
    await verifyContact(ctx(), { contactId: visitor.uid, brand, identity: { externalId } });
    await eventually('list, thread and pane are told', () => contacts.includes(person.uid) && authors.includes(person.uid) && changed.includes(person.uid));
    expect((await operator.call('GET', `/conversations/${conversation.uid}`)).body).toMatchObject({ contact: { id: person.uid, kind: 'verified' } });
    expect((await operator.call('GET', `/contacts/${person.uid}`)).body).toMatchObject({ conversations: [{ id: conversation.uid }] });
    operator.leave();
  });

  it('describes context keys for the AI, by those who may change settings', async () => {
    const visitor = await createContact(ctx(), { brandId: brand.id, brandUid: brand.uid });
    await setContactContext(ctx(), { contactId: visitor.uid, isTrusted: false, entries: { 'billing.state': { label: 'Billing', type: 'status', value: 'ok' } } });
    const keys = async () => ((await open().owner.get('/context-keys')).body.data as { key: string }[]).find(({ key }) => key === 'billing.state');
    expect(await keys()).toMatchObject({ brandId: brand.uid, label: 'Billing', type: 'status', description: '' });
    const patch = { brandId: brand.uid, description: ' Whether the last invoice was paid. ' };
    expect(await open().owner.patch('/context-keys/billing.state', patch)).toMatchObject({ status: 200, body: { description: 'Whether the last invoice was paid.' } });
    expect(await keys()).toMatchObject({ description: 'Whether the last invoice was paid.' });
    // Seen again, it keeps what was written.
    await setContactContext(ctx(), { contactId: visitor.uid, isTrusted: false, entries: { 'billing.state': { label: 'Invoices', type: 'error', value: 'open' } } });
    expect(await keys()).toMatchObject({ label: 'Invoices', type: 'error', description: 'Whether the last invoice was paid.' });
    expect((await open().owner.patch('/context-keys/unknown', patch)).status).toBe(404);
    expect((await open().owner.patch('/context-keys/billing.state', { ...patch, isTrusted: true })).status).toBe(400);
    expect((await open().owner.patch('/context-keys/billing.state', { ...patch, description: 'x'.repeat(1_001) })).status).toBe(400);
    const { caller: agent } = await open().person('agent');
    expect((await agent.get('/context-keys')).status).toBe(403);
    expect((await agent.patch('/context-keys/billing.state', patch)).status).toBe(403);
    expect((await open().nobody.get('/context-keys')).status).toBe(401);
  });
});
