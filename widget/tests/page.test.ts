import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { foreignSite, launchBrowser } from '../../tests/support/browser.ts';
import type { DeskProcess } from '../../tests/support/desk-process.ts';
import { chatDesk, editor, launcherOf, openWidget, Operator, say, states } from './visitor.ts';

let desk: DeskProcess;
let operator: Operator;
let browser: Browser;
let context: BrowserContext;
const closers: (() => Promise<void>)[] = [];

beforeAll(async () => {
  [desk, browser] = await Promise.all([chatDesk(), launchBrowser()]);
  operator = await Operator.signIn(desk.url);
});
afterAll(async () => {
  await browser.close();
  await desk.dispose();
});
beforeEach(async () => { context = await browser.newContext({ locale: 'en-US' }); });
afterEach(async () => {
  await context.close();
  for (const close of closers.splice(0)) await close();
});

async function siteOf(options = '{}'): Promise<string> {
  const site = await foreignSite(`<!doctype html><html lang="en"><meta charset="utf-8"><title>A shop</title><link rel="icon" href="data:,"><h1>A shop</h1><script>window.heard = [];
    window.plugboardAsyncInit = () => {
      for (const name of ['open', 'message', 'conversation:start', 'identity:error', 'error', 'action']) Plugboard.on(name, (detail) => heard.push([name, detail]));
      Plugboard.init({ baseURL: '${desk.url}', hash: 'website', ...${options}, ...window.more });
    };</script><script src="${desk.url}/widget.js" async></script></html>`);
  closers.push(site.close);
  return site.url;
}
async function visit(options?: string): Promise<{ page: Page; frame: Frame }> {
  const page = await context.newPage();
  await page.goto(await siteOf(options));
  return { page, frame: await openWidget(page) };
}
/** Bodies of `POST /profile`, as they went out. */
function profiles(page: Page): Record<string, unknown>[] {
  const bodies: Record<string, unknown>[] = [];
  page.on('request', (request) => { if (request.url().endsWith('/profile')) bodies.push(request.postDataJSON() as Record<string, unknown>); });
  return bodies;
}
const asked = (page: Page, part: string): string[] => {
  const urls: string[] = [];
  page.on('request', (request) => { if (request.url().includes(part)) urls.push(request.url()); });
  return urls;
};

test('a visitor who is only looked at has no session; what the page says makes one, gathered and coalesced', async () => {
  const { page, frame } = await visit('{ context: { plan: { label: "Plan", type: "config", value: "Pro" } } }');
  const sessions = asked(page, '/session');
  const bodies = profiles(page);
  await frame.waitForSelector('.dashboard');
  await page.evaluate(`history.pushState({}, '', '/pricing')`);
  // Answered by the frame behind what it was told of the page before.
  await page.evaluate('Plugboard.debug()');
  expect([sessions, bodies]).toEqual([[], []]);

  await page.evaluate(`Plugboard.identify('u_1', { plan: 'free', seats: 3 }); Plugboard.identify('u_1', { plan: 'pro' });
    Plugboard.setContext('cart', { label: 'Cart', type: 'list', value: ['a'] }); Plugboard.setContext('cart', { label: 'Cart', type: 'list', value: ['a', 'b'] });
    Plugboard.identifyCompany('c_1', { name: 'Acme' }); Plugboard.trackEvent('checkout', { total: 3 }); Plugboard.trackEvent('paid')`);
  await expect.poll(() => bodies.length).toBeGreaterThanOrEqual(2);
  expect(bodies[0]).toMatchObject({
    userId: 'u_1', traits: { plan: 'pro', seats: 3 }, company: { id: 'c_1', traits: { name: 'Acme' } }, event: { name: 'checkout', meta: { total: 3 } },
    context: { plan: { value: 'Pro' }, cart: { value: ['a', 'b'] } },
  });
  expect(bodies[1]).toMatchObject({ event: { name: 'paid' } });
  expect(sessions).toHaveLength(1);
});

test('what could not be told is told again', async () => {
  const { page } = await visit();
  let refusals = 2;
  await page.route('**/profile', (route) => (refusals-- > 0 ? route.abort() : route.continue()));
  const bodies = profiles(page);
  await page.evaluate(`Plugboard.setContext('a', { label: 'A', type: 'custom', value: 1 })`);
  await expect.poll(() => bodies.length).toBe(3);
  expect(bodies[2]).toMatchObject({ context: { a: { value: 1 } } });
});

