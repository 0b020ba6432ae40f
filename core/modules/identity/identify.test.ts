import type { ContextEntry } from '@plugboard/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startConversationDesk, type ConversationDesk } from '../../../tests/support/conversation-desk.ts';
import { createActionContext } from '../../kernel/action-context.ts';
import type { ActionContext } from '../../kernel/context.ts';
import { selectRows, type Binding } from '../../kernel/db/statement.ts';
import { newId } from '../../kernel/ids.ts';
import type { PluginDesk } from '../../kernel/plugins/services.ts';
import { system } from '../../kernel/policy/actor.ts';
import { createPluginServices } from '../channels/index.ts';
import { Contact, findVerifiedByExternalId, readTraits } from '../contacts/index.ts';
import { listContextKeys, selectActivity, selectContext } from '../context/index.ts';
import { identifyCompany, setCompanyContext, setContactContext, upsertTrustedCompany, upsertTrustedContact } from './index.ts';

const entry = (value: unknown, more: Partial<ContextEntry> = {}): ContextEntry => ({ label: 'Cart', type: 'status', value, ...more });

describe.each(['sqlite', 'mariadb'] as const)('what is told of people, on %s', (engine) => {
  let desk: ConversationDesk;
  let services: PluginDesk;
  let ctx: ActionContext;
  let count = 0;
  beforeAll(async () => {
    desk = await startConversationDesk(engine);
    services = createPluginServices(desk.kernel)({ type: 'plugin', id: 'chat', permissions: new Set(), depth: 1 });
    ctx = createActionContext(desk.kernel, system);
  });
  afterAll(() => desk.stop());

  const at = (ms: number) => createActionContext(desk.kernel, system, { now: ctx.now + ms });
  const id = () => `i_${(count += 1)}`;
  const visitor = async () => (await services.contacts.create({ brandId: desk.brand.uid })).id;
  const person = async (identity: { externalId?: string; email?: string }) => (await services.contacts.verify({ contactId: await visitor(), brandId: desk.brand.uid, identity })).contact.id;
  const row = (uid: string) => Contact.query(desk.kernel.db.knex).findOne({ uid }).throwIfNotFound();
  const contextOf = async (uid: string) => {
    const { id: rowId, company_id: companyId } = await row(uid);
    return selectContext(desk.kernel.db.knex, [{ type: 'contact', id: rowId }, ...(companyId === null ? [] : [{ type: 'company' as const, id: companyId }])]);
  };

  describe('without a proof', () => {
    it('is a claim: the id, the address and everything else', async () => {
      const uid = await visitor();
      const externalId = id();
      const answer = await services.contacts.identify({ contactId: uid, isTrusted: false, externalId, traits: { email: 'Eve@Example.com', firstname: 'Eve', lastname: 'Adams', plan: 'pro', signed_up_at: '2023-01-02T00:00:00Z', time_zone: 'Asia/Tokyo' } });
      expect(answer).toMatchObject({ id: uid, kind: 'identified', externalId, email: 'eve@example.com', name: 'Eve Adams' });
      expect(await row(uid)).toMatchObject({ external_id: null, external_claim: externalId, proved_email: null, traits: null, claimed_traits: '{"plan":"pro"}', time_zone: 'Asia/Tokyo', verified_at: null });
      expect(await findVerifiedByExternalId(desk.kernel.db.knex, desk.brand.id, externalId)).toBeUndefined();
    });

    it('never leads to a verified contact: not by its id, not by its address', async () => {
      const externalId = id();
      const email = `${externalId}@example.com`;
      const canary = await person({ externalId, email });
      await services.contacts.identify({ contactId: canary, isTrusted: true, traits: { secret: 'CANARYx9', name: 'Canary' }, context: { bill: entry('CANARYx9') } });
      const before = [await row(canary), await contextOf(canary)];
      const uid = await visitor();
      const answers = [
        await services.contacts.identify({ contactId: uid, isTrusted: false, externalId, traits: { email, secret: 'mine' }, context: { bill: null } }),
        await services.contacts.setContext({ contactId: uid, isTrusted: false, entries: null }),
        await services.contacts.get(uid),
      ];
      expect(answers[0]).toMatchObject({ id: uid, kind: 'identified' });
      expect(JSON.stringify([answers, await row(uid), await contextOf(uid)])).not.toMatch(/CANARY|Canary/);
      expect([await row(canary), await contextOf(canary)]).toEqual(before);
      // Any number may claim the same.
      const third = await visitor();
      expect(await services.contacts.identify({ contactId: third, isTrusted: false, externalId, traits: { email } })).toMatchObject({ id: third, externalId });
    });

    it('replaces nothing that was proved, and fills in what nobody knows', async () => {
      const externalId = id();
      const uid = await person({ externalId });
      await services.contacts.identify({ contactId: uid, isTrusted: true, traits: { plan: 'pro', signed_up_at: 1_600_000_000_000 }, context: { bill: entry('open', { type: 'error' }) } });
      await services.contacts.identify({ contactId: uid, isTrusted: false, externalId: id(), traits: { plan: 'free', color: 'red', email: 'eve@example.com', name: 'Eve', signed_up_at: 1 }, context: { bill: entry('paid'), cart: entry('2 items') } });
      await services.contacts.setContext({ contactId: uid, isTrusted: false, entries: { bill: null } });
      expect(await services.contacts.get(uid)).toMatchObject({ kind: 'verified', externalId, email: null, name: 'Eve' });
      const { traits, claimed_traits: claimed, external_claim: claim, signed_up_at: signedUp } = await row(uid);
      expect([readTraits(traits), readTraits(claimed), claim, signedUp]).toEqual([{ plan: 'pro' }, { color: 'red', email: 'eve@example.com' }, null, 1_600_000_000_000]);
      expect(await contextOf(uid)).toMatchObject([{ key: 'bill', value: 'open', isTrusted: true }, { key: 'cart', isTrusted: false }]);
      await services.contacts.setContext({ contactId: uid, isTrusted: false, entries: null });
      expect((await contextOf(uid)).map(({ key }) => key)).toEqual(['bill']);
      await services.contacts.setContext({ contactId: uid, isTrusted: true, entries: null });
      expect(await contextOf(uid)).toEqual([]);
    });
  });

  describe('with a proof', () => {
    it('finds and merges people by what it names', async () => {
      const externalId = id();
      const email = `${externalId}@example.com`;
      const uid = await visitor();
      expect(await services.contacts.identify({ contactId: uid, isTrusted: true, externalId, traits: { email, plan: 'pro' } })).toMatchObject({ id: uid, kind: 'verified', externalId, email });
      expect(await row(uid)).toMatchObject({ proved_email: email, traits: '{"plan":"pro"}' });
      const browser = await visitor();
      expect(await services.contacts.identify({ contactId: browser, isTrusted: true, externalId })).toMatchObject({ id: uid });
      expect(await services.contacts.get(browser)).toMatchObject({ id: uid });
      // What a server says of this very contact changes its address; it is not somebody else.
      const next = `next.${email}`;
      expect(await services.contacts.identify({ contactId: uid, isTrusted: true, traits: { email: next } })).toMatchObject({ id: uid, email: next });
    });

    it('keeps when somebody signed up, whatever is told later', async () => {
      const { contact, created } = await upsertTrustedContact(ctx, { brand: desk.brand, externalId: id(), name: 'Ada', traits: { signed_up_at: 1_500_000_000 } });
      expect(created).toBe(true);
      for (const later of ['2024-01-01T00:00:00Z', 1_700_000_000_000, 'never']) {
        await upsertTrustedContact(ctx, { brand: desk.brand, externalId: contact.external_id!, traits: { signed_up_at: later } });
        expect((await row(contact.uid)).signed_up_at).toBe(1_500_000_000_000);
      }
      expect(readTraits((await row(contact.uid)).traits)).toEqual({ signed_up_at: 'never' });
    });

    it('adds traits, takes one away with null, and refuses what is the desk\'s own or too much', async () => {
      const { contact } = await upsertTrustedContact(ctx, { brand: desk.brand, externalId: id(), traits: { a: 1, b: { c: [1] } } });
      await services.contacts.identify({ contactId: contact.uid, isTrusted: true, traits: { a: null, d: '😀\u0000' } });
      expect(readTraits((await row(contact.uid)).traits)).toEqual({ b: { c: [1] }, d: '😀\u0000' });
      for (const name of ['id', 'external_id', 'created_at', 'last_seen']) {
        await expect(services.contacts.identify({ contactId: contact.uid, isTrusted: true, traits: { [name]: 'x' } })).rejects.toMatchObject({ status: 400, details: { errors: [{ path: `traits.${name}`, code: 'system_managed' }] } });
      }
      await expect(services.contacts.identify({ contactId: contact.uid, isTrusted: false, traits: { big: 'x'.repeat(21_000) } })).rejects.toMatchObject({ status: 400 });
      await services.contacts.identify({ contactId: contact.uid, isTrusted: true, traits: { one: 'x'.repeat(15_000) } });
      await expect(services.contacts.identify({ contactId: contact.uid, isTrusted: true, traits: { two: 'x'.repeat(15_000) } })).rejects.toMatchObject({ status: 413 });
    });
  });

  describe('context', () => {
    it('has one entry per key, errors first, then the newest', async () => {
      const uid = await visitor();
      const { id: rowId } = await row(uid);
      for (const [ms, key, more] of [[1, 'a', {}], [2, 'b', { type: 'error' }], [3, 'c', {}], [4, 'a', { label: 'Basket' }]] as const) {
        await setContactContext(at(ms), { contactId: uid, isTrusted: false, entries: { [key]: entry(ms, more) } });
      }
      expect((await contextOf(uid)).map(({ key, label, value }) => [key, label, value])).toEqual([['b', 'Cart', 2], ['a', 'Basket', 4], ['c', 'Cart', 3]]);
      await services.contacts.setContext({ contactId: uid, isTrusted: false, entries: { a: null, nobody: null } });
      expect((await contextOf(uid)).map(({ key }) => key)).toEqual(['b', 'c']);
      expect(await desk.kernel.db.knex('context_entries').where({ owner_type: 'contact', owner_id: rowId })).toHaveLength(2);
    });

    it('holds fifty entries: the oldest goes, and what nobody vouches for goes before what is proved', async () => {
      const uid = await person({ externalId: id() });
      await setContactContext(at(0), { contactId: uid, isTrusted: true, entries: { proved: entry(1) } });
      await setContactContext(at(1), { contactId: uid, isTrusted: false, entries: { old: entry(1) } });
      await setContactContext(at(2), { contactId: uid, isTrusted: false, entries: Object.fromEntries(Array.from({ length: 49 }, (_, index) => [`k${index}`, entry(index)])) });
      const keys = (await contextOf(uid)).map(({ key }) => key);
      expect(keys).toHaveLength(50);
      expect(keys).toContain('proved');
      expect(keys).not.toContain('old');
      const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`m${index}`, entry(index)]));
      await expect(services.contacts.setContext({ contactId: uid, isTrusted: false, entries: many })).rejects.toMatchObject({ status: 400 });
      const wrongs: Record<string, ContextEntry>[] = [{ 'a b': entry(1) }, { a: entry('x'.repeat(9_000)) }, { a: { label: '', type: 'status', value: 1 } as ContextEntry }, { a: { label: 'A', type: 'nonsense', value: 1 } as unknown as ContextEntry }];
      for (const wrong of wrongs) {
        await expect(services.contacts.setContext({ contactId: uid, isTrusted: true, entries: wrong })).rejects.toMatchObject({ status: 400, code: 'invalid' });
      }
    });

    it('lists the keys that were seen, once, with what they were called last', async () => {
      const key = `key.${id()}`;
      await Promise.all(Array.from({ length: 8 }, async () => services.contacts.setContext({ contactId: await visitor(), isTrusted: false, entries: { [key]: entry(1) } })));
      await services.contacts.setContext({ contactId: await visitor(), isTrusted: false, entries: { [key]: entry(1, { label: 'Basket', type: 'list' }) } });
      expect((await listContextKeys(ctx)).filter((known) => known.key === key)).toMatchObject([{ brandId: desk.brand.uid, label: 'Basket', type: 'list', description: '' }]);
    });
  });

  describe('activity', () => {
    it('keeps the newest fifty of each kind', async () => {
      const uid = await visitor();
      for (let index = 0; index < 53; index += 1) await services.contacts.track({ contactId: uid, kind: 'page', name: `/p${index}`, ...(index === 52 ? { meta: { title: 'Last' } } : {}) });
      await services.contacts.track({ contactId: uid, kind: 'event', name: 'bought', meta: { amount: 5 } });
      const activity = await selectActivity(desk.kernel.db.knex, (await row(uid)).id);
      expect(activity.filter(({ kind }) => kind === 'page').map(({ name }) => name)).toEqual(Array.from({ length: 50 }, (_, index) => `/p${52 - index}`));
      expect(activity[0]).toMatchObject({ kind: 'event', name: 'bought', meta: { amount: 5 } });
      await expect(services.contacts.track({ contactId: uid, kind: 'event', name: ' ' })).rejects.toMatchObject({ status: 400 });
      await expect(services.contacts.track({ contactId: uid, kind: 'event', name: 'x', meta: { big: 'x'.repeat(9_000) } })).rejects.toMatchObject({ status: 400 });
    });
  });

  describe('companies', () => {
    it('are one per id when a proof stands behind them, also when many tell of a new one at once', async () => {
      const externalId = `c_${id()}`;
      const people = await Promise.all(Array.from({ length: 10 }, () => person({ externalId: id() })));
      await Promise.all(people.map((uid, index) => identifyCompany(createActionContext(desk.kernel, system), { contactId: uid, isTrusted: true, externalId, traits: { name: 'Acme', [`k${index}`]: index } })));
      const { knex } = desk.kernel.db;
      const companies = await knex('companies').where({ external_id: externalId });
      expect(companies).toMatchObject([{ name: 'Acme', claimed_by: 0 }]);
      expect(Object.keys(readTraits(companies[0].traits as string))).toHaveLength(10);
      expect(await knex('contacts').where({ company_id: companies[0].id })).toHaveLength(10);
    });

    it('claimed by a page are that contact\'s alone, and lead to no company that others share', async () => {
      const externalId = `c_${id()}`;
      const company = await upsertTrustedCompany(ctx, { brand: desk.brand, externalId, traits: { plan: 'CANARYx8' }, context: { incident: entry('CANARYx8', { type: 'error' }) } });
      const [eve, bob] = [await visitor(), await visitor()];
      for (const uid of [eve, bob]) await services.contacts.identifyCompany({ contactId: uid, isTrusted: false, externalId, traits: { name: uid }, context: { of: entry(uid) } });
      expect((await contextOf(eve)).map(({ value, of }) => [value, of])).toEqual([[eve, 'company']]);
      expect((await row(eve)).company_id).not.toBe((await row(bob)).company_id);
      expect(await desk.kernel.db.knex('companies').where({ id: company.id }).first('name', 'traits')).toEqual({ name: null, traits: '{"plan":"CANARYx8"}' });
      // Another claim replaces the one before; a proof replaces both.
      await services.contacts.identifyCompany({ contactId: eve, isTrusted: false, externalId: `${externalId}x` });
      await services.contacts.identifyCompany({ contactId: eve, isTrusted: true, externalId });
      expect(await desk.kernel.db.knex('companies').where({ claimed_by: (await row(eve)).id })).toEqual([]);
      expect((await contextOf(eve)).map(({ key }) => key)).toEqual(['incident']);
      // And what the page tells afterwards is about this person.
      await services.contacts.identifyCompany({ contactId: eve, isTrusted: false, externalId, traits: { plan: 'free' }, context: { incident: entry('none'), cart: entry('full') } });
      const told = (await contextOf(eve)).map(({ key, of, isTrusted, value }) => [key, of, isTrusted, value]);
      expect(told).toEqual(expect.arrayContaining([['incident', 'company', true, 'CANARYx8'], ['incident', 'contact', false, 'none'], ['cart', 'contact', false, 'full']]));
      expect(await desk.kernel.db.knex('companies').where({ id: company.id }).first('traits')).toEqual({ traits: '{"plan":"CANARYx8"}' });
    });

    it('have their context set and cleared by a server', async () => {
      const externalId = `c_${id()}`;
      await expect(setCompanyContext(ctx, { brand: desk.brand, externalId, entries: {} })).rejects.toMatchObject({ status: 404 });
      await upsertTrustedCompany(ctx, { brand: desk.brand, externalId });
      const uid = await person({ externalId: id() });
      await services.contacts.identifyCompany({ contactId: uid, isTrusted: true, externalId });
      await setCompanyContext(ctx, { brand: desk.brand, externalId, entries: { incident: entry('down', { type: 'error' }) } });
      expect(await contextOf(uid)).toMatchObject([{ key: 'incident', of: 'company', isTrusted: true }]);
      await setCompanyContext(ctx, { brand: desk.brand, externalId, entries: null });
      expect(await contextOf(uid)).toEqual([]);
    });
  });

  it('looks everything up by an index', async () => {
    const { knex } = desk.kernel.db;
    const rows = Array.from({ length: 3_000 }, (_, index) => ({
      uid: newId(), kind: 'verified', brand_id: index % 3 === 0 ? desk.brand.id : 900, external_id: `bulk_${index}`, email: `bulk${index}@example.com`, search_name: `bulk ${index}`, created_at: 1, updated_at: 1, merged_into: null,
    }));
    await desk.kernel.db.transaction((trx) => trx.batchInsert('contacts', rows, 50));
    await knex.raw(engine === 'sqlite' ? 'ANALYZE' : 'ANALYZE TABLE contacts, companies, context_entries, contact_activity, context_keys');
    const { id: brandId } = desk.brand;
    const hot: [string, Binding[]][] = [
      ['SELECT * FROM contacts WHERE brand_id = ? AND external_id = ?', [brandId, 'bulk_3']],
      ['SELECT * FROM contacts WHERE brand_id = ? AND proved_email = ?', [brandId, 'bulk3@example.com']],
      ["SELECT * FROM contacts WHERE email = ? AND kind = ? AND brand_id = ? AND merged_into IS NULL", ['bulk3@example.com', 'verified', brandId]],
      ['SELECT id FROM contacts WHERE external_id >= ? AND external_id < ?', ['bulk_30', 'bulk_31']],
      ['SELECT id FROM contacts WHERE external_claim >= ? AND external_claim < ?', ['bulk_30', 'bulk_31']],
      ['SELECT id FROM contacts WHERE merged_into IS NULL AND id < ? ORDER BY id DESC LIMIT 51', [2_000]],
      ['SELECT id FROM contacts WHERE brand_id = ? AND merged_into IS NULL AND id < ? ORDER BY id DESC LIMIT 51', [brandId, 2_000]],
      ['SELECT id FROM contacts WHERE merged_into = ?', [7]],
      ['SELECT id FROM contacts WHERE company_id = ? ORDER BY id DESC LIMIT 20', [7]],
      ['SELECT * FROM companies WHERE brand_id = ? AND external_id = ? AND claimed_by = ?', [brandId, 'x', 0]],
      ['SELECT * FROM companies WHERE claimed_by = ?', [7]],
      ['SELECT * FROM context_entries WHERE owner_type = ? AND owner_id = ?', ['contact', 7]],
      ['SELECT * FROM contact_activity WHERE contact_id = ? AND kind = ? ORDER BY id DESC LIMIT 50', [7, 'page']],
      ['SELECT * FROM context_keys WHERE brand_id = ? AND entry_key = ?', [brandId, 'x']],
    ];
    for (const [sql, bindings] of hot) {
      const plan = await selectRows<{ detail?: string; type?: string; Extra?: string }>(knex, `EXPLAIN ${engine === 'sqlite' ? 'QUERY PLAN ' : ''}${sql}`, bindings);
      expect(plan.filter(({ detail, type, Extra }) => /^SCAN|TEMP B-TREE/.test(detail ?? '') || type === 'ALL' || /filesort|temporary/i.test(Extra ?? '')), sql).toEqual([]);
    }
  });
});
