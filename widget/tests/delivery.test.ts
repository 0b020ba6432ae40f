import type { BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { personalBrowser } from '../../tests/support/browser.ts';
import type { DeskProcess } from '../../tests/support/desk-process.ts';
import { chatDesk, editor, mine, openWidget, Operator, say, siteWith, states, visit } from './visitor.ts';

let desk: DeskProcess;
let operator: Operator;
let context: BrowserContext;
let site: Awaited<ReturnType<typeof siteWith>>;

beforeAll(async () => {
  desk = await chatDesk();
  operator = await Operator.signIn(desk.url);
  site = await siteWith(desk);
});
afterAll(async () => {
  await site.close();
  await desk.dispose();
});
beforeEach(async () => { context = await personalBrowser(); });
afterEach(() => context.close());

async function storedWith(first: string): Promise<string[][]> {
  const all = await Promise.all((await operator.conversations()).map(({ id }) => operator.replies(id)));
  return all.filter((texts) => texts.includes(first));
}

test('what is written offline survives a reload and arrives once, in one conversation, in order', async () => {
  const { page, frame } = await visit(context, site.url);
  await frame.click('text=Send us a message');
  await context.setOffline(true);
  for (const text of ['off 1', 'off 2', 'off 3']) await say(frame, text);
  await frame.waitForSelector('text=You are offline.');
  expect(await states(frame)).toEqual(Array.from({ length: 3 }, () => 'Sending when you are back'));

  await context.setOffline(false);
  await page.reload();
  const again = await openWidget(page);
  await expect.poll(() => storedWith('off 1'), { timeout: 10_000 }).toEqual([['off 1', 'off 2', 'off 3']]);
  await again.click('section[aria-labelledby="conversations"] button');
  await expect.poll(() => mine(again)).toEqual(['off 1', 'off 2', 'off 3']);
});

test('two tabs show and send each message once', async () => {
  const one = (await visit(context, site.url)).frame;
  await one.click('text=Send us a message');
  await say(one, 'tabs');
  await expect.poll(() => states(one)).toEqual([expect.stringMatching(/^Sent /)]);
  const other = (await visit(context, site.url)).frame;
  await other.click('section[aria-labelledby="conversations"] button');
  await other.waitForSelector('.message');

  await context.setOffline(true);
  await one.waitForSelector('text=You are offline.');
  await other.waitForSelector('text=You are offline.');
  for (const number of [1, 2, 3]) {
    await say(one, `left ${number}`);
    await say(other, `right ${number}`);
  }
  await context.setOffline(false);
  await expect.poll(async () => (await storedWith('tabs'))[0]?.length, { timeout: 10_000 }).toBe(7);
  const stored = (await storedWith('tabs'))[0] ?? [];
  expect(stored.filter((text) => text.startsWith('left'))).toEqual(['left 1', 'left 2', 'left 3']);
  expect(stored.filter((text) => text.startsWith('right'))).toEqual(['right 1', 'right 2', 'right 3']);
  await expect.poll(() => mine(one)).toEqual(stored);
  await expect.poll(() => mine(other)).toEqual(stored);
});

test('a desk that dies in the middle is written to when it is back', async () => {
  const { frame } = await visit(context, site.url);
  await frame.click('text=Send us a message');
  await say(frame, 'before');
  await expect.poll(() => states(frame)).toEqual([expect.stringMatching(/^Sent /)]);
  await desk.kill('SIGKILL');
  for (const text of ['during 1', 'during 2']) await say(frame, text);
  await frame.waitForSelector('text=You are offline.');
  await desk.start();
  await expect.poll(() => storedWith('before'), { timeout: 10_000 }).toEqual([['before', 'during 1', 'during 2']]);
  await expect.poll(() => mine(frame)).toEqual(['before', 'during 1', 'during 2']);
  await expect.poll(async () => (await states(frame)).filter((state) => !state.startsWith('Sent'))).toEqual([]);
});

test('switched off, the widget says so and keeps what is typed; on again, it goes on by itself', async () => {
  const { page, frame } = await visit(context, site.url);
  await frame.click('text=Send us a message');
  await say(frame, 'open');
  await expect.poll(() => states(frame)).toEqual([expect.stringMatching(/^Sent /)]);
  await frame.fill(editor, 'kept');
  await operator.switchChat(false);
  await frame.waitForSelector('text=Our chat is closed at the moment.');
  expect(await frame.textContent(editor)).toBe('kept');
  await frame.press(editor, 'Enter');
  await frame.waitForSelector('text=Sending when we are back');

  const newcomer = await context.newPage();
  await newcomer.goto(site.url, { waitUntil: 'networkidle' });
  expect(await newcomer.locator('plugboard-chat').count()).toBe(0);

  await operator.switchChat(true);
  await expect.poll(() => storedWith('open'), { timeout: 10_000 }).toEqual([['open', 'kept']]);
  await expect.poll(() => frame.locator('.state-banner').count()).toBe(0);
  expect(await page.evaluate('Plugboard.getUnreadCount()')).toBe(0);
});
