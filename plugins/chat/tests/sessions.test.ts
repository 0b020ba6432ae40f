import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../../tests/support/databases.ts';
import { Operator } from '../../../tests/support/operator.ts';
import { Visitor } from '../../../tests/support/visitor.ts';
import { seconds, sign, VisitorDesk } from './visitor-desk.ts';

let desk: VisitorDesk;
let secret: string;
beforeAll(async () => {
  desk = await VisitorDesk.start();
  secret = await desk.secret();
});
afterAll(() => desk?.stop());

const token = (userId: string) => sign({ user_id: userId, exp: seconds(60) }, secret);
/** A connected visitor, and what their socket is told. */
async function connected(known: { token: string; contactId: string }) {
  const visitor = await Visitor.arrive(desk.desk.url, 'website', known);
  const heard: string[] = [];
  for (const event of ['session:ended', 'session:changed', 'disconnect'] as const) visitor.socket.on(event, () => { heard.push(event); });
  await eventually('the socket is connected', () => visitor.socket.connected);
  return { visitor, heard };
}

test('who signs out is gone from the server, and the sockets of this browser are told and closed; another browser goes on', async () => {
  const [first, second] = [(await desk.session({ userToken: token('two') })).body, (await desk.session({ userToken: token('two') })).body];
  const [here, there] = [await connected(first), await connected(second)];
  expect((await desk.as(first.token, 'DELETE', '/session')).status).toBe(204);
  await eventually('the socket here is closed', () => here.heard.includes('disconnect'));
  expect(here.heard).toEqual(['session:ended', 'disconnect']);
  expect((await desk.as(first.token, 'DELETE', '/session')).status).toBe(401);
  await there.visitor.send('Still here');
  expect(there.heard).toEqual([]);
  here.visitor.leave();
  there.visitor.leave();
});

test('an open chat hears that the desk comes and goes, once each', async () => {
  const { visitor } = await connected((await desk.session()).body);
  const told: boolean[] = [];
  visitor.socket.on('presence', ({ isOnline }) => told.push(isOnline));
  const ping = () => visitor.socket.timeout(5_000).emitWithAck('ping', {});
  const operator = await Operator.signIn(desk.desk.url);
  await eventually('somebody is there', async () => { await ping(); return told.at(-1) === true; });
  await ping();
  operator.leave();
  await eventually('nobody is there', async () => { await ping(); return told.at(-1) === false; });
  expect(told.filter((isOnline) => isOnline)).toHaveLength(1);
  visitor.leave();
});

test('a session that was made to last by somebody else ends when the person proves who they are', async () => {
  const planted = (await desk.session()).body;
  const spy = await connected(planted);
  const { body } = await desk.session({ token: planted.token, userToken: token('victim') });
  await eventually('whoever listens on the planted session is cut off', () => spy.heard.includes('disconnect'));
  expect(spy.heard).toEqual(['session:changed', 'disconnect']);
  const refused: string[] = [];
  spy.visitor.socket.on('connect_error', ({ message }) => { refused.push(message); });
  await eventually('they are not let in again', () => refused.length > 0);
  expect(refused[0]).toBe('session_invalid');
  spy.visitor.leave();
  expect((await desk.as(body.token, 'POST', '/details', {})).status).toBe(200);
});

test('a new conversation keeps where it began, and whether an assistant is wanted', async () => {
  await desk.change({
    conversationButtons: [
      { id: 'ask', icon: null, name: 'Ask', nameByLocale: {}, description: '', descriptionByLocale: {}, departmentId: null, priority: 'high', openingMessage: 'Hello!', openingMessageByLocale: { de: 'Guten Tag!' }, aiResponses: true },
    ],
  });
  const { body } = await desk.session({ locale: 'de' });
  const { visitor } = await connected(body);
  const sent = await visitor.socket.emitWithAck('message:send', { cid: crypto.randomUUID(), body: 'Hi', buttonId: 'ask', pageUrl: 'https://shop.test/cart' });
  if ('error' in sent) throw new Error(sent.error.code);
  const page = await visitor.socket.emitWithAck('sync', { conversationId: sent.conversationId, afterSeq: 0 });
  visitor.leave();
  expect(page).toMatchObject({ messages: [{ seq: 1, body: { text: 'Guten Tag!' }, isMine: false }, { seq: 2, isMine: true }] });
  const conversation = await desk.asAdmin('GET', `/api/v1/conversations/${sent.conversationId}`);
  expect(conversation.body).toMatchObject({ meta: { widget: 'website', button: 'ask', pageUrl: 'https://shop.test/cart', ai: 'on' }, priority: 'high' });
});

