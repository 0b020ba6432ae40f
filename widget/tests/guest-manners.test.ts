import type { Browser, Page, Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { foreignSite, launchBrowser, watchConsole } from '../../tests/support/browser.ts';
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

async function open(options: Parameters<typeof siteWith>[1] = {}, onRequest: (request: Request) => void = () => undefined): Promise<{ page: Page; said: string[] }> {
  const site = await siteWith(desk, options);
  const context = await browser.newContext({ locale: 'en-US' });
  closers.push(site.close, () => context.close());
  const page = await context.newPage();
  const said = watchConsole(page);
  page.on('request', onRequest);
  await page.goto(site.url);
  await launcherOf(page).waitFor({ state: 'attached' });
  return { page, said };
}

/** The launcher lives in a closed shadow root; where it is drawn can be asked all the same. */
const launcherPoint = { x: 1_220, y: 690 };

test('nothing but script and configuration is loaded before somebody comes near', async () => {
  const asked: string[] = [];
  const { page } = await open({}, (request) => { if (request.url().startsWith(desk.url)) asked.push(new URL(request.url()).pathname); });
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => new Promise((resolve) => { requestIdleCallback(() => requestIdleCallback(resolve)); }));
  expect(page.frames()).toHaveLength(1);
  expect(asked).toEqual(['/widget.js', '/api/sdk/config']);
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
      'Content-Security-Policy': `default-src 'none'; img-src data:; script-src ${desk.url} 'nonce-${nonce}'; style-src 'nonce-${nonce}'; connect-src ${desk.url}; frame-src ${desk.url}; require-trusted-types-for 'script'; trusted-types 'none'`,
      'Permissions-Policy': 'autoplay=(), camera=(), clipboard-read=(), clipboard-write=(), display-capture=(), fullscreen=(), geolocation=(), microphone=(), payment=(), storage-access=(), usb=()',
      'Cross-Origin-Opener-Policy': 'same-origin', 'Referrer-Policy': 'no-referrer', 'X-Frame-Options': 'DENY',
    },
    head: `<script nonce="${nonce}">
      Object.prototype.theme = 'dark'; Object.prototype.each = function () {}; Array.prototype.last = function () {};
      window.define = function () { throw new Error('define was called') }; window.define.amd = {};
      window.Plugboard = function () { (Plugboard.q = Plugboard.q || []).push(arguments) };
      Plugboard('on', 'ready', function () { window.wasReady = true });
      for (const name of ['baseURL', 'ui', 'locale', 'userId', 'trigger', 'init', 'q', 'signal', 'widget']) Object.prototype[name] = 'of the page';
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

test('a second script on the page warns and leaves the first alone', async () => {
  const { page } = await open();
  const warnings: string[] = [];
  page.on('console', (message) => { if (message.type() === 'warning') warnings.push(message.text()); });
  await page.evaluate((url) => new Promise((resolve) => {
    const script = document.createElement('script');
    Object.assign(script, { src: `${url}/widget.js`, onload: resolve });
    Object.assign(script.dataset, { widget: 'other' });
    document.head.append(script);
  }), desk.url);
  expect(warnings).toEqual([expect.stringContaining('already')]);
  expect(await launcherOf(page).count()).toBe(1);
});

test('works from the head of a page whose body comes later, and as one that blocks', async () => {
  const site = await foreignSite(`<!doctype html><html lang="en"><head><title>A shop</title><link rel="icon" href="data:,"><script src="${desk.url}/widget.js" data-widget="website"></script></head><body><h1>A shop</h1></body></html>`);
  const page = await browser.newPage();
  closers.push(site.close, () => page.close());
  await page.goto(site.url);
  await (await openWidget(page)).waitForSelector('.dashboard');
});

test('sets no cookie on either side, not even when somebody writes', async () => {
  const { page } = await open();
  const frame = await openWidget(page);
  await frame.click('.dashboard button >> nth=0');
  await frame.locator('[data-focus]').first().waitFor();
  expect(await page.context().cookies()).toEqual([]);
  expect(await page.evaluate('document.cookie')).toBe('');
  expect(await frame.evaluate('document.cookie')).toBe('');
  expect(await page.evaluate(() => document.fonts.size)).toBe(0);
});

test('moves nothing on the page and keeps it from nothing, neither by itself nor when it is opened', async () => {
  const { page } = await open();
  await page.evaluate(() => {
    type Entry = PerformanceEntry & { value: number; hadRecentInput: boolean; scripts: { sourceURL: string; duration: number }[] };
    const disturbances: unknown[] = [];
    Object.assign(window, { disturbances });
    const watch = (type: string, tell: (entry: Entry) => void) =>
      new PerformanceObserver((list) => { for (const entry of list.getEntries() as Entry[]) tell(entry); }).observe({ type, buffered: true });
    watch('layout-shift', ({ value }) => disturbances.push(value));
    // What the page's long frames were long from, as far as it was our script.
    watch('long-animation-frame', ({ scripts }) => disturbances.push(...scripts.filter(({ sourceURL, duration }) => sourceURL.includes('/widget.js') && duration >= 50).map(({ duration }) => duration)));
  });
  await page.mouse.click(launcherPoint.x, launcherPoint.y);
  await expect.poll(() => page.frames()[1]?.locator('.dashboard').count()).toBe(1);
  await page.keyboard.press('Escape');
  await expect.poll(() => page.evaluate(() => document.activeElement?.localName)).toBe('plugboard-chat');
  expect(await page.evaluate('disturbances')).toEqual([]);
});

test('the whole API works against the desk: who somebody is, what goes on, and what the widget knows of it', async () => {
  const { page, said } = await open();
  const seen = () => page.evaluate<string[]>('seen');
  await page.evaluate(`window.seen = []; Plugboard.on('open', () => seen.push('open')); Plugboard.on('conversation:start', () => seen.push('start')); addEventListener('plugboard:identity:error', () => seen.push('identity:error')); 0`);
  await page.evaluate(`Promise.all([Plugboard.identify('u_1', { email: 'ada@example.test' }), Plugboard.identifyCompany('c_1', { plan: 'pro' }),
    Plugboard.setContext('cart', { label: 'Cart', type: 'list', value: ['Lamp'] }), Plugboard.clearContext('cart'), Plugboard.trackEvent('looked', { at: 'lamp' })])`);
  await expect.poll(() => page.evaluate('Plugboard.debug()')).toMatchObject({ widget: 'website', isOpen: false, session: 'present', contact: 'identified', userToken: 'absent' });
  await page.evaluate('Plugboard.identify("u_1", {}, { userToken: "not.a.token" })');
  await expect.poll(seen).toContain('identity:error');
  await page.evaluate('Plugboard.showNewMessage("Where is my lamp?")');
  const frame = await openWidget(page);
  await expect.poll(() => frame.locator('[contenteditable], textarea').first().evaluate((box) => (box as HTMLTextAreaElement).value ?? box.textContent)).toContain('Where is my lamp?');
  await frame.press('[contenteditable], textarea', 'Enter');
  await expect.poll(seen).toContain('start');
  expect((await seen()).filter((name) => name === 'open')).toHaveLength(1);
  await page.evaluate('Plugboard.shutdown()');
  await expect.poll(() => page.evaluate('Plugboard.debug().then(({ contact, waiting }) => [contact, waiting])')).toEqual(['none', 0]);
  expect(said.filter((line) => !line.includes('403'))).toEqual([]);
});
