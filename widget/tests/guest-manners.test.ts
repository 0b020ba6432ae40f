import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchBrowser, watchConsole } from '../../tests/support/browser.ts';
import type { DeskProcess } from '../../tests/support/desk-process.ts';
import { chatDesk, launcherOf, openWidget, siteWith } from './visitor.ts';

let desk: DeskProcess;
let browser: Browser;
const closers: (() => Promise<void>)[] = [];

beforeAll(async () => { [desk, browser] = await Promise.all([chatDesk(), launchBrowser()]); });
afterAll(async () => {
  await browser.close();
  await desk.dispose();
});
afterEach(async () => { for (const close of closers.splice(0)) await close(); });

async function open(options: Parameters<typeof siteWith>[1] = {}): Promise<{ page: Page; said: string[] }> {
  const site = await siteWith(desk, options);
  const context = await browser.newContext({ locale: 'en-US' });
  closers.push(site.close, () => context.close());
  const page = await context.newPage();
  const said = watchConsole(page);
  await page.goto(site.url);
  await launcherOf(page).waitFor({ state: 'attached' });
  return { page, said };
}

/** The launcher lives in a closed shadow root; where it is drawn can be asked all the same. */
const launcherPoint = { x: 1_220, y: 690 };

test('nothing but script and configuration is loaded before somebody comes near', async () => {
  const { page } = await open();
  await page.waitForLoadState('networkidle');
  expect(page.frames()).toHaveLength(1);
  await page.mouse.move(launcherPoint.x, launcherPoint.y);
  await expect.poll(() => page.frames().length).toBe(2);
});

test('a click opens it, Escape closes it, and the focus comes back', async () => {
  const { page, said } = await open();
  await page.mouse.click(launcherPoint.x, launcherPoint.y);
  await expect.poll(() => page.frames().length).toBe(2);
  const frame = page.frames()[1];
  await frame?.waitForSelector('.dashboard');
  await expect.poll(() => frame?.evaluate(() => document.hasFocus())).toBe(true);
  await page.keyboard.press('Escape');
  await expect.poll(() => page.evaluate(() => document.activeElement?.localName)).toBe('plugboard-chat');
  await expect.poll(() => frame?.evaluate(() => document.hasFocus())).toBe(false);
  expect(said).toEqual([]);
});

test('Tab stays inside while it is open', async () => {
  const { page } = await open();
  const frame = await openWidget(page);
  await frame.waitForSelector('.dashboard');
  await frame.click('text=Send us a message');
  for (let step = 0; step < 20; step += 1) {
    await page.keyboard.press('Tab');
    expect(await frame.evaluate(() => document.hasFocus() && document.activeElement !== document.body)).toBe(true);
  }
});

test('works on a page that allows next to nothing, extends every object and has a module loader', async () => {
  const nonce = 'n0nce';
  const { page, said } = await open({
    headers: {
      'Content-Security-Policy': `default-src 'none'; img-src data:; script-src ${desk.url} 'nonce-${nonce}'; style-src 'nonce-${nonce}'; connect-src ${desk.url}; frame-src ${desk.url}; require-trusted-types-for 'script'`,
    },
    head: `<script nonce="${nonce}">
      Object.prototype.theme = 'dark'; Object.prototype.each = function () {}; Array.prototype.last = function () {};
      window.define = function () { throw new Error('define was called') }; window.define.amd = {};
      window.Plugboard = function () { (Plugboard.q = Plugboard.q || []).push(arguments) };
      Plugboard('on', 'ready', function () { window.wasReady = true });
    </script>
    <style nonce="${nonce}">* { display: none !important; font-size: 50px !important } html, body { display: block !important }</style>`,
  });
  await expect.poll(() => page.evaluate('window.wasReady')).toBe(true);
  const frame = await openWidget(page);
  await frame.waitForSelector('.dashboard');
  expect(await page.evaluate(() => document.elementFromPoint(1_220, 690)?.localName)).toBe('plugboard-chat');
  expect(said).toEqual([]);
});

test('adds one name to the page and takes all of it away again', async () => {
  const { page } = await open();
  const names = await page.evaluate(() => Object.getOwnPropertyNames(window).filter((name) => /plugboard/i.test(name)));
  expect(names).toEqual(['Plugboard']);
  await openWidget(page);
  await page.evaluate('Plugboard.destroy()');
  await expect.poll(() => page.frames().length).toBe(1);
  expect(await launcherOf(page).count()).toBe(0);
});

test('a second init warns and changes nothing', async () => {
  const { page } = await open();
  const warnings: string[] = [];
  page.on('console', (message) => { if (message.type() === 'warning') warnings.push(message.text()); });
  expect(await page.evaluate('Plugboard.init({ widget: "other" }) === Plugboard')).toBe(true);
  expect(warnings).toEqual([expect.stringContaining('already')]);
  expect(await launcherOf(page).count()).toBe(1);
});

test('hears its own frame only, and its frame hears the page only', async () => {
  const { page } = await open();
  const frame = await openWidget(page);
  await frame.waitForSelector('.dashboard');
  await page.evaluate(() => {
    window.postMessage({ plugboard: 1, type: 'unread', count: 9 }, '*');
    const stranger = document.createElement('iframe');
    document.body.append(stranger);
    stranger.contentWindow?.parent.postMessage({ plugboard: 1, type: 'close' }, '*');
  });
  await frame.evaluate(() => window.postMessage({ plugboard: 1, type: 'theme', mode: 'dark' }, '*'));
  await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
  expect(await page.evaluate('Plugboard.getUnreadCount()')).toBe(0);
  expect(await frame.evaluate(() => document.documentElement.dataset.mode)).toBe('light');
  expect(await frame.evaluate(() => document.hasFocus())).toBe(true);
});

test('moves nothing on the page, neither by itself nor when it is opened', async () => {
  const { page } = await open();
  await page.evaluate(() => {
    const shifts: number[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) if (!entry.hadRecentInput) shifts.push(entry.value);
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.mouse.click(launcherPoint.x, launcherPoint.y);
  await expect.poll(() => page.frames()[1]?.locator('.dashboard').count()).toBe(1);
  expect(await page.evaluate('shifts')).toEqual([]);
});
