import { afterAll, beforeAll, expect, test } from 'vitest';
import { Visitor } from '../../../tests/support/visitor.ts';
import type { SessionDto } from '../../../widget/app/wire/visitor-api.ts';
import { maxMessages } from '../server/transcripts.ts';
import { sign, VisitorDesk } from './visitor-desk.ts';

let desk: VisitorDesk;
let secret: string;
beforeAll(async () => {
  desk = await VisitorDesk.start();
  secret = await desk.secret();
  await desk.change({ notifications: { operators: { isOn: false }, users: { delaySeconds: 0 } } });
});
afterAll(() => desk?.stop());

const signedIn = async (email: string): Promise<SessionDto> => (await desk.session({ userToken: sign({ email, name: 'Lina' }, secret) })).body;
const talk = async (session: SessionDto, ...texts: string[]): Promise<Visitor> => {
  const visitor = await Visitor.arrive(desk.desk.url, 'website', session);
  for (const text of texts) await visitor.send(text);
  visitor.leave();
  return visitor;
};
const answer = async (conversationId: string | undefined, body: string, kind = 'reply') => {
  const { status } = await desk.asAdmin('POST', `/api/v1/conversations/${conversationId}/messages`, { cid: crypto.randomUUID(), kind, body });
  expect(status).toBeLessThan(300);
};
const ask = (token: string, id: string | undefined) => desk.as(token, 'POST', `/conversations/${id}/transcript`);

