import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keys, startSdkDesk, userToken, type SdkDesk } from '../../../tests/support/sdk-desk.ts';
import { createActionContext } from '../../kernel/action-context.ts';
import { system } from '../../kernel/policy/actor.ts';
import { systemManagedTraits } from '../../shared/sdk-api.ts';
import { Contact, createContact, createContactSession, type ContactKind } from '../contacts/index.ts';

describe.each(['sqlite', 'mariadb'] as const)('what customers tell the desk, on %s', (engine) => {
  let open: SdkDesk;
  let server: string;
  let count = 0;
  beforeAll(async () => {
    open = await startSdkDesk(engine);
    server = (await open.serverKey({ brandId: open.brands.acme })).token;
  });
  afterAll(() => open?.stop());

  const ctx = () => createActionContext(open.desk.kernel, system);
  const fresh = () => { count += 1; return `u_${count}`; };
  const identify = (key: string | null, body: object) => open.post('/api/sdk/users/identify', body, key);
  const brandRow = async (uid: string) => (await open.desk.kernel.db.knex('brands').where({ uid }).first('id')).id as number;
  const contactOf = async (id: string) => (await open.call('GET', `/api/v1/contacts/${id}`)).body as { id: string; kind: ContactKind; email: string | null; name: string | null; externalId: string | null; signedUpAt: string | null; traits: Record<string, unknown>; context: { key: string; value: unknown; isTrusted: boolean; of: string }[]; company: { externalId: string; isTrusted: boolean; name: string | null; traits: Record<string, unknown> } | null; conversations: { id: string }[] };
  const visitor = async (brand = open.brands.acme) => {
    const contact = await createContact(ctx(), { brandId: await brandRow(brand), brandUid: brand });
    return { id: contact.uid, session_id: (await createContactSession(ctx(), contact)).token };
  };
  const contacts = async () => Number((await Contact.query(open.desk.kernel.db.knex).resultSize()));

  describe('users', () => {
    it('are known by a server at signup, before they ever open a page', async () => {
      const user_id = fresh();
      const first = await identify(server, { user_id, traits: { email: `${user_id}@shop.test`, firstname: 'Ada', lastname: 'Lovelace', plan: 'pro', signed_up_at: '2024-05-01T10:00:00Z' }, context: { crm: { label: 'CRM', type: 'status', value: 'lead' } } });
      expect(first).toMatchObject({ status: 200, body: { ok: true, verified: true, created: true, contact_id: expect.any(String) } });
      expect(await contactOf(first.body.contact_id)).toMatchObject({
        kind: 'verified', externalId: user_id, email: `${user_id}@shop.test`, name: 'Ada Lovelace', signedUpAt: '2024-05-01T10:00:00.000Z',
        traits: expect.objectContaining({ plan: 'pro' }), context: [expect.objectContaining({ key: 'crm', value: 'lead', isTrusted: true })],
      });
      const again = await identify(server, { user_id, traits: { plan: 'team', signed_up_at: '2026-01-01T00:00:00Z' } });
      expect(again.body).toEqual({ ok: true, verified: true, created: false, contact_id: first.body.contact_id });
      expect(await contactOf(first.body.contact_id)).toMatchObject({ signedUpAt: '2024-05-01T10:00:00.000Z', name: 'Ada Lovelace', traits: expect.objectContaining({ plan: 'team' }) });
    });

    it('take the browser along in which they began', async () => {
      const user_id = fresh();
      const browser = await visitor();
      const ticket = await open.post('/api/sdk/tickets/create', { session_id: browser.session_id, subject: 'Before', message: 'Who am I?' }, keys.acme);
      expect(ticket.status).toBe(201);
      const { body } = await identify(server, { user_id, session_id: browser.session_id });
      expect((await contactOf(body.contact_id)).conversations.map(({ id }) => id)).toContain(ticket.body.ticket_id);
      // A session that ended takes nothing from what the server knows.
      expect(await identify(server, { user_id, session_id: 'pb_cs_long_gone' })).toMatchObject({ status: 200, body: { contact_id: body.contact_id } });
      // Somebody else's sign-in in the same browser does not move the first one's history.
      const second = await identify(server, { user_id: fresh(), session_id: browser.session_id });
      expect(second.body.contact_id).not.toBe(body.contact_id);
      expect((await contactOf(second.body.contact_id)).conversations).toEqual([]);
    });

    it('are proved by the token that the customer signed for this very key', async () => {
      const user_id = fresh();
      const browser = await visitor();
      const answer = await identify(keys.acme, { user_id, session_id: browser.session_id, user_token: userToken(keys.acme, { externalId: user_id, email: `${user_id}@shop.test` }), traits: { plan: 'pro' } });
      expect(answer).toMatchObject({ status: 200, body: { verified: true, contact_id: browser.id } });
      expect(await contactOf(browser.id)).toMatchObject({ kind: 'verified', externalId: user_id, email: `${user_id}@shop.test`, traits: expect.objectContaining({ plan: 'pro' }) });
    });

    it.each([
      ['of another widget', () => userToken(keys.other, { externalId: 'u_x' })],
      ['that is over', () => userToken(keys.acme, { externalId: 'u_x', exp: 1 })],
      ['that is forged', () => `nobody.${Buffer.from('{"externalId":"u_x"}').toString('base64url')}`],
      ['without anybody in it', () => userToken(keys.acme, {})],
    ])('are refused with a token %s', async (_, token) => {
      expect(await identify(keys.acme, { user_id: 'u_x', user_token: token() })).toMatchObject({ status: 403, body: { code: 'identity_invalid' } });
    });

    it('are who the token says, whatever stands beside it', async () => {
      const [user_id, victim] = [fresh(), fresh()];
      const known = (await identify(server, { user_id: victim, traits: { email: `${victim}@shop.test` } })).body.contact_id as string;
      const token = userToken(keys.acme, { externalId: user_id });
      expect(await identify(keys.acme, { user_id: victim, user_token: token })).toMatchObject({ status: 403, body: { code: 'identity_mismatch' } });
      const claimed = await identify(keys.acme, { user_id, user_token: token, traits: { email: `${victim}@shop.test` } });
      expect(claimed.body.contact_id).not.toBe(known);
      expect(await contactOf(claimed.body.contact_id)).toMatchObject({ kind: 'verified', externalId: user_id, email: null });
      expect(await contactOf(known)).toMatchObject({ externalId: victim, email: `${victim}@shop.test` });
      expect(await identify(server, { user_id, user_token: token })).toMatchObject({ status: 400, body: { errors: [{ path: 'user_token', code: 'for_publishable_keys' }] } });
    });

    it('without a proof only claim: nothing is read back, nobody is reached', async () => {
      const victim = fresh();
      const known = (await identify(server, { user_id: victim, traits: { email: `${victim}@shop.test`, plan: 'pro' } })).body.contact_id as string;
      const browser = await visitor();
      const answer = await identify(keys.acme, { user_id: victim, session_id: browser.session_id, traits: { email: `${victim}@shop.test`, plan: 'free' } });
      expect([answer.status, answer.body]).toEqual([200, { ok: true, verified: false }]);
      expect(await contactOf(browser.id)).toMatchObject({ kind: 'identified', externalId: victim });
      expect(await contactOf(known)).toMatchObject({ kind: 'verified', traits: expect.objectContaining({ plan: 'pro' }) });
    });

    it('without even a session become one contact for each key and id, whom no session reaches', async () => {
      const victim = fresh();
      const known = (await identify(server, { user_id: victim })).body.contact_id as string;
      const before = await contacts();
      const answers = await Promise.all(Array.from({ length: 6 }, (_, index) => identify(keys.acme, { user_id: victim, traits: { seen: index } })));
      expect(answers.map(({ status, body }) => [status, body])).toEqual(answers.map(() => [200, { ok: true, verified: false }]));
      expect(await contacts() - before).toBe(1);
      await identify(keys.other, { user_id: victim });
      expect(await contacts() - before).toBe(2);
      expect((await contactOf(known)).traits).not.toHaveProperty('seen');
      const row = await open.desk.kernel.db.knex('contacts').where({ external_claim: victim }).orderBy('id').first();
      expect(await open.desk.kernel.db.knex('contact_sessions').where({ contact_id: row.id })).toEqual([]);
      // Once somebody proved to be that contact, it is out of reach as well.
      await open.desk.kernel.db.knex('contacts').where({ id: row.id }).update({ kind: 'verified' });
      await identify(keys.acme, { user_id: victim, traits: { name: 'Eve' } });
      expect(await contactOf(row.uid)).not.toMatchObject({ name: 'Eve' });
    });

    it('name every field that the desk keeps itself, and are not touched', async () => {
      const traits = Object.fromEntries(systemManagedTraits.map((name) => [name, 'x']));
      const answer = await identify(server, { user_id: fresh(), traits: { ...traits, plan: 'pro' } });
      expect(answer.status).toBe(400);
      expect(answer.body.errors.map(({ path, code }: { path: string; code: string }) => `${path} ${code}`).sort()).toEqual(systemManagedTraits.map((name) => `traits.${name} system_managed`).sort());
    });

    it.each([
      ['__proto__', '{"user_id":"u","traits":{"__proto__":{"isAdmin":true}}}'], ['constructor', '{"user_id":"u","traits":{"constructor":{"prototype":{"x":1}}}}'],
      ['prototype', '{"user_id":"u","context":{"prototype":{"label":"x","type":"custom","value":1}}}'], ['kind', '{"user_id":"u","kind":"verified"}'],
    ])('cannot bring a key %s', async (_, body) => {
      expect(await open.post('/api/sdk/users/identify', body, server)).toMatchObject({ status: 400, body: { errors: [{ code: 'unknown_key' }] } });
    });

    it('are held to the limits, each by its name', async () => {
      expect(await identify(server, { user_id: fresh(), traits: { note: 'x'.repeat(21 * 1024) } })).toMatchObject({ status: 413, body: { code: 'too_large', limit: 'userTraitsBytes', max: 20 * 1024 } });
      expect(await identify(server, { user_id: fresh(), context: { big: { label: 'Big', type: 'list', value: 'x'.repeat(9 * 1024) } } })).toMatchObject({ status: 413, body: { limit: 'contextEntryBytes' } });
      expect(await identify(server, { user_id: fresh(), traits: { note: 'x'.repeat(300 * 1024) } })).toMatchObject({ status: 413, body: { limit: 'body' } });
      expect(await identify(server, { user_id: 'x'.repeat(201) })).toMatchObject({ status: 400, body: { errors: [{ path: 'user_id' }] } });
      expect(await identify(server, {})).toMatchObject({ status: 400, body: { errors: [{ path: 'user_id' }] } });
    });

    it('stay in the brand of the key', async () => {
      const user_id = fresh();
      const everywhere = (await open.serverKey()).token;
      const own = (await open.serverKey({ brandId: open.brands.other })).token;
      expect(await identify(own, { user_id, tenant: 'acme' })).toMatchObject({ status: 400, body: { errors: [{ path: 'tenant', code: 'not_of_this_key' }] } });
      expect(await identify(keys.acme, { user_id, tenant: 'other' })).toMatchObject({ status: 400, body: { errors: [{ path: 'tenant' }] } });
      expect(await identify(everywhere, { user_id, tenant: 'nobody' })).toMatchObject({ status: 400, body: { errors: [{ path: 'tenant', code: 'unknown_brand' }] } });
      const [here, there, chosen] = [await identify(server, { user_id }), await identify(own, { user_id }), await identify(everywhere, { user_id, tenant: 'other' })];
      expect(there.body.contact_id).not.toBe(here.body.contact_id);
      expect(chosen.body.contact_id).toBe(there.body.contact_id);
      const eldest = await open.desk.kernel.db.knex('brands').orderBy('id').first('id');
      const unnamed = await identify(everywhere, { user_id: fresh() });
      expect(await open.desk.kernel.db.knex('contacts').where({ uid: unnamed.body.contact_id }).first('brand_id')).toEqual({ brand_id: eldest.id });
      const browser = await visitor(open.brands.other);
      expect(await identify(keys.acme, { user_id, session_id: browser.session_id })).toMatchObject({ status: 401, body: { code: 'session_invalid' } });
      expect(await contactOf(browser.id)).toMatchObject({ kind: 'anonymous' });
    });
  });

  describe('companies', () => {
    const tell = (key: string, body: object) => open.post('/api/sdk/companies/identify', body, key);

    it('are shared by their users when a server tells of them', async () => {
      const [ada, bob] = [fresh(), fresh()];
      const company_id = `c_${count}`;
      expect(await tell(server, { company_id, traits: { name: 'Engines', seats: 3 } })).toMatchObject({ status: 200, body: { ok: true, verified: true } });
      const { contact_id } = (await tell(server, { company_id, user_id: ada, context: { plan: { label: 'Plan', type: 'config', value: 'team' } } })).body;
      await tell(server, { company_id, user_id: bob, traits: { seats: 4 } });
      expect(await contactOf(contact_id)).toMatchObject({ company: { externalId: company_id, isTrusted: true, name: 'Engines', traits: { seats: 4 } }, context: [expect.objectContaining({ key: 'plan', of: 'company', isTrusted: true })] });
    });

    it('are only claimed by pages, unless the signed token names the company', async () => {
      const [ada, eve] = [fresh(), fresh()];
      const company_id = `c_${count}`;
      const { contact_id } = (await tell(server, { company_id, user_id: ada, traits: { plan: 'pro' } })).body;
      const claimed = await tell(keys.acme, { company_id, user_token: userToken(keys.acme, { externalId: eve }), traits: { plan: 'hacked' } });
      expect((await contactOf(claimed.body.contact_id)).company).toMatchObject({ isTrusted: false });
      await tell(keys.acme, { company_id, user_id: eve, traits: { plan: 'hacked' } });
      expect((await contactOf(contact_id)).company?.traits).toEqual({ plan: 'pro' });
      await tell(keys.acme, { company_id, user_token: userToken(keys.acme, { externalId: eve, traits: { company_id } }), traits: { plan: 'team' } });
      expect((await contactOf(contact_id)).company?.traits).toEqual({ plan: 'team' });
      expect(await tell(keys.acme, { company_id })).toMatchObject({ status: 400, body: { code: 'session_required' } });
      expect(await tell(server, { company_id, traits: { note: 'x'.repeat(51 * 1024) } })).toMatchObject({ status: 413, body: { limit: 'companyTraitsBytes', max: 50 * 1024 } });
    });
  });

  describe('context', () => {
    const tell = (key: string, body: object) => open.post('/api/sdk/context', body, key);
    const entry = (value: unknown) => ({ label: 'Sync', type: 'error', value });
    const keysOf = async (id: string) => (await contactOf(id)).context.map(({ key }) => key).sort();

    it('is set, replaced and cleared by the server of the customer', async () => {
      const user_id = fresh();
      const { body } = await tell(server, { user_id, context: { a: entry(1), b: entry(2) } });
      expect(body).toMatchObject({ ok: true, verified: true, contact_id: expect.any(String) });
      await tell(server, { user_id, clear: ['a'], context: { c: entry({ since: 'today' }) } });
      expect(await keysOf(body.contact_id)).toEqual(['b', 'c']);
      await tell(server, { user_id, context: { b: null } });
      expect(await keysOf(body.contact_id)).toEqual(['c']);
      await tell(server, { user_id, clear: '*', context: { d: entry(1) } });
      expect(await keysOf(body.contact_id)).toEqual(['d']);
      expect(await tell(server, { user_id })).toMatchObject({ status: 400, body: { errors: [{ path: 'context', code: 'required' }] } });
      expect(await tell(server, { user_id, context: { x: { label: 'x', type: 'nonsense', value: 1 } } })).toMatchObject({ status: 400 });
    });

    it('of a company is everybody\'s there, and of a page only its visitor\'s', async () => {
      const user_id = fresh();
      const company_id = `c_${count}`;
      const { contact_id } = (await open.post('/api/sdk/companies/identify', { company_id, user_id }, server)).body;
      await tell(server, { company_id, context: { outage: entry('EU') } });
      expect(await keysOf(contact_id)).toEqual(['outage']);
      const browser = await visitor();
      await tell(keys.acme, { session_id: browser.session_id, company_id, context: { outage: entry('none') } });
      expect((await contactOf(contact_id)).context).toMatchObject([{ key: 'outage', value: 'EU', isTrusted: true }]);
      expect(await tell(keys.acme, { session_id: browser.session_id, company_id, clear: '*' })).toMatchObject({ status: 400, body: { errors: [{ path: 'clear' }] } });
      await tell(server, { company_id, clear: '*' });
      expect(await keysOf(contact_id)).toEqual([]);
    });

    it('from a page neither replaces nor clears what is proved', async () => {
      const user_id = fresh();
      const browser = await visitor();
      const { contact_id, session_id } = (await tell(keys.acme, { session_id: browser.session_id, user_token: userToken(keys.acme, { externalId: user_id }), context: { sync: entry('broken') } })).body;
      expect(contact_id).toBe(browser.id);
      const answer = await tell(keys.acme, { session_id, context: { sync: entry('fine'), mine: entry(1) }, clear: ['sync'] });
      expect(answer.body).toEqual({ ok: true, verified: false });
      await tell(keys.acme, { session_id, clear: '*' });
      expect((await contactOf(contact_id)).context).toMatchObject([{ key: 'sync', value: 'broken' }]);
      expect(await tell(keys.acme, { company_id: 'c_1', context: {} })).toMatchObject({ status: 400, body: { code: 'session_required' } });
    });
  });

  describe('tickets', () => {
    const create = (key: string, body: object, headers: Record<string, string> = {}) => open.post('/api/sdk/tickets/create', { subject: 'The export stops', message: 'At **90 %**', ...body }, key, headers);

    it('have a number from birth, a first message of their person, and what came along', async () => {
      const email = `${fresh()}@shop.test`;
      const made = await create(server, { email, name: 'Ada', priority: 'urgent', source: 'status-page', metadata: { order: 'A-1', tries: 3, paid: true } });
      expect(made).toMatchObject({ status: 201, body: { ticket_id: expect.any(String), number: expect.stringMatching(/^#\d+$/), contact_id: expect.any(String) } });
      const detail = (await open.call('GET', `/api/v1/conversations/${made.body.ticket_id}`)).body as Record<string, unknown>;
      expect(detail).toMatchObject({ channel: 'api', number: made.body.number, subject: 'The export stops', priority: 'urgent', status: 'open', meta: { order: 'A-1', tries: '3', paid: 'true', source: 'status-page' } });
      const { data } = (await open.call('GET', `/api/v1/conversations/${made.body.ticket_id}/messages`)).body as { data: { author: { type: string; name: string }; body: { html: string } }[] };
      expect(data).toMatchObject([{ author: { type: 'contact', name: 'Ada' }, body: { html: '<p>At <strong>90 %</strong></p>' } }]);
      expect((await create(server, { email })).body.contact_id).toBe(made.body.contact_id);
      expect((await create(server, { email })).body.number).not.toBe(made.body.number);
    });

    it('are made once under an Idempotency-Key', async () => {
      const user_id = fresh();
      const key = { 'Idempotency-Key': `k-${user_id}` };
      const first = await create(server, { user_id }, key);
      const again = await create(server, { user_id }, key);
      expect([again.body, again.headers.get('idempotent-replayed')]).toEqual([first.body, 'true']);
      // The kept answer is lost, as after a crash: the ticket is found all the same.
      await open.desk.kernel.db.knex('idempotency_keys').delete();
      expect((await create(server, { user_id }, key)).body).toEqual(first.body);
      expect((await contactOf(first.body.contact_id)).conversations).toHaveLength(1);
    });

    it('of a page never reach somebody who is known by the address', async () => {
      const email = `${fresh()}@shop.test`;
      const { contact_id } = (await create(server, { email })).body;
      const made = await create(keys.acme, { email, name: 'Not Ada' });
      expect([made.status, Object.keys(made.body).sort()]).toEqual([201, ['number', 'ticket_id']]);
      expect((await contactOf(contact_id)).conversations.map(({ id }) => id)).not.toContain(made.body.ticket_id);
      const row = await open.desk.kernel.db.knex('conversations').where({ 'conversations.uid': made.body.ticket_id }).join('contacts', 'contacts.id', 'conversations.contact_id').first('contacts.kind');
      expect(row.kind).toBe('identified');
    });

    it('of a page are its visitor\'s, or its user\'s by token', async () => {
      const [browser, user_id] = [await visitor(), fresh()];
      const own = await create(keys.acme, { session_id: browser.session_id, email: `${user_id}@shop.test` });
      expect((await contactOf(browser.id))).toMatchObject({ kind: 'identified', email: `${user_id}@shop.test`, conversations: [{ id: own.body.ticket_id }] });
      const signed = await create(keys.acme, { user_token: userToken(keys.acme, { externalId: user_id }) });
      expect(await contactOf(signed.body.contact_id)).toMatchObject({ externalId: user_id, conversations: [{ id: signed.body.ticket_id }] });
      expect(await create(keys.acme, { user_id, session_id: 'pb_cs_long_gone' })).toMatchObject({ status: 401, body: { code: 'session_invalid' } });
      expect(await create(keys.acme, {})).toMatchObject({ status: 400, body: { errors: [{ path: 'user_id', code: 'required' }] } });
      expect((await create(keys.acme, { user_id })).status).toBe(201);
    });

    it('refuse what is too long or empty, and keep nothing of it', async () => {
      const before = await contacts();
      for (const [body, path] of [[{ message: ' ' }, 'message'], [{ subject: '' }, 'subject'], [{ subject: 'x'.repeat(501) }, 'subject'], [{ priority: 'now' }, 'priority'], [{ metadata: Object.fromEntries(Array.from({ length: 41 }, (_, index) => [`k${index}`, 1])) }, 'metadata']] as const) {
        expect(await create(server, { email: 'nobody@shop.test', ...body })).toMatchObject({ status: 400, body: { errors: [{ path }] } });
      }
      expect(await contacts()).toBe(before);
    });
  });

  it('each way asks for its own scope', async () => {
    const ways = { identify: ['/users/identify', '/companies/identify'], context: ['/context'], tickets: ['/tickets/create'] };
    for (const scope of ['identify', 'context', 'chat', 'tickets']) {
      const { token } = await open.serverKey({ scopes: [scope] });
      for (const [wanted, paths] of Object.entries(ways)) {
        for (const path of paths) expect([scope, path, (await open.post(`/api/sdk${path}`, {}, token)).status]).toEqual([scope, path, wanted === scope ? 400 : 403]);
      }
    }
    const operator = await open.desk.signIn();
    const personal = (await open.call('POST', '/api/v1/tokens', { name: 'Mine', scopes: ['*'] })).body as { token: string };
    for (const path of Object.values(ways).flat()) {
      for (const headers of [{}, operator, { Authorization: `Bearer ${personal.token}` }]) expect((await open.post(`/api/sdk${path}`, {}, null, headers)).status).toBe(401);
      const preflight = await fetch(`${open.desk.url}/api/sdk${path}`, { method: 'OPTIONS', headers: { Origin: 'https://a.test', 'Access-Control-Request-Method': 'POST' } });
      expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
    }
  });

  it('those who prove nothing are slowed down', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => identify(keys.other, { user_id: `flood_${index % 3}` })));
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThan(5);
    expect((await identify(server, { user_id: fresh() })).status).toBe(200);
  });
});
