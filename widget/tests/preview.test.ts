import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, afterEach, expect, test } from 'vitest';
import { launchBrowser, watchConsole } from '../../tests/support/browser.ts';
import type { DeskProcess } from '../../tests/support/desk-process.ts';
import type { PageConfig } from '../app/page-config.ts';
import { chatDesk, editor, mine } from './visitor.ts';

let desk: DeskProcess;
let browser: Browser;
let page: Page;
let frame: Frame;
let app: PageConfig;
let asked: string[];
let said: string[];

beforeAll(async () => { [desk, browser] = await Promise.all([chatDesk(), launchBrowser()]); });
afterAll(async () => {
  await browser.close();
  await desk.dispose();
});
beforeEach(async () => {
  page = await browser.newPage({ locale: 'en-US' });
  said = watchConsole(page);
  await page.goto(`${desk.url}/widget/website?locale=en`);
  await page.evaluate(() => {
    const holder = document.createElement('iframe');
    holder.src = '/widget/website?preview=1&locale=en';
    holder.width = '400';
    holder.height = '640';
    window.addEventListener('message', (event: MessageEvent<{ type?: string }>) => { if (event.data?.type === 'preview:ready') document.title = 'ready'; });
    document.body.replaceChildren(holder);
  });
  await page.waitForFunction(() => document.title === 'ready');
  frame = page.frames()[1] as Frame;
  app = JSON.parse(await frame.textContent('#config') ?? '') as PageConfig;
  asked = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('websocket', (socket) => asked.push(socket.url()));
});
afterEach(async () => {
  expect(said).toEqual([]);
  await page.close();
});

const show = (change: { widget?: Partial<PageConfig['widget']>; texts?: Record<string, string>; locale?: string; dir?: 'ltr' | 'rtl' }, rest: Record<string, unknown> = {}) =>
  page.evaluate((message) => document.querySelector('iframe')?.contentWindow?.postMessage(message, location.origin), {
    plugboard: 1, type: 'preview', ...rest, app: { ...app, ...change, widget: { ...app.widget, ...change.widget }, texts: { ...app.texts, ...change.texts } },
  });

test('draws every change at once, without a reload and without a request', async () => {
  await show({ widget: { welcomeMessage: 'Ahoy!', color: '#ffd400', externalLinks: [{ icon: null, label: 'Status', url: 'https://status.test/' }] } });
  await expect.poll(() => frame.textContent('h1')).toBe('Ahoy!');
  expect(await frame.textContent('section[aria-labelledby="links"] a')).toContain('Status');
  expect(await frame.evaluate(() => document.documentElement.style.getPropertyValue('--brand-ink'))).toBe('#000000');

  await show({ dir: 'rtl', locale: 'ar', texts: { 'sample.answer': 'نعم', 'composer.placeholder': 'اكتب' } }, { mode: 'dark', screen: 'conversation' });
  await frame.waitForSelector(editor);
  await expect.poll(() => frame.locator('.bubble').allTextContents()).toContain('نعم');
  expect(await frame.evaluate(() => [document.documentElement.dir, document.documentElement.dataset.mode])).toEqual(['rtl', 'dark']);
  await show({ texts: { 'sample.answer': 'Other words' } }, { screen: 'conversation' });
  await expect.poll(() => frame.locator('.bubble').allTextContents()).toContain('Other words');

  await frame.locator(editor).pressSequentially('**tried**');
  await frame.press(editor, 'Enter');
  await expect.poll(() => mine(frame)).toContain('tried');
  await show({}, { screen: 'authentication' });
  await frame.fill('.identity input[type=email]', 'ada@example.com');
  await frame.press('.identity input[type=email]', 'Enter');
  await frame.waitForSelector('.field.is-code');
  expect(asked).toEqual([]);
  expect(await frame.evaluate(() => localStorage.length)).toBe(0);
});

test('hears its own origin only', async () => {
  await frame.evaluate(() => window.postMessage({ plugboard: 1, type: 'preview', screen: 'conversation' }, '*'));
  await show({ widget: { welcomeMessage: 'Heard' } });
  await expect.poll(() => frame.textContent('h1')).toBe('Heard');
});
