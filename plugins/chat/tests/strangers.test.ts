import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../../tests/support/databases.ts';
import { Visitor } from '../../../tests/support/visitor.ts';
import { readIdentity } from '../server/identity.ts';
import { seconds, sign, VisitorDesk } from './visitor-desk.ts';

interface Answer { session_id: string; conversation_id: string; code?: string }

let desk: VisitorDesk;
let page: string;
beforeAll(async () => {
  desk = await VisitorDesk.start({ env: { TRUST_PROXY: '1' } });
  page = (await desk.widget()).key;
});
afterAll(() => desk?.stop());

const chat = (body: Record<string, unknown>, headers: Record<string, string> = {}) =>
  desk.call<Answer>('POST', '/api/sdk/chat', { message: 'Hello', ...body }, { Authorization: `Bearer ${page}`, ...headers });

test('whoever only says who they are is held to the limits of strangers', async () => {
  const visitor = await Visitor.arrive(desk.desk.url);
  expect((await desk.as(visitor.token, 'POST', '/profile', { userId: 'somebody', traits: { name: 'Somebody' } })).status).toBe(200);
  const begin = async () => {
    const answer = await visitor.socket.emitWithAck('message:send', { cid: crypto.randomUUID(), body: 'Me again' });
    return 'error' in answer ? answer.error.code : 'begun';
  };
  const begun: string[] = [];
  for (let count = 0; count < 6; count += 1) begun.push(await begin());
  visitor.leave();
  expect(begun).toEqual([...Array.from({ length: 5 }, () => 'begun'), 'rate_limited']);
});

test('a repeat is the answer of whoever asked first, and nobody else\'s with the same key and words', async () => {
  const headers = { 'Idempotency-Key': 'first-message', 'X-Forwarded-For': '198.51.100.1' };
  const first = await chat({}, headers);
  const again = await chat({}, headers);
  expect(again.body).toEqual(first.body);
  const other = await chat({}, { ...headers, 'X-Forwarded-For': '198.51.100.2' });
  expect(other.status).toBe(200);
  expect(other.body.session_id).not.toBe(first.body.session_id);
  expect(other.body.conversation_id).not.toBe(first.body.conversation_id);
});

test('no session stands in the clear in the database, whatever was asked to be repeatable', async () => {
  const key = { 'Idempotency-Key': crypto.randomUUID() };
  const { body: { session_id: session } } = await chat({}, key);
  const { body: { token } } = await desk.session({}, { headers: key });
  const kept = JSON.stringify(await desk.desk.kernel.db.knex('idempotency_keys').select('body'));
  expect(kept).not.toContain(session);
  expect(kept).not.toContain(token);
});

test('where names are asked for, a ticket through the page\'s key needs them too', async () => {
  await desk.change({ security: { requireAuthentication: true } });
  const ticket = (body: Record<string, unknown>) =>
    desk.call<{ code?: string }>('POST', '/api/sdk/tickets/create', { subject: 'Hello', message: 'Let me in', ...body }, { Authorization: `Bearer ${page}` });
  const { body: { token } } = await desk.session();
  expect((await ticket({ email: 'ada@example.com' })).body.code).toBe('authentication_required');
  expect((await ticket({ user_id: 'ada' })).body.code).toBe('authentication_required');
  expect((await ticket({ session_id: token })).body.code).toBe('authentication_required');
  const known = await desk.proved('ada@example.com');
  expect((await ticket({ session_id: known.token })).status).toBe(201);
  await desk.change({ security: { requireAuthentication: false } });
});

test.each([
  ['/users/identify', { user_id: 'alice' }], ['/companies/identify', { company_id: 'acme' }], ['/context', { clear: ['nothing'] }], ['/tickets/create', { subject: 'Hello', message: 'It is me' }],
])('a session from before the sign-in is worth nothing once a page proves a user at %s', async (path, body) => {
  const secret = await desk.secret();
  const user_token = sign({ user_id: `alice of ${path}`, exp: seconds(60) }, secret);
  const { user_id: _, ...rest } = body as Record<string, unknown>;
  const { body: planted } = await desk.session();
  const spy = await Visitor.arrive(desk.desk.url, 'website', planted);
  await eventually('the socket is connected', () => spy.socket.connected);
  const refused: string[] = [];
  spy.socket.on('connect_error', ({ message }) => { refused.push(message); });
  const identify = (session_id: string) => desk.call<{ session_id?: string; contact_id: string }>('POST', `/api/sdk${path}`, { ...rest, ...(path.startsWith('/users') ? { user_id: `alice of ${path}` } : {}), session_id, user_token }, { Authorization: `Bearer ${page}` });
  const { status, body: { session_id: fresh = '' } } = await identify(planted.token);
  expect(status).toBeLessThan(300);
  await eventually('the old session is refused', () => refused.includes('session_invalid'));
  spy.leave();
  expect((await desk.as(planted.token, 'POST', '/details', {})).status).toBe(401);
  expect(await desk.as<{ contact: { kind: string } }>(fresh, 'POST', '/details', {})).toMatchObject({ status: 200, body: { contact: { kind: 'verified' } } });
  // The user's own session goes on as it is.
  expect((await identify(fresh)).body.session_id).toBeUndefined();
  expect((await desk.as(fresh, 'POST', '/details', {})).status).toBe(200);
  // A page that still has the old one is let in by the token alone.
  expect((await chat({ session_id: planted.token, user_token })).status).toBe(200);
  expect((await chat({ session_id: planted.token })).body.code).toBe('session_invalid');
});

