import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { foreignSite, launchBrowser, watchConsole } from '../../tests/support/browser.ts';
import { pretendDesk, PretendFrame } from './pretend-desk.ts';
import type { PretendDesk } from './pretend-desk.ts';

let desk: PretendDesk;
let browser: Browser;
const closers: (() => Promise<void>)[] = [];

beforeAll(async () => { [desk, browser] = await Promise.all([pretendDesk(), launchBrowser()]); });
afterAll(async () => {
  await browser.close();
  await desk.close();
});
beforeEach(() => desk.answer({}));
afterEach(async () => { for (const close of closers.splice(0)) await close(); });

/** A page with this script before the desk's. */
async function open(script: string, attributes = ''): Promise<{ page: Page; said: string[]; warned: string[] }> {
  const site = await foreignSite(`<!doctype html><html lang="en"><meta charset="utf-8"><title>A shop</title><link rel="icon" href="data:,"><body><button id="own">Own</button>
    <script>window.Plugboard = window.Plugboard || function () { (Plugboard.q = Plugboard.q || []).push(arguments) }; window.seen = [];
    for (const name of ['ready', 'open', 'close', 'message', 'unread', 'conversation:start', 'escalated', 'identity:error', 'error', 'action']) addEventListener('plugboard:' + name, (event) => seen.push([name, event.detail]));
    ${script}</script><script src="${desk.url}/widget.js" async ${attributes}></script></body></html>`);
  const page = await browser.newPage({ locale: 'en-US' });
  closers.push(site.close, () => page.close());
  const said = watchConsole(page);
  const warned: string[] = [];
  page.on('console', (message) => { if (message.type() === 'warning') warned.push(message.text()); });
  await page.goto(site.url);
  return { page, said, warned };
}
const ready = (page: Page) => page.waitForFunction('seen.some(([name]) => name === "ready")');
const seen = (page: Page) => page.evaluate<[string, unknown][]>('seen');

test('everything that init was given about the visitor reaches the frame, before anybody clicks', async () => {
  const { page, said } = await open(`Plugboard('init', { widget: 'website', userId: 'u_1', companyId: 'c_1', userTraits: { plan: 'pro', since: new Date(0) }, companyTraits: { size: 3 },
    context: { cart: { label: 'Cart', type: 'list', value: ['Lamp'] } }, userDetails: { email: 'a@b.example', emailHash: 'x.y.z', firstname: 'Ada', lastname: 'L' }, userToken: 'a.b.c',
    getUserToken() {}, manualOnPaths: ['/checkout/**'], theme: 'dark', ui: { greeting: 'Hello', autoOpenUnseen: true, trigger: document.getElementById('own') } })`);
  const frame = await (await PretendFrame.of(page)).ready();
  const { options, origin, isParent } = await frame.heard('options');
  expect(options).toMatchObject({
    userId: 'u_1', companyId: 'c_1', userTraits: { plan: 'pro', since: '1970-01-01T00:00:00.000Z' }, companyTraits: { size: 3 }, context: { cart: { label: 'Cart', type: 'list', value: ['Lamp'] } },
    userDetails: { email: 'a@b.example', emailHash: 'x.y.z', firstname: 'Ada', lastname: 'L' }, userToken: 'a.b.c', hasTokenSource: true, manualOnPaths: ['/checkout/**'], greeting: 'Hello', autoOpenUnseen: true,
  });
  expect([origin, isParent]).toEqual([new URL(page.url()).origin, true]);
  expect(await frame.heard('theme')).toMatchObject({ mode: 'dark' });
  expect(await frame.heard('page')).toMatchObject({ url: page.url(), title: 'A shop' });
  expect(await frame.heard('visible')).toMatchObject({ isOpen: false, isPhone: false, isSidebar: false });
  expect(said).toEqual([]);
});

test('the tag carries the visitor too, and an empty attribute is none', async () => {
  const { page } = await open('', 'data-tenant="acme" data-widget="website" data-user-id="u_1" data-user-token="a.b.c" data-locale="de" data-position="left" data-theme="light"');
  expect((await (await (await PretendFrame.of(page)).ready()).heard('options')).options).toMatchObject({ userId: 'u_1', userToken: 'a.b.c' });
  expect(desk.asked.findLast((path) => path.startsWith('/api'))).toBe('/api/sdk/config?widget=website&tenant=acme&locale=de');
  const { page: anonymous } = await open('', 'data-widget="website" data-user-id="" data-user-token=""');
  await ready(anonymous);
  await anonymous.evaluate(() => new Promise((resolve) => { requestIdleCallback(() => requestIdleCallback(resolve)); }));
  expect(anonymous.frames()).toHaveLength(1);
});

