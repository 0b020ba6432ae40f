import { afterAll, beforeAll, expect, test } from 'vitest';
import { Visitor } from '../../../tests/support/visitor.ts';
import { VisitorDesk } from './visitor-desk.ts';

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
