import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { launchBrowser } from '../../tests/support/browser.ts';
import type { DeskProcess } from '../../tests/support/desk-process.ts';
import { chatDesk, editor, mine, Operator, say, states } from './visitor.ts';

let desk: DeskProcess;
let operator: Operator;
let browser: Browser;
let context: BrowserContext;
/** Sockets that are open, by page. */
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
  context = await browser.newContext({ locale: 'en-US' });
  sockets = new Map();
});
afterEach(() => context.close());

async function tab(): Promise<Page> {
  const page = await context.newPage();
  sockets.set(page, 0);
  page.on('websocket', (socket) => {
    sockets.set(page, (sockets.get(page) ?? 0) + 1);
    socket.on('close', () => sockets.set(page, (sockets.get(page) ?? 0) - 1));
  });
  await page.goto(`${desk.url}/widget/website`);
  await page.waitForSelector('.dashboard');
  return page;
}
const openSockets = () => [...sockets].filter(([page]) => !page.isClosed()).reduce((sum, [, count]) => sum + count, 0);
const sent = (count: number) => Array.from({ length: count }, () => expect.stringMatching(/^Sent /) as string);

async function threeTabs(first: string): Promise<[Page, Page, Page]> {
  const one = await tab();
  await one.click('text=Send us a message');
  await say(one.mainFrame(), first);
  await expect.poll(() => states(one.mainFrame())).toEqual(sent(1));
  const others = [await tab(), await tab()] as [Page, Page];
  for (const page of others) {
    await page.click('section[aria-labelledby="conversations"] button');
    await expect.poll(() => mine(page.mainFrame())).toEqual([first]);
  }
  return [one, ...others];
}
const idOf = async (first: string) => {
  for (const { id } of await operator.conversations()) if ((await operator.replies(id))[0] === first) return id;
  throw new Error(`no conversation with ${first}`);
};

test('three tabs share one socket, and each shows and sends everything once', async () => {
  const [one, two, three] = await threeTabs('shared');
  await expect.poll(openSockets).toBe(1);
  expect(sockets.get(one)).toBe(1);
  await say(two.mainFrame(), 'from two');
  await say(three.mainFrame(), 'from three');
  const id = await idOf('shared');
  await expect.poll(() => operator.replies(id)).toHaveLength(3);
  await operator.write(id, 'Heard you all.');
  for (const page of [one, two, three]) {
    await expect.poll(() => page.locator('.message:not(.is-mine) .bubble').allTextContents()).toEqual(['Heard you all.']);
    await expect.poll(async () => (await mine(page.mainFrame())).toSorted()).toEqual(['from three', 'from two', 'shared']);
  }
});

test('the tab that holds the socket dies in the middle of sending: nothing is lost or doubled', async () => {
  const [one, two, three] = await threeTabs('leader');
  await expect.poll(openSockets).toBe(1);
  const all = Array.from({ length: 6 }, (_, index) => `word ${index}`);
  for (const [index, text] of all.entries()) {
    const page = index % 2 === 0 ? one : two;
    await page.locator(editor).fill(text);
    await page.keyboard.press('Enter');
    if (index === 4) {
      // Another tab shows it as soon as it is stored; sent or not, it has to arrive from then on.
      await expect.poll(() => mine(two.mainFrame())).toContain(text);
      const [devtools, gone] = [await context.newCDPSession(one), one.waitForEvent('crash')];
      devtools.send('Page.crash').catch(() => undefined);
      await gone;
      sockets.delete(one);
    }
  }
  const id = await idOf('leader');
  await expect.poll(async () => (await operator.replies(id)).toSorted()).toEqual(['leader', ...all].toSorted());
  for (const page of [two, three]) await expect.poll(async () => (await mine(page.mainFrame())).toSorted()).toEqual(['leader', ...all].toSorted());
  await expect.poll(() => (sockets.get(two) ?? 0) + (sockets.get(three) ?? 0)).toBe(1);
  await operator.write(id, 'Still here?');
  for (const page of [two, three]) await expect.poll(() => page.locator('.message:not(.is-mine) .bubble').allTextContents()).toEqual(['Still here?']);
});

test('a tab that closes hands the socket on', async () => {
  const [one, two, three] = await threeTabs('closing');
  await one.close();
  await expect.poll(openSockets).toBe(1);
  await say(three.mainFrame(), 'goes on');
  for (const page of [two, three]) await expect.poll(() => mine(page.mainFrame())).toEqual(['closing', 'goes on']);
  await expect.poll(() => states(three.mainFrame())).toEqual(sent(1));
});
