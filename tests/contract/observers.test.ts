import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Socket } from 'socket.io-client';
import type { HookRegistry } from '../../core/kernel/hooks/create-hooks.ts';
import { eventually } from '../support/databases.ts';
import { startDesk, type TestDesk } from '../support/desk.ts';
import { Operator } from '../support/operator.ts';
import { Visitor } from '../support/visitor.ts';

/** Who hears what of one conversation: each observer has a live socket, and everything that comes in is kept. */
let desk: TestDesk;
let owner: Operator;
let viewer: Operator;
let stranger: Operator;
let mine: Visitor;
let other: Visitor;
const heard = new Map<object, string[]>();

const listen = (socket: unknown): void => {
  const lines: string[] = [];
  heard.set(socket as object, lines);
  (socket as Socket).onAny((event: string, payload: unknown) => lines.push(`${event} ${JSON.stringify(payload)}`));
};
const told = ({ socket }: Operator | Visitor): string => (heard.get(socket) ?? []).join('\n');
const id = (): string => mine.conversationId ?? '';

/** What was sent to a socket before this question has come in once it is answered. */
const ask = (socket: unknown, event: string, input: object = {}): Promise<unknown> => (socket as Socket).timeout(5_000).emitWithAck(event, input);
const settled = () => Promise.all([owner, viewer, stranger, mine, other].map(({ socket }) => ask(socket, 'ping')));

async function makeOperator(role: object, over: object): Promise<Operator> {
  const { body: { id: roleId } } = await owner.call('POST', '/roles', { name: crypto.randomUUID(), scope: 'all', ...role });
  const credentials = { email: `${crypto.randomUUID()}@desk.test`, password: 'a long enough password' };
  expect((await owner.call('POST', '/operators', { name: 'Somebody', roleId, ...credentials, ...over })).status).toBe(201);
  return Operator.signIn(desk.url, credentials);
}

/** Says something and waits until everybody whom it concerns has it. Broadcasts of a conversation keep their order. */
async function reply(text: string): Promise<void> {
  expect((await owner.reply(id(), text)).status).toBe(201);
  await eventually('the visitor hears it', () => told(mine).includes(text));
  await eventually('the owner hears it, and what it did to the row', () => heard.get(owner.socket)?.some((line) => line.startsWith('conversation:changed') && line.includes(text)) === true);
  await settled();
}

beforeAll(async () => {
  desk = await startDesk({ env: { PLUGBOARD_PLUGINS: 'chat' } });
  owner = await Operator.signIn(desk.url);
  const { body: elsewhere } = await owner.call('POST', '/brands', { name: 'Elsewhere', slug: 'elsewhere' });
  viewer = await makeOperator({ permissions: ['conversations.view'] }, {});
  stranger = await makeOperator({ permissions: ['conversations.view', 'conversations.reply', 'conversations.note', 'contacts.view'] }, { brandIds: [elsewhere.id] });
  mine = await Visitor.arrive(desk.url);
  other = await Visitor.arrive(desk.url);
  await mine.send('my question');
  await other.send('the question of another');
  for (const { socket } of [owner, viewer, stranger, mine, other]) listen(socket);
});
afterAll(async () => {
  for (const person of [owner, viewer, stranger, mine, other]) person?.leave();
  await desk?.stop();
});

it('a reply reaches its visitor and who may see the conversation, and nobody else', async () => {
  await reply('canary-reply');
  expect(told(viewer)).toContain('canary-reply');
  expect(told(other)).not.toContain('canary-reply');
  expect(told(stranger)).not.toContain('canary-reply');
});

it('a note reaches those who may read notes, and no visitor', async () => {
  expect((await owner.reply(id(), 'canary-note', 'note')).status).toBe(201);
  await reply('after the note');
  await eventually('the owner hears the note', () => told(owner).includes('canary-note'));
  for (const outsider of [viewer, stranger, mine, other]) expect(told(outsider)).not.toContain('canary-note');
  const seen = await Promise.all([
    ask(mine.socket, 'sync', { conversationId: id(), afterSeq: 0 }), ask(mine.socket, 'conversations:list'),
    ask(viewer.socket, 'sync', { conversationId: id(), afterSeq: 0 }), viewer.call('GET', `/conversations/${id()}/messages`),
  ]);
  for (const answer of seen) expect(JSON.stringify(answer)).toContain('after the note');
  expect(JSON.stringify(seen)).not.toContain('canary-note');
});