test('the whole conversation comes by mail to the proved address, without notes', async () => {
  await desk.change({ notifications: { users: { isOn: false } } });
  const session = await signedIn('whole@example.com');
  const { conversationId } = await talk(session, 'My **parcel** came back', '<img src=x onerror=alert(1)> [x](javascript:alert(1)) {{ 7 | plus: 7 }}');
  await answer(conversationId, 'We send it again');
  await answer(conversationId, 'Only among us', 'note');
  expect(await ask(session.token, conversationId)).toMatchObject({ status: 202, body: { email: 'whole@example.com' } });
  const mail = await desk.mail('whole@example.com');
  expect(mail.text).toMatch(/My parcel came back[\s\S]*\{\{ 7 \| plus: 7 \}\}[\s\S]*We send it again/);
  expect(mail.html).toContain('&lt;img src=x onerror=alert(1)&gt;');
  expect(mail.html).not.toMatch(/href="javascript|<img src=x/);
  expect(`${mail.text}${mail.html}`).not.toContain('Only among us');
  await desk.change({ notifications: { users: { isOn: true } } });
});

test('three an hour; never another one\'s conversation, nor to an address that nobody proved, nor where it is off', async () => {
  const session = await signedIn('often@example.com');
  const { conversationId } = await talk(session, 'Hello');
  for (const status of [202, 202, 202, 429]) expect((await ask(session.token, conversationId)).status).toBe(status);
  const stranger = (await desk.session()).body;
  expect((await ask(stranger.token, conversationId)).status).toBe(404);
  expect((await ask((await signedIn('thief@example.com')).token, conversationId)).status).toBe(404);
  expect((await ask(session.token, 'nonsense')).status).toBe(404);
  const own = await talk(stranger, 'Mine');
  expect(await ask(stranger.token, own.conversationId)).toMatchObject({ status: 409, body: { code: 'address_needed' } });
  await desk.change({ notifications: { transcript: { isOn: false } } });
  expect((await ask(session.token, conversationId)).status).toBe(404);
  await desk.change({ notifications: { transcript: { isOn: true } } });
  await desk.settled();
  expect((await desk.mails('often@example.com')).filter(({ text }) => text?.includes('Hello'))).toHaveLength(3);
});

test('many at once are counted as if they came one by one', async () => {
  const session = await signedIn('at-once@example.com');
  const { conversationId } = await talk(session, 'Hello');
  expect((await ask(session.token, conversationId)).status).toBe(202);
  const statuses = await Promise.all(Array.from({ length: 8 }, async () => (await ask(session.token, conversationId)).status));
  expect(statuses.sort()).toEqual([202, 202, 429, 429, 429, 429, 429, 429]);
});

test('of a very long conversation the newest come, with a word about it', async () => {
  const session = await signedIn('long@example.com');
  const { conversationId } = await talk(session, 'The very first');
  const { knex } = desk.desk.kernel.db;
  const conversation = await knex('conversations').where({ uid: conversationId }).first();
  const first = await knex('messages').where({ conversation_id: conversation.id }).first();
  const rows = Array.from({ length: maxMessages + 5 }, (_, index) => ({ ...first, id: undefined, uid: uidOf(index), seq: index + 2, cid: null, text: `Line ${index}.`, html: `<p>Line ${index}.</p>` }));
  for (let at = 0; at < rows.length; at += 50) await knex('messages').insert(rows.slice(at, at + 50));
  await knex('conversations').where({ id: conversation.id }).update({ last_seq: rows.length + 1, last_public_seq: rows.length + 1 });
  expect((await ask(session.token, conversationId)).status).toBe(202);
  const { text = '' } = await desk.mail('long@example.com');
  expect(text).toContain(`newest ${maxMessages}`);
  expect(text).not.toContain('The very first');
  expect([text.includes('Line 4.'), text.includes('Line 5.'), text.includes(`Line ${maxMessages + 4}.`)]).toEqual([false, true, true]);
});

const uidOf = (index: number): string => index.toString().padStart(26, 'a').replace(/[0-9]/g, (digit) => 'bcdefghijk'[Number(digit)] ?? 'z');

test('one click stops the mail about a conversation or all of it, without signing in; opening the page stops nothing', async () => {
  const session = await signedIn('tired@example.com');
  const { conversationId } = await talk(session, 'Write to me');
  await answer(conversationId, 'First');
  const mail = await desk.mail('tired@example.com');
  const header = mail.headers.find(({ key }) => key === 'list-unsubscribe')?.value ?? '';
  const path = new URL(/<(.*)>/.exec(header)?.[1] ?? '').pathname;
  const open = async () => (await desk.call<string>('GET', path)).body;
  const press = (query: string) => desk.call<string>('POST', `${path}${query}`);
  for (let index = 0; index < 3; index += 1) expect(await open()).toContain('?scope=conversation');
  const page = await desk.call<string>('GET', path, undefined, { 'Accept-Language': 'de' });
  expect(page.body).toContain('abbestellen');
  expect(page.body).not.toMatch(/<script|style=|tired@/);
  expect(page.headers.get('content-security-policy')).toContain("form-action 'self'");
  expect((await press('?scope=conversation')).body).toContain('?again=1');
  await answer(conversationId, 'Not by mail');
  await desk.settled();
  expect(await desk.mails('tired@example.com')).toHaveLength(1);
  const second = await Visitor.arrive(desk.desk.url, 'website', session);
  const opened = await second.socket.emitWithAck('message:send', { cid: crypto.randomUUID(), body: 'Another conversation' });
  second.leave();
  if ('error' in opened) throw new Error(opened.error.code);
  await answer(opened.conversationId, 'Second');
  await desk.mail('tired@example.com', 2);
  const oneClick = await fetch(`${desk.desk.url}${path}`, { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: 'List-Unsubscribe=One-Click' });
  expect(oneClick.status).toBe(200);
  await answer(opened.conversationId, 'Third');
  await desk.settled();
  expect(await desk.mails('tired@example.com')).toHaveLength(2);
  expect((await press('?again=1')).body).toContain('?scope=all');
  await answer(opened.conversationId, 'Fourth');
  await desk.mail('tired@example.com', 3);
  const [key = '', ...rest] = path.split('/').at(-1)?.split('.') ?? [];
  const forged = [key.replace(/^./, (char) => (char === 'a' ? 'b' : 'a')), ...rest].join('.');
  expect((await desk.call('GET', `/widget/website/unsubscribe/${forged}`)).status).toBe(404);
  expect((await desk.call('POST', '/widget/website/unsubscribe/rubbish')).status).toBe(404);
});
