import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { launchBrowser } from '../../tests/support/browser.ts';
import type { DeskProcess } from '../../tests/support/desk-process.ts';
import { bubbles, chatDesk, mine, Operator, say, siteWith, states, visit } from './visitor.ts';

let desk: DeskProcess;
let operator: Operator;
let browser: Browser;
let context: BrowserContext;
let site: Awaited<ReturnType<typeof siteWith>>;

beforeAll(async () => {
  [desk, browser] = await Promise.all([chatDesk(), launchBrowser()]);
  operator = await Operator.signIn(desk.url);
  site = await siteWith(desk);
});
afterAll(async () => {
  await browser.close();
  await site.close();
  await desk.dispose();
});
beforeEach(async () => { context = await browser.newContext({ locale: 'en-US' }); });
afterEach(() => context.close());

async function conversationOf(text: string) {
  const found = (await operator.conversations()).find(({ snippet }) => snippet === text);
  if (!found) throw new Error(`no conversation with ${text}`);
  return found;
}

test('a visitor asks, an operator answers, both see that it was read; a note stays inside', async () => {
  const { frame } = await visit(context, site.url);
  await frame.click('text=Send us a message');
  await say(frame, 'Does the pack fit a **laptop**?');
  await expect.poll(() => states(frame)).toEqual([expect.stringMatching(/^Sent /)]);

  const { id } = await conversationOf('Does the pack fit a laptop?');
  await operator.write(id, 'Canary: a difficult one', 'note');
  await operator.write(id, 'Yes, up to 16 inches.');
  await operator.read(id);
  await expect.poll(() => bubbles(frame)).toEqual(['Does the pack fit a laptop?', 'Yes, up to 16 inches.']);
  await expect.poll(() => states(frame)).toEqual([expect.stringMatching(/^Read /)]);
  expect(await frame.locator('.message.is-mine strong').textContent()).toBe('laptop');
  expect(await frame.content()).not.toContain('Canary');
});

test('an answer that comes while the widget is closed is counted, and found again in the list', async () => {
  const { page, frame } = await visit(context, site.url);
  await frame.click('text=Send us a message');
  await say(frame, 'Is anybody there?');
  await expect.poll(() => states(frame)).toEqual([expect.stringMatching(/^Sent /)]);
  await frame.click('[aria-label="Back"]');
  await page.evaluate('Plugboard.close()');

  const { id } = await conversationOf('Is anybody there?');
  await operator.write(id, 'We are.');
  await expect.poll(() => page.evaluate('Plugboard.getUnreadCount()')).toBe(1);
  await page.evaluate('Plugboard.open()');
  expect(await frame.locator('.row-text.is-unread').textContent()).toContain('We are.');
  await frame.click('.row-text.is-unread');
  await expect.poll(() => bubbles(frame)).toEqual(['Is anybody there?', 'We are.']);
  await expect.poll(() => page.evaluate('Plugboard.getUnreadCount()')).toBe(0);
});

test('files go with a message, and a picture is shown', async () => {
  const { frame } = await visit(context, site.url);
  await frame.click('text=Send us a message');
  const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  await frame.setInputFiles('input[type=file]', [{ name: 'order.txt', mimeType: 'text/plain', buffer: Buffer.from('42') }, { name: 'photo.png', mimeType: 'image/png', buffer: pixel }]);
  await frame.waitForFunction(() => !document.querySelector<HTMLButtonElement>('button.send')?.disabled);
  await frame.click('button.send');
  await frame.waitForSelector('.message.is-mine .picture img');
  expect(await frame.locator('.message.is-mine .tile-name').textContent()).toBe('order.txt');
  expect(await frame.getAttribute('.picture img', 'src')).toMatch(/^blob:/);
});

test('what anybody writes is text: nothing runs, nothing is loaded', async () => {
  const asked: string[] = [];
  const { page, frame } = await visit(context, site.url);
  page.on('request', (request) => { if (request.url().includes('canary')) asked.push(request.url()); });
  await frame.click('text=Send us a message');
  const texts = ['<img src="//canary.test/1" onerror="top.evil=1">', '[x](javascript:evil)', '![](https://canary.test/2)', '{{constructor.constructor("evil")()}}', '<style>@import "//canary.test/3"</style>'];
  for (const text of texts) await say(frame, text);
  await expect.poll(async () => [(await mine(frame)).length, await states(frame)]).toEqual([texts.length, [expect.stringMatching(/^Sent /)]]);
  const { id } = await conversationOf(texts.at(-1) ?? '');
  for (const text of texts) await operator.write(id, text);
  await expect.poll(async () => (await bubbles(frame)).length).toBe(2 * texts.length);
  expect(await frame.locator('.bubble :is(img, style, script, svg)').count()).toBe(0);
  expect(await frame.locator('.bubble a[href^="javascript"]').count()).toBe(0);
  expect(asked).toEqual([]);
});

test('a closed conversation says so, and a new message opens it again', async () => {
  const { frame } = await visit(context, site.url);
  await frame.click('text=Send us a message');
  await say(frame, 'Thank you, solved');
  await expect.poll(() => states(frame)).toEqual([expect.stringMatching(/^Sent /)]);
  await frame.click('[aria-label="More"]');
  await frame.click('text=Close conversation');
  await frame.waitForSelector('text=Closed. Write to open it again.');
  await say(frame, 'One more thing');
  await frame.waitForSelector('text=This conversation was opened again');
  await expect.poll(() => mine(frame)).toEqual(['Thank you, solved', 'One more thing']);
});