test('each customary name of a widget and of a brand is understood', async () => {
  for (const [given, asked] of [['hash: "h1"', 'widget=h1'], ['apiKey: "pb_live_1", orgId: "o1"', 'widget=pb_live_1&tenant=o1'], ['tenant: "acme"', 'tenant=acme']] as const) {
    const { page } = await open(`Plugboard('init', { ${given} })`);
    await ready(page);
    expect(desk.asked.findLast((path) => path.startsWith('/api'))).toBe(`/api/sdk/config?${asked}`);
  }
});

test('calls wait in the queue for the script, then for the frame, in their order', async () => {
  const { page } = await open(`
    Plugboard('setContext', 'cart', { label: 'Cart', type: 'list', value: [] });
    Plugboard('init', { widget: 'website' });
    Plugboard('identify', 'u_1', { email: 'a@b.example' }, { userToken: 'a.b.c' });
    Plugboard('clearContext');
    window.plugboardAsyncInit = () => Plugboard.trackEvent('early');`);
  const frame = await (await PretendFrame.of(page)).ready();
  await expect.poll(async () => (await frame.calls()).map(({ name, args }) => [name, ...args])).toEqual([
    ['trackEvent', 'early'], ['setContext', 'cart', { label: 'Cart', type: 'list', value: [] }], ['identify', 'u_1', { email: 'a@b.example' }, { userToken: 'a.b.c' }], ['clearContext'],
  ]);
});

test('methods of the frame are carried there, and what it answers comes back', async () => {
  const { page } = await open('Plugboard("init", { widget: "website", userId: "u_1" })');
  const frame = await (await PretendFrame.of(page)).ready();
  await page.evaluate(`
    Plugboard.identifyCompany('c_1', { plan: 'pro' }); Plugboard.setContext('cart', { label: 'Cart', type: 'list', value: ['Lamp'] }); Plugboard.clearContext('cart');
    Plugboard.trackEvent('paid', { amount: 3, run() {} }); window.answer = Plugboard.debug(); 0`);
  await expect.poll(async () => (await frame.calls()).map(({ name, args }) => [name, ...args])).toEqual([
    ['identifyCompany', 'c_1', { plan: 'pro' }], ['setContext', 'cart', { label: 'Cart', type: 'list', value: ['Lamp'] }], ['clearContext', 'cart'], ['trackEvent', 'paid', { amount: 3 }], ['debug'],
  ]);
  const debug = (await frame.calls()).at(-1);
  await frame.tell({ type: 'answer', id: debug?.id ?? -1, value: { userToken: 'present' } });
  expect(await page.evaluate('answer')).toEqual({ userToken: 'present' });
  expect((await seen(page)).map(([name]) => name)).toEqual(['ready']);
});

test('what shows something opens the messenger at once', async () => {
  const { page } = await open('Plugboard("init", { widget: "website" })');
  await ready(page);
  await page.evaluate('void Plugboard.showNewMessage("Hello"); Plugboard.showConversation("c1"); Plugboard.showArticle("returns"); 0');
  const frame = await (await PretendFrame.of(page)).ready();
  expect((await frame.calls()).map(({ name, args }) => [name, ...args])).toEqual([['showNewMessage', 'Hello'], ['showConversation', 'c1'], ['showArticle', 'returns']]);
  expect(await frame.heard('visible')).toMatchObject({ isOpen: true });
  expect((await seen(page)).filter(([name]) => name === 'open')).toHaveLength(1);
});

test('open, close, toggle, show and hide do what they say, and say it once', async () => {
  const { page } = await open('Plugboard("init", { widget: "website", onChatOpen() { seen.push(["onChatOpen"]) }, onChatClose() { seen.push(["onChatClose"]) } }); Plugboard("open")');
  const frame = await (await PretendFrame.of(page)).ready();
  await page.evaluate('Plugboard.open(); Plugboard.close(); Plugboard.close(); Plugboard.toggle(); Plugboard.hide(); Plugboard.show()');
  expect((await seen(page)).map(([name]) => name)).toEqual(['onChatOpen', 'open', 'ready', 'onChatClose', 'close', 'onChatOpen', 'open', 'onChatClose', 'close']);
  await frame.tell({ type: 'open' });
  await expect.poll(async () => (await seen(page)).length).toBe(11);
  expect(await frame.heard('visible')).toMatchObject({ isOpen: true });
});

