import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operatorClientSchemas, visitorClientSchemas } from '../../core/shared/realtime.ts';
import { eventually } from '../support/databases.ts';
import { startDesk, type TestDesk } from '../support/desk.ts';
import { Operator } from '../support/operator.ts';
import { Visitor } from '../support/visitor.ts';

/** Every socket event × every kind of caller, with a conversation that is somebody else's. */
let desk: TestDesk;
let owner: Operator;
let mine: Visitor;
let other: Visitor;

beforeAll(async () => {
  desk = await startDesk({ env: { PLUGBOARD_PLUGINS: 'chat' } });
  owner = await Operator.signIn(desk.url);
  mine = await Visitor.arrive(desk.url);
  other = await Visitor.arrive(desk.url);
  await mine.send('a secret of mine');
  await other.send('a secret of the other');
});
afterAll(async () => {
  mine.leave();
  other.leave();
  owner.leave();
  await desk.stop();
});

async function makeOperator(roleKey: string, over: Record<string, unknown> = {}): Promise<Operator> {
  const { body } = await owner.call('GET', '/roles');
  const role = (body as unknown as { data: { id: string; key: string | null }[] }).data.find(({ key }) => key === roleKey);
  const credentials = { email: `${crypto.randomUUID()}@desk.test`, password: 'a long enough password' };
  const made = await owner.call('POST', '/operators', { name: roleKey, ...credentials, roleId: role?.id, ...over });
  expect(made.status).toBe(201);
  return Operator.signIn(desk.url, credentials);
}

/** An input that the event takes, about the conversation given. */
const inputs = (conversationId: string): Record<string, unknown> => ({
  'conversation:watch': { conversationId },
  'conversation:unwatch': { conversationId },
  typing: { conversationId, isTyping: true, kind: 'reply' },
  sync: { conversationId, afterSeq: 0 },
  ping: {},
});
const visitorInputs = (conversationId: string): Record<string, unknown> => ({
  'message:send': { cid: crypto.randomUUID(), body: 'hello', conversationId },
  'conversations:list': {},
  sync: { conversationId, afterSeq: 0 },
  read: { conversationId, seq: 1 },
  typing: { conversationId, isTyping: true },
  'conversation:close': { conversationId },
  ping: {},
});

const ask = (socket: unknown, event: string, input: unknown): Promise<{ error?: { code: string } }> =>
  (socket as Socket).timeout(5_000).emitWithAck(event, input) as Promise<{ error?: { code: string } }>;

async function refused(options: { path: string; auth?: object; headers?: Record<string, string> }): Promise<string> {
  const socket = io(`${desk.url}${options.path}`, { transports: ['websocket'], forceNew: true, reconnection: false, auth: options.auth, extraHeaders: options.headers });
  try {
    return await new Promise<string>((resolve) => {
      socket.once('connect', () => resolve('connected'));
      socket.once('connect_error', (error) => resolve(error.message));
    });
  } finally {
    socket.disconnect();
  }
}

describe('who may connect', () => {
  it.each<[string, Parameters<typeof refused>[0]]>([
    ['nobody to the operators', { path: '/operators' }],
    ['an invented session to the operators', { path: '/operators', headers: { Cookie: 'pb_session=invented' } }],
    ['nobody to the visitors', { path: '/plugins/chat/visitors' }],
    ['an invented token to the visitors', { path: '/plugins/chat/visitors', auth: { token: 'pb_cs_invented', widget: 'website' } }],
    ['a token that is no text', { path: '/plugins/chat/visitors', auth: { token: { $ne: null }, widget: 'website' } }],
    ['anybody to a namespace that is not there', { path: '/plugins/chat/__proto__' }],
  ])('not %s', async (_name, options) => {
    expect(await refused(options)).not.toBe('connected');
  });

  it('not an operator\'s own session from a page of another site', async () => {
    expect(await refused({ path: '/operators', headers: { Cookie: owner.headers.Cookie ?? '', Origin: 'https://evil.example' } })).toBe('unauthenticated');
  });

  it('not a visitor\'s token as an operator', async () => {
    expect(await refused({ path: '/operators', auth: { token: mine.token }, headers: { Origin: desk.url } })).toBe('unauthenticated');
  });
});

describe('every event', () => {
  it('is in the table of this test', () => {
    expect(Object.keys(inputs('x')).sort()).toEqual(Object.keys(operatorClientSchemas).sort());
    expect(Object.keys(visitorInputs('x')).sort()).toEqual(Object.keys(visitorClientSchemas).sort());
  });

  it('answers a visitor about the conversation of another as if it did not exist', async () => {
    for (const [event, input] of Object.entries(visitorInputs(other.conversationId ?? ''))) {
      const answer = await ask(mine.socket, event, input);
      if (event === 'ping' || event === 'conversations:list') expect(answer.error).toBeUndefined();
      else expect([event, answer.error?.code]).toEqual([event, 'not_found']);
      expect(JSON.stringify(answer)).not.toContain('secret of the other');
    }
  });

  it('answers a visitor about its own', async () => {
    for (const [event, input] of Object.entries(visitorInputs(mine.conversationId ?? ''))) expect([event, (await ask(mine.socket, event, input)).error]).toEqual([event, undefined]);
  });

  it('answers an operator whose role reaches nothing of it as if it did not exist', async () => {
    const { body } = await owner.call('POST', '/brands', { name: 'Elsewhere', slug: `elsewhere-${Date.now()}` });
    const stranger = await makeOperator('agent', { brandIds: [(body as unknown as { id: string }).id] });
    for (const [event, input] of Object.entries(inputs(mine.conversationId ?? ''))) {
      const answer = await ask(stranger.socket, event, input);
      if (event !== 'ping' && event !== 'conversation:unwatch') expect([event, answer.error?.code]).toEqual([event, 'not_found']);
      expect(JSON.stringify(answer)).not.toContain('secret');
    }
    await mine.send('still between us');
    await eventually('the owner hears it', () => owner.heard(mine.conversationId ?? '').includes('still between us'));
    expect(stranger.received.size).toBe(0);
    stranger.leave();
  });

  it('of the operators is unknown to a visitor, and the other way round', async () => {
    for (const event of ['conversation:watch', 'conversation:unwatch', '__proto__', 'constructor', 'disconnecting']) {
      expect((await ask(mine.socket, event, {}).catch(() => ({ error: { code: 'closed' } }))).error).toBeDefined();
    }
    for (const event of ['message:send', 'conversations:list', '__proto__']) expect((await ask(owner.socket, event, {})).error?.code).toBe('not_found');
  });

  it('ends at once for an operator who is switched off', async () => {
    const leaving = await makeOperator('agent');
    const { body } = await leaving.call('GET', '/session');
    const { id } = (body as unknown as { operator: { id: string } }).operator;
    expect((await owner.call('PATCH', `/operators/${id}`, { isActive: false })).status).toBe(200);
    await eventually('the socket is closed', () => !leaving.socket.connected);
    expect((await leaving.call('GET', '/conversations')).status).toBe(401);
    leaving.leave();
  });
});
