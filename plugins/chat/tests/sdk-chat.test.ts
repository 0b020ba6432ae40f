import { afterAll, beforeAll, expect, test } from 'vitest';
import { seconds, sign, VisitorDesk } from './visitor-desk.ts';

interface Answer { session_id: string; conversation_id: string; handled_by: string; code?: string; message?: string }

let desk: VisitorDesk;
let secret: string;
let page: string;
let server: string;
beforeAll(async () => {
  desk = await VisitorDesk.start();
  secret = await desk.secret();
  page = (await desk.widget()).key;
  const made = await desk.asAdmin<{ token: string }>('POST', '/api/v1/tokens', { name: 'Shop', kind: 'server', scopes: ['chat'] });
  server = made.body.token;
});
afterAll(() => desk?.stop());

const chat = (key: string, body: Record<string, unknown>, headers: Record<string, string> = {}) =>
  desk.call<Answer>('POST', '/api/sdk/chat', { message: 'Hello', ...body }, { Authorization: `Bearer ${key}`, ...headers });
const texts = async (id: string) => {
  const { body } = await desk.asAdmin<{ data: { body: { text: string } }[] }>('GET', `/api/v1/conversations/${id}/messages`);
  return body.data.map((message) => message.body.text);
};
const detail = async (id: string) => (await desk.asAdmin<{ contact: { id: string; kind: string; name: string; email: string | null }; meta: Record<string, string>; channel: string }>('GET', `/api/v1/conversations/${id}`)).body;

test('a page writes for a stranger, and goes on with what it was given', async () => {
  const first = await chat(page, { name: 'Ada', email: 'ada@example.com', user_id: 'claimed', metadata: { plan: 'pro', widget: 'forged' }, context: { cart: { label: 'Cart', type: 'list', value: ['tent'] } } });
  expect(first).toMatchObject({ status: 200, body: { handled_by: 'human', session_id: expect.stringMatching(/^pb_cs/) } });
  expect(await detail(first.body.conversation_id)).toMatchObject({ channel: 'chat', contact: { kind: 'identified', name: 'Ada' }, meta: { plan: 'pro', widget: 'website' } });
  const second = await chat(page, { message: 'And another thing', session_id: first.body.session_id });
  expect(second.body).toMatchObject({ session_id: first.body.session_id, conversation_id: first.body.conversation_id });
  expect(await texts(first.body.conversation_id)).toEqual(['Hello', 'And another thing']);
  const alone = await chat(page, {});
  expect(alone.body.conversation_id).not.toBe(first.body.conversation_id);
});

test('a page speaks for a known person only beside their token', async () => {
  const token = sign({ user_id: 'u_1', email: 'lina@example.com', name: 'Lina', exp: seconds(60) }, secret);
  const first = await chat(page, { user_id: 'u_1', user_token: token });
  expect(await detail(first.body.conversation_id)).toMatchObject({ contact: { kind: 'verified', email: 'lina@example.com' } });
  expect(await chat(page, { session_id: first.body.session_id })).toMatchObject({ status: 403, body: { code: 'user_token_required' } });
  expect((await chat(page, { session_id: first.body.session_id, user_token: token })).body.conversation_id).toBe(first.body.conversation_id);
  expect(await chat(page, { user_id: 'u_2', user_token: token })).toMatchObject({ status: 403, body: { code: 'identity_invalid' } });
  expect((await chat(page, { user_token: sign({ user_id: 'u_1' }, 'wrong') })).status).toBe(403);
  const claim = await chat(page, { user_id: 'u_1' });
  expect((await detail(claim.body.conversation_id)).contact.kind).not.toBe('verified');
  expect((await chat(page, { conversation_id: first.body.conversation_id })).status).toBe(404);
  expect((await chat(page, { session_id: 'pb_cs_nobody-has-this-one' })).status).toBe(401);
});

test('a stranger\'s conversation comes along when their page signs them in', async () => {
  const before = await chat(page, { message: 'Before' });
  const after = await chat(page, { message: 'After', session_id: before.body.session_id, user_token: sign({ user_id: 'u_late', exp: seconds(60) }, secret) });
  expect(after.body.conversation_id).toBe(before.body.conversation_id);
  expect(after.body.session_id).not.toBe(before.body.session_id);
  expect((await detail(after.body.conversation_id)).contact.kind).toBe('verified');
});

test('a server writes for whomever it names, in the conversation that it names', async () => {
  const first = await chat(server, { user_id: 's_1', name: 'Max', email: 'max@example.com' });
  expect(await detail(first.body.conversation_id)).toMatchObject({ contact: { kind: 'verified', name: 'Max', email: 'max@example.com' } });
  const named = await chat(server, { user_id: 's_1', message: 'More', conversation_id: first.body.conversation_id });
  expect(named.body.conversation_id).toBe(first.body.conversation_id);
  expect((await chat(server, { user_id: 's_1', message: 'New' })).body.conversation_id).not.toBe(first.body.conversation_id);
  expect((await chat(server, { user_id: 's_2', conversation_id: first.body.conversation_id })).status).toBe(404);
  expect((await chat(server, { user_id: 's_1', tenant: 'nobody' })).status).toBe(404);
  expect((await chat(server, { user_id: 's_1', widget: 'website', session_id: 'pb_cs_nobody-has-this-one' })).status).toBe(200);
});

test('a repeat under the same key writes nothing twice', async () => {
  const key = crypto.randomUUID();
  const [one, two] = [await chat(server, { user_id: 's_3', message: 'Once' }, { 'Idempotency-Key': key }), await chat(server, { user_id: 's_3', message: 'Once' }, { 'Idempotency-Key': key })];
  expect(two.body).toEqual(one.body);
  expect(await texts(one.body.conversation_id)).toEqual(['Once']);
});

test('the stream says who answers in its head; people answer later', async () => {
  const response = await fetch(`${desk.desk.url}/api/sdk/chat/stream`, { method: 'POST', headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${page}` }, body: JSON.stringify({ message: 'Streamed' }) });
  expect([response.status, response.headers.get('content-type'), response.headers.get('x-handled-by'), await response.text()]).toEqual([200, expect.stringContaining('text/plain'), 'human', '']);
  expect(await texts(response.headers.get('x-conversation-id') ?? '')).toEqual(['Streamed']);
  expect((await chat(page, { session_id: response.headers.get('x-session-id') })).body.conversation_id).toBe(response.headers.get('x-conversation-id'));
});

test('what is no message is refused, and where names are asked for a stranger is', async () => {
  expect((await chat(page, { message: '  ' })).status).toBe(400);
  expect((await chat(page, { message: 'x'.repeat(10_001) })).status).toBe(400);
  expect((await chat(page, { role: 'admin' })).status).toBe(400);
  expect((await chat('pb_live_nobodys', {})).status).toBe(401);
  await desk.change({ security: { requireAuthentication: true } });
  expect(await chat(page, {})).toMatchObject({ status: 403, body: { code: 'authentication_required' } });
  expect((await chat(page, { user_token: sign({ user_id: 'u_1' }, secret) })).status).toBe(200);
  expect((await chat(server, { user_id: 's_1' })).status).toBe(200);
  await desk.change({ security: { requireAuthentication: false } });
});