test('events of the frame reach callbacks, listeners and the window; a listener that throws stops nobody', async () => {
  const { page } = await open(`Plugboard('init', { widget: 'website', userId: 'u', onMessage(detail) { seen.push(['onMessage', detail]); throw new Error('of the page') }, onAction(detail) { seen.push(['onAction', detail]) },
    onError(detail) { seen.push(['onError', detail]) }, onReady() { seen.push(['onReady']) } }); Plugboard('on', 'message', (detail) => seen.push(['listener', detail])); Plugboard('on', 'escalated', () => { throw 1 });`);
  const frame = await (await PretendFrame.of(page)).ready();
  const message = { text: 'Hi', authorName: 'Mia' };
  for (const [name, detail] of [['message', message], ['conversation:start', { conversationId: 'c' }], ['escalated', { conversationId: 'c' }], ['identity:error', { code: 'identity_invalid' }], ['error', { code: 'x' }], ['action', { do: 'y' }]] as const) {
    await frame.tell({ type: 'event', name, detail });
  }
  await frame.tell({ type: 'unread', count: 2 });
  await expect.poll(async () => (await seen(page)).slice(2)).toEqual([
    ['onMessage', message], ['listener', message], ['message', message], ['conversation:start', { conversationId: 'c' }], ['escalated', { conversationId: 'c' }],
    ['onError', { code: 'identity_invalid' }], ['identity:error', { code: 'identity_invalid' }], ['onError', { code: 'x' }], ['error', { code: 'x' }], ['onAction', { do: 'y' }], ['action', { do: 'y' }], ['unread', 2],
  ]);
  expect(await page.evaluate('Plugboard.getUnreadCount()')).toBe(2);
  await page.evaluate('window.off = Plugboard.on("unread", () => seen.push(["again"])); off()');
  await frame.tell({ type: 'unread', count: 3 });
  await expect.poll(async () => (await seen(page)).at(-1)).toEqual(['unread', 3]);
});