test('a session opens no socket at another brand\'s widget, and a server\'s key of one brand no other\'s', async () => {
  const { body: brand } = await desk.asAdmin<{ id: string }>('POST', '/api/v1/brands', { name: 'Second', slug: 'second' });
  await desk.asAdmin('POST', '/api/v1/widgets', { name: 'Second', slug: 'second-chat', brandId: brand.id });
  const { body: session } = await desk.session();
  const elsewhere = await Visitor.arrive(desk.desk.url, 'second-chat', session);
  const answers: string[] = [];
  elsewhere.socket.on('connect', () => { answers.push('let in'); });
  elsewhere.socket.on('connect_error', ({ message }) => { answers.push(message); });
  await eventually('an answer', () => answers.length > 0);
  elsewhere.leave();
  expect(answers[0]).toBe('session_invalid');
  const { body: key } = await desk.asAdmin<{ token: string }>('POST', '/api/v1/tokens', { name: 'Second', kind: 'server', brandId: brand.id, scopes: ['chat'] });
  const say = (widget: string) => desk.call('POST', '/api/sdk/chat', { message: 'Hello', user_id: 'u_1', widget }, { Authorization: `Bearer ${key.token}` });
  expect([(await say('website')).status, (await say('second-chat')).status]).toEqual([404, 200]);
});

test('a page that a visitor says they are on is one of the web, or nobody hears of it', async () => {
  const { body: { token, contactId } } = await desk.session();
  for (const url of ['javascript:alert(1)', 'data:text/html,x', ' https://shop.test/', 'https://shop.test/cart']) expect((await desk.as(token, 'POST', '/profile', { page: { url, title: 'Page' } })).status).toBe(200);
  const { body } = await desk.asAdmin<{ activity: { name: string }[] }>('GET', `/api/v1/contacts/${contactId}`);
  expect(body.activity.map(({ name }) => name)).toEqual(['https://shop.test/cart']);
});

test('a transcript is refused at once where the address was only told', async () => {
  const visitor = await Visitor.arrive(desk.desk.url);
  await desk.as(visitor.token, 'POST', '/profile', { traits: { email: 'told@example.com' } });
  await visitor.send('Mail me this');
  visitor.leave();
  expect(await desk.as(visitor.token, 'POST', `/conversations/${visitor.conversationId}/transcript`)).toMatchObject({ status: 409, body: { code: 'address_needed' } });
});

test('an empty secret signs nothing', () => {
  expect(() => readIdentity(sign({ user_id: 'u_1' }, ''), { secrets: [''], requireExp: false })).toThrow(expect.objectContaining({ details: { reason: 'no_secret' } }));
});

test('whoever proved an address begins sixty conversations an hour, and no more', async () => {
  const known = await desk.proved('eager@example.com');
  const visitor = await Visitor.arrive(desk.desk.url, 'website', known);
  const begun: string[] = [];
  const { knex } = desk.desk.kernel.db;
  const answer = await visitor.socket.emitWithAck('message:send', { cid: crypto.randomUUID(), body: 'First' });
  if ('error' in answer) throw new Error(answer.error.code);
  // The others are put where they would be: a socket alone takes seconds for as many.
  const row = await knex('conversations').where({ uid: answer.conversationId }).first() as Record<string, unknown>;
  for (let count = 0; count < 58; count += 1) {
    const { id: _, ...copy } = row;
    await knex('conversations').insert({ ...copy, uid: `copy${count}`.padEnd(26, 'a'), opening_cid: crypto.randomUUID() });
  }
  for (let count = 0; count < 2; count += 1) {
    const next = await visitor.socket.emitWithAck('message:send', { cid: crypto.randomUUID(), body: 'Next' });
    begun.push('error' in next ? next.error.code : 'begun');
  }
  visitor.leave();
  expect(begun).toEqual(['begun', 'rate_limited']);
});
