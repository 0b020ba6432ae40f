import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { sign, VisitorDesk } from '../../plugins/chat/tests/visitor-desk.ts';
import { foreignSite, launchBrowser } from '../../tests/support/browser.ts';
import { editor, mine, say, states, visit } from './visitor.ts';

let desk: VisitorDesk;
let browser: Browser;
let context: BrowserContext;
let page: Page;
const closers: (() => Promise<void>)[] = [];

beforeAll(async () => { browser = await launchBrowser(); });
afterAll(() => browser.close());
beforeEach(async () => {
  // One address may ask for few codes: each test has a desk of its own.
  desk = await VisitorDesk.start();
  context = await browser.newContext({ locale: 'en-US' });
  page = await context.newPage();
});
afterEach(async () => {
  await context.close();
  for (const close of closers.splice(0)) await close();
  await desk.stop();
});

const address = (query = '') => `${desk.desk.url}/widget/website${query}`;
const frameOf = (given: Page) => given.mainFrame();
const storedSession = () => page.evaluate(() => JSON.parse(Object.entries(localStorage).find(([key]) => key.endsWith(':session'))?.[1] ?? 'null') as { token: string; contact: { kind: string; email: string | null } } | null);
let people = 0;
const nextEmail = () => `visitor-${people += 1}@example.com`;

async function giveDetails(email: string, name = 'Ada Lovelace'): Promise<void> {
  await page.fill('.identity input[autocomplete=name]', name);
  await page.fill('.identity input[type=email]', email);
  await page.press('.identity input[type=email]', 'Enter');
  await page.waitForSelector('.field.is-code');
}
const enterCode = (code: string) => page.locator('.field.is-code').pressSequentially(code);

async function signUp(email: string): Promise<void> {
  await page.click('text=Send us a message');
  await giveDetails(email);
  await enterCode(await desk.code(email));
  await page.waitForSelector(editor);
}

const user = (email: string, secret: string, over: Record<string, unknown> = {}) => sign({ email, iat: Math.floor(Date.now() / 1_000), ...over }, secret);
const siteWhich = (script: string) => foreignSite(`<!doctype html><html lang="en"><meta charset="utf-8"><title>A shop</title><link rel="icon" href="data:,"><h1>A shop</h1><script>${script}</script><script src="${desk.desk.url}/widget.js" async></script></html>`);
const snippet = (options: Record<string, unknown>, source = '') => `window.heard = []; window.plugboardAsyncInit = () => {
  for (const name of ['identity:error', 'message', 'conversation:start', 'error']) Plugboard.on(name, (detail) => heard.push([name, detail]));
  Plugboard.init({ baseURL: '${desk.desk.url}', hash: 'website', ...${JSON.stringify(options)}${source} });
};`;

async function open(script: string): Promise<Frame> {
  const site = await siteWhich(script);
  closers.push(site.close);
  const visited = await visit(context, site.url);
  page = visited.page;
  return visited.frame;
}

test('where authentication is required, name and code come before the conversation', async () => {
  await desk.change({ security: { requireAuthentication: true } });
  const email = nextEmail();
  await page.goto(address());
  await page.click('text=Send us a message');
  expect(await page.locator(editor).count()).toBe(0);
  await page.press('.identity input[type=email]', 'Enter');
  expect(await page.textContent('.field-failure')).toContain('name');
  await giveDetails(email);
  expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).autocomplete)).toBe('one-time-code');
  expect(await page.textContent('.identity-more')).toMatch(/Resend code in \d:\d\d/);

  const code = await desk.code(email);
  await enterCode(code === '000000' ? '111111' : '000000');
  await expect.poll(() => page.textContent('.field-failure')).toMatch(/not right.*more tr(y|ies)/);
  await page.evaluate(() => (document.querySelector('.field.is-code') as HTMLInputElement).focus());
  await page.locator('.field.is-code').fill(` ${code.slice(0, 3)}-${code.slice(3)} `);
  await page.waitForSelector(editor);
  await say(frameOf(page), 'I am known');
  await expect.poll(() => states(frameOf(page))).toEqual([expect.stringMatching(/^Sent /)]);
  expect((await storedSession())?.contact).toMatchObject({ kind: 'verified', email });
});

test('"Change" goes back with what was typed, and a reload keeps the open code', async () => {
  await desk.change({ security: { requireAuthentication: true } });
  const [wrong, right] = [nextEmail(), nextEmail()];
  await page.goto(address());
  await page.click('text=Send us a message');
  await giveDetails(wrong, 'Grace');
  await page.click('text=Change');
  expect(await page.inputValue('.identity input[autocomplete=name]')).toBe('Grace');
  expect(await page.inputValue('.identity input[type=email]')).toBe(wrong);
  await giveDetails(right, 'Grace');
  await page.reload();
  await page.click('text=Send us a message');
  expect(await page.textContent('.identity b')).toBe(right);
  await enterCode(await desk.code(right));
  await page.waitForSelector(editor);
});

test('where it is not, a card asks after the first message; what was saved shows, and can be dismissed', async () => {
  const email = nextEmail();
  await page.goto(address());
  await page.click('text=Send us a message');
  expect(await page.locator('.card-place').count()).toBe(0);
  await say(frameOf(page), 'Hello');
  await page.waitForSelector('.card-place');
  await say(frameOf(page), 'It never blocks');
  await expect.poll(() => mine(frameOf(page))).toEqual(['Hello', 'It never blocks']);
  await page.click('text=Not now');
  await page.reload();
  await page.click('section[aria-labelledby="conversations"] button');
  await page.waitForSelector('.message.is-mine');
  expect(await page.locator('.card-place').count()).toBe(0);

  await page.click('[aria-label="More"]');
  await page.click('text=E-mail transcript');
  await giveDetails(email);
  await enterCode(await desk.code(email));
  await page.waitForSelector('.notice');
  await page.click('.notice .main-button');
  await expect.poll(() => page.textContent('.notice')).toContain(`on its way to ${email}`);
  await desk.mail(email, 2);
  await page.click('.notice >> text=Done');
  expect(await page.textContent('.saved-details')).toContain(`Ada Lovelace · ${email}`);
  expect(await mine(frameOf(page))).toEqual(['Hello', 'It never blocks']);
});