test('what a page tells of its user is a claim, and beside a token it is to be trusted', async () => {
  const { body: visitor } = await desk.session();
  const claim = await desk.as(visitor.token, 'POST', '/profile', {
    userId: 'u_9', traits: { plan: 'pro', email: 'ada@example.com' }, company: { id: 'c_1', traits: { name: 'Acme' } },
    context: { cart: { label: 'Cart', type: 'list', value: ['tent'] }, payment: { label: 'Payment', type: 'error', value: 'declined' } },
    event: { name: 'Checkout failed', meta: { step: 2 } }, page: { url: 'https://shop.test/cart', title: 'Cart' },
  });
  expect(claim).toMatchObject({ status: 200, body: { isTrusted: false, contact: { kind: 'identified' } } });
  const { body: known } = await desk.session({ userToken: token('u_9') });
  expect(known.contactId).not.toBe(visitor.contactId);
  expect((await desk.as(known.token, 'POST', '/profile', { userId: 'u_9', userToken: token('u_9'), traits: { plan: 'basic' } })).body).toMatchObject({ isTrusted: true, contact: { kind: 'verified' } });
  expect((await desk.as(visitor.token, 'POST', '/profile', { userToken: token('u_9') })).body).toMatchObject({ code: 'identity_invalid' });
  expect((await desk.as(known.token, 'POST', '/profile', { userToken: token('u_8') })).body).toMatchObject({ code: 'identity_invalid' });
  expect((await desk.as(known.token, 'POST', '/profile', { traits: { id: 'x' } })).status).toBe(400);
  expect((await desk.as(known.token, 'POST', '/profile', { context: { cart: { label: 'Cart', type: 'rubbish', value: 1 } } })).status).toBe(400);
  expect((await desk.as(known.token, 'POST', '/profile', { context: null, page: { url: 'javascript:alert(1)', title: 'x' } })).status).toBe(200);
  expect((await desk.call('POST', '/widget/website/profile', {})).status).toBe(401);
  const detail = await desk.asAdmin('GET', `/api/v1/contacts/${visitor.contactId}`);
  expect(JSON.stringify(detail.body)).toContain('declined');
});

test('beside a token the page still says nothing of who somebody is: no other id, no other address, no company that others share', async () => {
  const { body: victim } = await desk.session({ userToken: sign({ user_id: 'u_victim', email: 'victim@example.com', exp: seconds(60), traits: { company_id: 'c_shared' } }, secret) });
  const ofVictim = { userId: 'u_victim', userToken: sign({ user_id: 'u_victim', exp: seconds(60), traits: { company_id: 'c_shared' } }, secret), company: { id: 'c_shared', traits: { plan: 'pro' } } };
  expect((await desk.as(victim.token, 'POST', '/profile', ofVictim)).status).toBe(200);
  const byMail = sign({ email: 'eve@example.com', exp: seconds(60) }, secret);
  const { body: eve } = await desk.session({ userToken: byMail });
  const answer = await desk.as(eve.token, 'POST', '/profile', { userId: 'u_victim', userToken: byMail, traits: { email: 'victim@example.com', plan: 'basic' }, company: { id: 'c_shared', traits: { plan: 'hacked' } } });
  expect(answer.status).toBe(200);
  expect((await desk.as(eve.token, 'POST', '/session', { token: eve.token })).body.contactId).not.toBe(victim.contactId);
  expect((await desk.asAdmin('GET', `/api/v1/contacts/${eve.contactId}`)).body).toMatchObject({ id: eve.contactId, email: 'eve@example.com', company: { externalId: 'c_shared', isTrusted: false } });
  expect((await desk.asAdmin('GET', `/api/v1/contacts/${victim.contactId}`)).body).toMatchObject({ id: victim.contactId, externalId: 'u_victim', email: 'victim@example.com', company: { isTrusted: true, traits: { plan: 'pro' } } });
});