test.each([
  ['at once', '() => "a.b.c"', 'a.b.c'], ['later', '() => Promise.resolve("a.b.c")', 'a.b.c'], ['not at all', '() => null', null],
  ['something else', '() => ({ token: 1 })', null], ['thrown', '() => { throw new Error("no") }', null], ['refused', '() => Promise.reject(new Error("no"))', null],
])('a token that the page gives %s', async (_name, source, token) => {
  const { page } = await open(`Plugboard('init', { widget: 'website', getUserToken: ${source} })`);
  const frame = await (await PretendFrame.of(page)).ready();
  await frame.tell({ type: 'token', id: 7 });
  expect(await frame.heard('token')).toMatchObject({ id: 7, token });
  expect((await seen(page)).filter(([name]) => name === 'error')).toHaveLength(/no"/.test(source) ? 1 : 0);
});

test('update tells what changed; theme, position and language follow', async () => {
  const { page } = await open('Plugboard("init", { widget: "website", userId: "u_1" })');
  let frame = await (await PretendFrame.of(page)).ready();
  await page.evaluate('Plugboard.update({ userId: "u_2", userTraits: { plan: "free" } }); Plugboard.setTheme("dark")');
  await expect.poll(async () => (await frame.calls())[0]).toMatchObject({ name: 'update', args: [{ userId: 'u_2', userTraits: { plan: 'free' } }] });
  expect(await frame.heard('theme')).toMatchObject({ mode: 'dark' });
  desk.answer({ locale: 'de', texts: { title: 'Chat', open: 'Chat öffnen', close: 'Chat schließen', unread: 'Neue Antworten' } });
  await page.evaluate('Plugboard.setLocale("de")');
  await expect.poll(() => page.frames().some((each) => each.url().includes('locale=de'))).toBe(true);
  frame = await (await PretendFrame.of(page)).ready();
  expect((await frame.heard('options')).options).toMatchObject({ userId: 'u_2', userTraits: { plan: 'free' } });
  expect(await frame.heard('theme')).toMatchObject({ mode: 'dark' });
});

test('shutdown forgets the person: nothing of them is told again, and the frame forgets', async () => {
  const { page } = await open('Plugboard("init", { widget: "website", userId: "u_1", userTraits: { a: 1 }, userToken: "a.b.c", companyId: "c", context: {}, getUserToken: () => "a.b.c", ui: { greeting: "Hello" } })');
  const frame = await PretendFrame.of(page);
  await frame.tell({ type: 'session', isThere: true });
  await frame.tell({ type: 'keep', key: 'draft', value: 'secret' });
  await frame.tell({ type: 'keep', key: 'session', value: 'token', isBrief: true });
  await expect.poll(() => page.evaluate('[...Object.entries(localStorage).sort(), ...Object.entries(sessionStorage)]')).toEqual([
    ['plugboard:website', '1'], ['plugboard:website:draft', 'secret'], ['plugboard:website:session', 'token'],
  ]);
  await page.evaluate('Plugboard.identify("u_1"); Plugboard.shutdown()');
  await frame.ready();
  expect((await frame.heard('options')).options).toEqual({ widget: 'website', greeting: 'Hello', ui: 0, trigger: 0, hasTokenSource: false });
  await frame.heard('forget');
  expect((await frame.all()).map(({ type }) => type).indexOf('forget')).toBeLessThan((await frame.all()).map(({ type }) => type).indexOf('options'));
  expect(await frame.calls()).toEqual([]);
  await frame.tell({ type: 'session', isThere: false });
  await expect.poll(() => page.evaluate('localStorage.length + sessionStorage.length')).toBe(0);
});

test('a log-out that the page did not wait for is carried out on the next one, before anything else', async () => {
  const { page } = await open('Plugboard("init", { widget: "website" })');
  await ready(page);
  // Somebody chatted here; the messenger is not loaded when they sign out and leave.
  await page.evaluate(() => {
    localStorage['plugboard:website'] = '1';
    (window as unknown as { Plugboard(name: string): void }).Plugboard('shutdown');
    location.reload();
  });
  await ready(page);
  const frame = await (await PretendFrame.of(page)).ready();
  expect((await frame.all()).slice(0, 2).map(({ type }) => type)).toEqual(['forget', 'options']);
  await frame.tell({ type: 'session', isThere: false });
  await expect.poll(() => page.evaluate('localStorage.length')).toBe(0);
});

test('destroy takes everything away, and init begins anew', async () => {
  const { page, warned } = await open('Plugboard("init", { widget: "website", userId: "u_1", onReady() { seen.push(["onReady"]) } })');
  await (await PretendFrame.of(page)).ready();
  await page.evaluate('window.answer = Plugboard.debug(); Plugboard.destroy()');
  await expect.poll(() => page.frames().length).toBe(1);
  expect(await page.evaluate('answer')).toBeUndefined();
  expect(await page.locator('plugboard-chat').count()).toBe(0);
  await page.evaluate('Plugboard.init({ widget: "website", userId: "u_2" })');
  const frame = await (await PretendFrame.of(page)).ready();
  expect((await frame.heard('options')).options).toMatchObject({ userId: 'u_2' });
  expect((await seen(page)).filter(([name]) => name === 'onReady')).toHaveLength(1);
  expect(warned).toEqual([]);
});

test('while the channel is off or the widget unknown the page is told, and nothing hangs or breaks', async () => {
  for (const [status, message] of [[503, 'closed'], [404, 'config 404']] as const) {
    desk.answer(status);
    const { page } = await open('Plugboard("init", { widget: "website" }); Plugboard("open")');
    await expect.poll(() => page.evaluate('seen.map(([name, error]) => [name, error.message])')).toEqual([['error', message]]);
    expect(await page.evaluate('Plugboard.debug().then((value) => [value, Plugboard.getUnreadCount()])')).toEqual([undefined, 0]);
    expect(await page.locator('plugboard-chat').count()).toBe(0);
  }
});

test('an unknown method and a second init warn; values that no message can carry are refused to the caller alone', async () => {
  const { page, warned } = await open('Plugboard("init", { widget: "website" })');
  await ready(page);
  expect(await page.evaluate('Plugboard("fly"); Plugboard.init({}) === Plugboard')).toBe(true);
  expect(warned).toEqual([expect.stringContaining('fly'), expect.stringContaining('already')]);
  expect(await page.evaluate('const loop = {}; loop.self = loop; Plugboard.identify("u", loop).then(() => "taken", (error) => error.name)')).toBe('TypeError');
});