test('where codes are for known people only, an address is kept at once', async () => {
  await desk.change({ security: { codes: 'known' } });
  const email = nextEmail();
  await page.goto(address());
  await page.click('text=Send us a message');
  await say(frameOf(page), 'Hello');
  await page.fill('.identity input[type=email]', email);
  await page.click('.identity .main-button');
  await expect.poll(() => page.textContent('.saved-details')).toContain(email);
  expect((await storedSession())?.contact).toMatchObject({ kind: 'identified' });
});

test('signing out leaves nothing of the person', async () => {
  await desk.change({ security: { requireAuthentication: true } });
  await page.goto(address());
  await signUp(nextEmail());
  await say(frameOf(page), 'secret words');
  await expect.poll(() => states(frameOf(page))).toEqual([expect.stringMatching(/^Sent /)]);
  await page.locator(editor).fill('a draft');
  const token = (await storedSession())?.token ?? '';
  await page.click('[aria-label="More"]');
  await page.click('text=Sign out');
  await page.waitForSelector('.dashboard');
  expect(await page.content()).not.toContain('secret words');
  await expect.poll(async () => (await desk.session({ token })).body.contact.kind).toBe('anonymous');
  expect(await page.evaluate(() => Object.entries(localStorage).filter(([key]) => /session|draft|outbox|code/.test(key)))).toEqual([]);
});

test('a link to a conversation asks for the address, and opens for its owner only', async () => {
  const email = nextEmail();
  const frame = await open(snippet({ userToken: user(email, await desk.secret()) }));
  await frame.click('text=Send us a message');
  await say(frame, 'mine alone');
  await expect.poll(() => states(frame)).toEqual([expect.stringMatching(/^Sent /)]);
  const conversation = (await desk.asAdmin<{ data: { id: string; snippet: string }[] }>('GET', '/api/v1/conversations?view=all')).body.data.find(({ snippet }) => snippet === 'mine alone')?.id ?? '';

  const stranger = await browser.newContext({ locale: 'en-US' });
  closers.push(() => stranger.close());
  page = await stranger.newPage();
  await page.goto(address(`?conversation=${conversation}`));
  await expect.poll(() => page.textContent('.identity')).toContain('Confirm your address to see this conversation');
  await giveDetails(email);
  await enterCode(await desk.code(email));
  await expect.poll(() => mine(frameOf(page))).toEqual(['mine alone']);
});

test('a token of the page signs its user in, and the history of this browser comes along', async () => {
  const secret = await desk.secret();
  const email = nextEmail();
  const frame = await open(snippet({ userToken: user(email, secret, { name: 'Ada' }) }));
  await frame.click('text=Send us a message');
  await say(frame, 'signed');
  await expect.poll(() => states(frame)).toEqual([expect.stringMatching(/^Sent /)]);
  expect(await frame.locator('.card-place').count()).toBe(0);
  await frame.click('[aria-label="More"]');
  await expect.poll(() => frame.textContent('.menu-person')).toContain(email);
  expect(await frame.locator('text=Sign out').count()).toBe(0);
});

test('a token that is not believed: the page is asked once, then told, and the chat goes on', async () => {
  const secret = await desk.secret();
  const email = nextEmail();
  const stale = user(email, secret, { exp: Math.floor(Date.now() / 1_000) - 600 });
  const fresh = await open(snippet({ userToken: stale }, `, getUserToken: () => '${user(email, secret)}'`));
  await fresh.click('[aria-label="More"]');
  await expect.poll(() => fresh.locator('.menu-person').count()).toBe(1);

  const other = await browser.newContext({ locale: 'en-US' });
  closers.push(() => other.close());
  context = other;
  const frame = await open(snippet({ userToken: stale }));
  await expect.poll(() => page.evaluate('heard')).toEqual([['identity:error', { code: 'identity_invalid', reason: 'expired' }]]);
  await frame.click('text=Send us a message');
  await say(frame, 'anonymous then');
  await expect.poll(() => states(frame)).toEqual([expect.stringMatching(/^Sent /)]);
});

test('another person on the same computer finds nothing of the one before', async () => {
  const secret = await desk.secret();
  const [one, other] = [nextEmail(), nextEmail()];
  const site = await siteWhich(`window.plugboardAsyncInit = () => Plugboard.init({ baseURL: '${desk.desk.url}', hash: 'website', userToken: new URLSearchParams(location.search).get('token') })`);
  closers.push(site.close);
  const first = await visit(context, `${site.url}?token=${user(one, secret)}`);
  await first.frame.click('text=Send us a message');
  await say(first.frame, 'private matter');
  await expect.poll(() => states(first.frame)).toEqual([expect.stringMatching(/^Sent /)]);
  await first.frame.locator(editor).fill('private draft');
  await first.page.close();

  const second = await visit(context, `${site.url}?token=${user(other, secret)}`);
  await second.frame.click('[aria-label="More"]');
  await expect.poll(() => second.frame.textContent('.menu-person')).toContain(other);
  expect(await second.frame.content()).not.toContain('private');
  expect(await second.frame.locator('section[aria-labelledby="conversations"]').count()).toBe(0);
  expect(await second.page.evaluate(() => JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]))).not.toContain('private');
});