it('who looks and who types is told to those who may see the conversation; a note is typed unseen by visitors', async () => {
  await ask(owner.socket, 'conversation:watch', { conversationId: id() });
  await ask(owner.socket, 'typing', { conversationId: id(), isTyping: true, kind: 'note' });
  await ask(mine.socket, 'typing', { conversationId: id(), isTyping: true });
  await eventually('the viewer is told', () => ['presence', 'typing'].every((event) => heard.get(viewer.socket)?.some((line) => line.startsWith(`${event} `))));
  await reply('done typing');
  for (const visitor of [mine, other]) expect(told(visitor)).not.toMatch(/^(typing|presence) /m);
  expect(told(stranger)).not.toContain(id());
});

it('who of the contacts is there is told to those of its brand', async () => {
  const third = await Visitor.arrive(desk.url);
  await eventually('the owner is told', () => told(owner).includes(third.contactId));
  third.leave();
  await eventually('and told again', () => told(owner).includes(`"contactId":"${third.contactId}","isOnline":false`));
  await settled();
  expect(told(stranger)).not.toContain(third.contactId);
  for (const visitor of [mine, other]) expect(told(visitor)).not.toContain('contact:presence');
});

it('a conversation that a plugin hides from somebody is not heard either', async () => {
  const { body: { operator: { id: viewerId } } } = await viewer.call('GET', '/session') as unknown as { body: { operator: { id: string } } };
  const show = (desk.kernel.hooks as HookRegistry).add('guard', 'conversation.view', {
    pluginId: 'hider', priority: 10, track: (work) => work(), handle: ({ operatorId }: { operatorId: string }) => (operatorId === viewerId ? { deny: 'hidden' } : undefined),
  });
  const before = heard.get(viewer.socket)?.length ?? 0;
  await ask(owner.socket, 'conversation:unwatch', { conversationId: id() });
  await ask(mine.socket, 'typing', { conversationId: id(), isTyping: false });
  await reply('canary-hidden');
  expect(heard.get(viewer.socket)?.slice(before).filter((line) => line.includes(id()))).toEqual([]);
  show();
});

it('a conversation that is taken away from somebody leaves the screen', async () => {
  const department = (await owner.call('POST', '/departments', { name: 'Accounts' })).body as unknown as { id: string };
  const member = await makeOperator({ permissions: ['conversations.view'], scope: 'department' }, { departmentIds: [department.id] });
  listen(member.socket);
  const move = async (departmentId: string | null): Promise<void> => {
    const { body: { version } } = await owner.call('GET', `/conversations/${id()}`);
    expect((await owner.call('PATCH', `/conversations/${id()}`, { version, departmentId })).status).toBe(200);
  };
  await move(department.id);
  await eventually('the member sees it', () => told(member).includes(id()));
  await move(null);
  await eventually('it is taken off the screen', () => told(member).includes('conversation:removed'));
  member.leave();
});

it('a file is opened by those who may read its message', async () => {
  const form = new FormData();
  form.set('file', new Blob(['<!doctype html><script>alert(1)</script>']), 'plan.html');
  const { 'Content-Type': _, ...headers } = owner.headers;
  const file = await (await fetch(`${desk.url}/api/v1/files`, { method: 'POST', headers, body: form })).json() as { id: string };
  const open = async (path: string, as: Record<string, string>) => (await fetch(`${desk.url}${path}`, { headers: as })).status;
  const byVisitor = (visitor: Visitor) => open(`/widget/website/files/${file.id}`, { Authorization: `Bearer ${visitor.token}` });
  const byOperator = (operator: Operator) => open(`/api/v1/files/${file.id}`, operator.headers);
  const all = async () => [await byOperator(owner), await byOperator(viewer), await byOperator(stranger), await byVisitor(mine), await byVisitor(other)];
  const send = (kind: 'reply' | 'note') => owner.call('POST', `/conversations/${id()}/messages`, { cid: crypto.randomUUID(), kind, body: 'see', attachmentIds: [file.id] });
  expect(await all()).toEqual([200, 404, 404, 404, 404]);
  expect((await send('note')).status).toBe(201);
  expect(await all()).toEqual([200, 404, 404, 404, 404]);
  // Who may open it gets a download, also when a page is asked for: what a stranger sent never becomes a page of ours.
  const opened = await fetch(`${desk.url}/api/v1/files/${file.id}?variant=inline`, { headers: owner.headers });
  expect(Object.fromEntries(opened.headers)).toMatchObject({
    'content-disposition': expect.stringMatching(/^attachment; filename="plan.html"/), 'content-type': 'application/octet-stream',
    'content-security-policy': "sandbox; default-src 'none'", 'x-content-type-options': 'nosniff',
  });
  // A file belongs to one message: a draft that was a note cannot take it to the visitor after all.
  expect((await send('reply')).status).toBe(400);
});
