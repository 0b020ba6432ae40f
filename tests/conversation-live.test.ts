import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MessageDto } from '@plugboard/sdk';
import type { PluginDesk } from '../core/kernel/plugins/services.ts';
import { createPluginServices } from '../core/modules/channels/index.ts';
import type { ConversationSummary } from '../core/shared/conversations.ts';
import { eventually } from './support/databases.ts';
import { startDesk, type TestDesk } from './support/desk.ts';

interface Heard { event: string; payload: Record<string, unknown> & { message?: MessageDto; conversation?: ConversationSummary } }

describe.each(['sqlite', 'mariadb'] as const)('conversations live on %s', (database) => {
  let desk: TestDesk;
  let headers: Record<string, string>;
  let services: PluginDesk;
  let brandId: string;
  const sockets: Socket[] = [];

  beforeAll(async () => {
    desk = await startDesk({ database });
    headers = await desk.signIn();
    services = createPluginServices(desk.kernel)({ type: 'plugin', id: 'chat', permissions: new Set(), depth: 1 });
    brandId = (await services.brands.list())[0]?.id ?? '';
    if (!brandId) brandId = ((await (await call('POST', '/brands', { name: 'Acme', slug: 'acme' })).json()) as { id: string }).id;
  });
  afterAll(async () => {
    for (const socket of sockets) socket.disconnect();
    await desk.stop();
  });

  const call = (method: string, path: string, body?: unknown, as = headers) => fetch(`${desk.url}/api/v1${path}`, { method, headers: as, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const json = async <T>(method: string, path: string, body?: unknown, as = headers): Promise<T> => (await call(method, path, body, as)).json() as Promise<T>;
  const begin = async (text = 'Hello') => {
    const contact = await services.contacts.create({ brandId, name: 'Ada', email: 'ada@example.com' });
    const { conversation } = await services.receive('chat', { contactId: contact.id, cid: randomUUID(), text, open: {} });
    return { contactId: contact.id, id: conversation.id };
  };
  const connect = async (as = headers) => {
    const heard: Heard[] = [];
    const socket = io(`${desk.url}/operators`, { transports: ['websocket'], extraHeaders: { Cookie: as.Cookie ?? '', Origin: desk.kernel.config.publicUrl } });
    sockets.push(socket);
    socket.onAny((event: string, payload: Heard['payload']) => heard.push({ event, payload }));
    await new Promise<void>((resolve, reject) => { socket.on('connect', resolve).on('connect_error', reject); });
    const ask = (event: string, input: unknown) => socket.timeout(5_000).emitWithAck(event, input) as Promise<Record<string, unknown>>;
    const hears = (what: string, matches: (heard: Heard) => boolean) => eventually(what, () => heard.some(matches));
    return { socket, heard, ask, hears };
  };
  const operator = async (name: string, permissions: string[], scope: 'all' | 'own') => {
    const role = await json<{ id: string }>('POST', '/roles', { name, permissions, scope });
    const credentials = { email: `${name.toLowerCase()}-${randomUUID()}@example.com`, password: 'correct horse battery' };
    await call('POST', '/operators', { name, roleId: role.id, ...credentials });
    return desk.signIn(credentials);
  };

  it('shows a new message to operators who may see it, as it comes in', async () => {
    const outsider = await connect(await operator('Outsider', ['conversations.view'], 'own'));
    const { hears } = await connect();
    const { id } = await begin('Where is my parcel?');
    await hears('the message', ({ event, payload }) => event === 'message:new' && payload.message?.body.text === 'Where is my parcel?');
    await hears('the row', ({ event, payload }) => event === 'conversation:changed' && payload.conversation?.id === id && payload.conversation.isUnread);
    expect(outsider.heard.filter(({ event }) => event === 'message:new' || event === 'conversation:changed')).toEqual([]);
  });

  it('writes by REST what the thread then has, and tells a writer who is behind', async () => {
    const { id, contactId } = await begin();
    const cid = randomUUID();
    const sent = await call('POST', `/conversations/${id}/messages`, { cid, kind: 'reply', body: 'Hi **Ada**', expectedSeq: 1 });
    expect(sent.status).toBe(201);
    const again = await call('POST', `/conversations/${id}/messages`, { cid, kind: 'reply', body: 'Hi **Ada**', expectedSeq: 1 });
    expect(again.status).toBe(200);
    expect(await again.json()).toEqual(await sent.json());
    await services.receive('chat', { contactId, cid: randomUUID(), text: 'Still there?', conversationId: id });
    const behind = await call('POST', `/conversations/${id}/messages`, { cid: randomUUID(), kind: 'reply', body: 'Too late', expectedSeq: 2 });
    expect(behind.status).toBe(409);
    expect(await behind.json()).toMatchObject({ code: 'behind', messages: [{ body: { text: 'Still there?' } }] });
    const { data } = await json<{ data: MessageDto[] }>('GET', `/conversations/${id}/messages`);
    expect(data.map(({ seq, kind }) => [seq, kind])).toEqual([[1, 'reply'], [2, 'reply'], [3, 'event'], [4, 'reply']]);
    expect(await json('GET', `/conversations/${id}`)).toMatchObject({ id, status: 'open', assignees: [{}], may: { reply: true } });
    expect(await json('GET', '/conversations/counts')).toMatchObject({ mine: expect.any(Number), departments: {} });
    expect((await call('GET', `/conversations/${'a'.repeat(26)}`)).status).toBe(404);
    expect((await call('POST', `/conversations/${id}/messages`, { cid, kind: 'reply', body: ' ' })).status).toBe(400);
  });

  it('answers a stale change with the present state', async () => {
    const { id } = await begin();
    const { version } = await json<ConversationSummary>('GET', `/conversations/${id}`);
    expect(await json('PATCH', `/conversations/${id}`, { version, priority: 'urgent' })).toMatchObject({ priority: 'urgent', version: version + 1 });
    const stale = await call('PATCH', `/conversations/${id}`, { version, priority: 'low' });
    expect(stale.status).toBe(409);
    expect(await stale.json()).toMatchObject({ code: 'stale', conversation: { priority: 'urgent', version: version + 1 } });
    expect(await json('POST', `/conversations/${id}/escalation`)).toMatchObject({ number: expect.stringMatching(/^#\d{4}$/) });
    expect((await call('POST', `/conversations/${id}/read`, { seq: 1 })).status).toBe(204);
  });

  it('tells who looks and who types, and a contact only of replies', async () => {
    const [one, two] = [await connect(), await connect()];
    const { id, contactId } = await begin();
    expect(await one.ask('conversation:watch', { conversationId: id })).toMatchObject({ operators: [{ isTyping: false, kind: null }] });
    await two.hears('somebody looks', ({ event, payload }) => event === 'presence' && payload.conversationId === id);
    await one.ask('typing', { conversationId: id, isTyping: true, kind: 'note' });
    await two.hears('a note is typed', ({ event, payload }) => event === 'presence' && JSON.stringify(payload).includes('"kind":"note"'));
    await services.conversations.typing({ contactId, conversationId: id, isTyping: true });
    await two.hears('the contact types', ({ event, payload }) => event === 'typing' && payload.contactId === contactId);
    one.socket.disconnect();
    await two.hears('nobody looks', ({ event, payload }) => event === 'presence' && payload.conversationId === id && (payload.operators as unknown[]).length === 0);
    expect(await two.ask('sync', { conversationId: id, afterSeq: 0 })).toMatchObject({ tooFar: false, messages: [{ seq: 1 }], conversation: { id } });
    expect(await two.ask('sync', { conversationId: 'a'.repeat(26), afterSeq: 0 })).toMatchObject({ error: { code: 'not_found' } });
    expect(await two.ask('ping', {})).toMatchObject({ time: expect.any(String) });
    expect(await services.conversations.presence({ brandId })).toEqual({ isOnline: true });
  });

  it('takes a file in and shows it through its conversation only', async () => {
    const { id } = await begin();
    const form = new FormData();
    form.set('file', new Blob(['plain words']), 'notes.txt');
    const { 'Content-Type': _, ...multipart } = headers;
    const uploaded = await fetch(`${desk.url}/api/v1/files`, { method: 'POST', headers: multipart, body: form });
    expect(uploaded.status).toBe(201);
    const file = await uploaded.json() as { id: string };
    await json('POST', `/conversations/${id}/messages`, { cid: randomUUID(), kind: 'note', body: 'See file', attachmentIds: [file.id] });
    const opened = await call('GET', `/files/${file.id}`);
    expect(await opened.text()).toBe('plain words');
    expect(opened.headers.get('content-disposition')).toMatch(/^attachment/);
    const outsider = await operator('Stranger', ['conversations.view', 'conversations.reply'], 'own');
    expect((await call('GET', `/files/${file.id}`, undefined, outsider)).status).toBe(404);
  });

  it('finds contacts and shows what else they wrote', async () => {
    const { contactId, id } = await begin('Hello from Ada');
    const { data } = await json<{ data: { id: string }[] }>('GET', '/contacts?q=ada');
    expect(data.map((contact) => contact.id)).toContain(contactId);
    expect(await json('GET', `/contacts/${contactId}`)).toMatchObject({ name: 'Ada', isOnline: false, conversations: [{ id }] });
    expect(await json('PATCH', `/contacts/${contactId}`, { name: 'Ada L.' })).toMatchObject({ name: 'Ada L.' });
  });
});