test('opens what the page asks for, and says what goes on', async () => {
  const { page, frame } = await visit('{ greeting: "Welcome back, Ada" }');
  await expect.poll(() => frame.textContent('h1')).toBe('Welcome back, Ada');
  await page.evaluate('Plugboard.close(); Plugboard.showNewMessage("I *need* help")');
  await frame.waitForSelector(editor);
  expect(await frame.textContent(editor)).toBe('I need help');
  await frame.press(editor, 'Enter');
  await expect.poll(() => states(frame)).toEqual([expect.stringMatching(/^Sent /)]);
  const { id } = (await operator.conversations()).find(({ snippet }) => snippet === 'I need help') ?? { id: '' };
  await operator.write(id, 'Coming.');
  await expect.poll(() => page.evaluate('heard')).toEqual(expect.arrayContaining([
    ['conversation:start', { conversationId: id }], ['message', { conversationId: id, text: 'Coming.', authorName: expect.any(String) as string }],
  ]));
  await frame.click('[aria-label="Back"]');
  await page.evaluate(`Plugboard.showConversation('${id}')`);
  await frame.waitForSelector('.message.is-mine');
  const debug = await page.evaluate('Plugboard.debug()');
  expect(JSON.stringify(debug)).toContain('"session":"present"');
  expect(JSON.stringify(debug)).not.toContain('pb_cs_');
});

test.each([
  ['opens by itself where the page wants it', '{ ui: { autoOpenUnseen: true } }', true],
  ['keeps quiet on paths that want it quiet', '{ ui: { autoOpenUnseen: true }, manualOnPaths: ["/**"] }', false],
  ['keeps quiet where nobody asked', '{}', false],
])('unread answers: %s', async (_name, options, opens) => {
  const { page, frame } = await visit();
  await frame.click('text=Send us a message');
  await say(frame, `unread ${options}`);
  await expect.poll(() => states(frame)).toEqual([expect.stringMatching(/^Sent /)]);
  const { id } = (await operator.conversations())[0] ?? { id: '' };
  const url = page.url();
  await page.close();
  await operator.write(id, 'While you were away');

  const next = await context.newPage();
  await next.addInitScript(`window.more = ${options}`);
  await next.goto(url);
  await launcherOf(next).waitFor({ state: 'attached' });
  await expect.poll(() => next.evaluate('Plugboard.getUnreadCount()')).toBe(1);
  await next.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
  expect(await next.evaluate(`heard.filter(([name]) => name === 'open').length`)).toBe(opens ? 1 : 0);
});

const widthOf = (frame: Frame) => () => frame.evaluate(() => innerWidth);

test('edges move by keys, and the size is remembered', async () => {
  const { page, frame } = await visit();
  await frame.waitForSelector('.handle');
  const before = await widthOf(frame)();
  await frame.focus('.handle.is-side');
  await page.keyboard.press('ArrowLeft');
  await expect.poll(widthOf(frame)).toBe(before + 16);
  await page.keyboard.press('Shift+ArrowLeft');
  await expect.poll(widthOf(frame)).toBe(before + 80);
  await page.reload();
  const again = await openWidget(page);
  await expect.poll(widthOf(again)).toBe(before + 80);
  await again.locator('.handle.is-side').dblclick({ position: { x: 2, y: 200 } });
  await expect.poll(widthOf(again)).toBe(before);
  await again.click('[aria-label="More"]');
  await again.click('text=Full screen');
  await expect.poll(() => again.locator('.handle').count()).toBe(0);
  await expect.poll(widthOf(again)).toBe(1280 - 24);
});

/** The desk's own page: DevTools hand a mouse event to the frame of another site only while it is over it, which no real mouse does. */
async function tryPage(position: 'left' | 'right', locale: string): Promise<{ page: Page; frame: Frame }> {
  const page = await context.newPage();
  await page.setViewportSize({ width: 1280, height: 1000 });
  await page.goto(`${desk.url}/widget/website/preview?locale=${locale}`);
  await launcherOf(page).waitFor({ state: 'attached' });
  await page.evaluate(`Plugboard.update({ position: '${position}' })`);
  return { page, frame: await openWidget(page) };
}

test.each([['right', 'en', -1], ['left', 'en', 1], ['right', 'ar', -1], ['left', 'ar', 1]] as const)('the free edge and corner of a window on the %s in %s stand there, and follow the mouse outward', async (position, locale, outward) => {
  const { page, frame } = await tryPage(position, locale);
  for (const [handle, grows] of [['.is-side', [60, 0]], ['.is-corner', [60, 40]], ['.is-top', [0, 40]]] as const) {
    const before = await frame.evaluate(() => [innerWidth, innerHeight] as const);
    await expect.poll(async () => (await frame.locator(handle).boundingBox())?.width).toBeGreaterThan(0);
    const box = await frame.locator(handle).boundingBox();
    if (!box) throw new Error('no handle');
    const [start, end] = await frame.locator(handle).evaluate((edge) => [edge.getBoundingClientRect().left, innerWidth - edge.getBoundingClientRect().right]);
    expect(outward < 0 ? start : end).toBe(0);
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 60 * outward, y - 40, { steps: 6 });
    await page.mouse.up();
    await expect.poll(() => frame.evaluate(() => [innerWidth, innerHeight])).toEqual([before[0] + grows[0], before[1] + grows[1]]);
  }
});
