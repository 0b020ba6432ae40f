import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { foreignSite, launchBrowser } from '../../tests/support/browser.ts';
import type { DeskProcess } from '../../tests/support/desk-process.ts';
import { chatDesk, mine, openWidget, Operator, say, states } from './visitor.ts';

let desk: DeskProcess;
let operator: Operator;
let browser: Browser;
let context: BrowserContext;
let site: { url: string; close(): Promise<void> };
let sockets: Map<Page, number>;

beforeAll(async () => {
  [desk, browser] = await Promise.all([chatDesk(), launchBrowser()]);
  operator = await Operator.signIn(desk.url);
});
afterAll(async () => {
  await browser.close();
  await desk.dispose();
});
beforeEach(async () => {
  site = await foreignSite(`<!doctype html><html lang="en"><meta charset="utf-8"><title>A shop</title><link rel="icon" href="data:,"><h1>A shop</h1><script>window.heard = [];
    window.plugboardAsyncInit = () => {
      for (const name of ['escalated', 'action', 'open']) Plugboard.on(name, (detail) => heard.push([name, detail]));
      Plugboard.init({ baseURL: '${desk.url}', hash: 'website' });
    };</script><script src="${desk.url}/widget.js" async></script></html>`);
  context = await browser.newContext({ locale: 'en-US' });
  sockets = new Map();
});
afterEach(async () => {
  await context.close();
  await site.close();
});

async function tab(): Promise<{ page: Page; frame: Frame }> {
  const page = await context.newPage();
  sockets.set(page, 0);
  page.on('websocket', (socket) => {
    sockets.set(page, (sockets.get(page) ?? 0) + 1);
    socket.on('close', () => sockets.set(page, (sockets.get(page) ?? 0) - 1));
  });
  await page.goto(site.url);
  return { page, frame: await openWidget(page) };
}
const openSockets = () => [...sockets].filter(([page]) => !page.isClosed()).reduce((sum, [, count]) => sum + count, 0);
const newest = async () => (await operator.conversations())[0]?.id ?? '';
const begin = async (frame: Frame, text: string) => {
  await frame.click('text=Send us a message');
  await say(frame, text);
  await expect.poll(() => states(frame)).toEqual([expect.stringMatching(/^Sent /)]);
};

/** As browsers treat a frame whose storage they block: there is neither storage nor channel nor lock. */
const blocked = `if (window !== top) {
  const refuse = () => { throw new DOMException('blocked', 'SecurityError'); };
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) Object.defineProperty(window, name, { get: refuse });
  window.BroadcastChannel = function BroadcastChannel() { refuse(); };
  Object.defineProperty(navigator, 'locks', { get: refuse });
}`;

test('frames without storage, channel and locks share one socket through their pages, and the next takes over', async () => {
  await context.addInitScript(blocked);
  const one = await tab();
  await begin(one.frame, 'relayed');
  const id = await newest();
  const two = await tab();
  await two.frame.click('section[aria-labelledby="conversations"] button');
  await expect.poll(() => mine(two.frame)).toEqual(['relayed']);
  await expect.poll(openSockets).toBe(1);
  expect(sockets.get(one.page)).toBe(1);
  await say(two.frame, 'through the other');
  await expect.poll(() => mine(one.frame)).toEqual(['relayed', 'through the other']);
  await operator.write(id, 'Both of you');
  for (const { frame } of [one, two]) await expect.poll(() => frame.locator('.message:not(.is-mine) .bubble').allTextContents()).toEqual(['Both of you']);

  await one.page.close();
  await expect.poll(() => sockets.get(two.page)).toBe(1);
  await say(two.frame, 'alone now');
  await expect.poll(() => states(two.frame)).toHaveLength(1);
  await expect.poll(() => operator.replies(id)).toEqual(['relayed', 'through the other', 'Both of you', 'alone now']);
});

test('a conversation that becomes a ticket is told to the page, once', async () => {
  const { page, frame } = await tab();
  await begin(frame, 'make it a ticket');
  const id = await newest();
  const { number } = await operator.call<{ number: string }>('POST', `/conversations/${id}/escalation`);
  await expect.poll(() => page.evaluate('heard.filter(([name]) => name === "escalated")')).toEqual([['escalated', { conversationId: id, number }]]);
  await operator.write(id, 'It is one.');
  await frame.waitForSelector('.message:not(.is-mine)');
  expect(await page.evaluate('heard.filter(([name]) => name === "escalated").length')).toBe(1);
});

test('an article opens in a tab of its own, which can\'t reach back', async () => {
  const { page } = await tab();
  await context.route('**/articles/**', (route) => route.fulfill({ contentType: 'text/html', body: '<title>Article</title>' }));
  const [opened] = await Promise.all([context.waitForEvent('page'), page.evaluate('void Plugboard.showArticle("returns & refunds")')]);
  await opened.waitForLoadState();
  expect(opened.url()).toMatch(/\/articles\/returns%20%26%20refunds$/);
  expect(await opened.evaluate(() => window.opener as unknown)).toBeNull();
  expect(await page.evaluate('heard.filter(([name]) => name === "action")')).toEqual([['action', { type: 'article', slug: 'returns & refunds', url: opened.url() }]]);
});

test('where the browser lets no tab open, the article is offered as a link, which goes once it was followed', async () => {
  await context.addInitScript('window.open = () => null');
  const { page, frame } = await tab();
  await context.route('**/articles/**', (route) => route.fulfill({ contentType: 'text/html', body: '<title>Article</title>' }));
  await page.evaluate('Plugboard.close(); void Plugboard.showArticle("returns")');
  const offer = frame.locator('.is-offer a');
  expect(await offer.getAttribute('href')).toMatch(/\/articles\/returns$/);
  const [opened] = await Promise.all([context.waitForEvent('page'), offer.click()]);
  expect(opened.url()).toMatch(/\/articles\/returns$/);
  await expect.poll(() => offer.count()).toBe(0);
});
