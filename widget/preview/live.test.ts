import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { foreignSite, launchBrowser, watchConsole } from '../../tests/support/browser.ts';
import type { DeskProcess } from '../../tests/support/desk-process.ts';
import { signInTo } from '../../tests/support/sign-in.ts';
import { chatDesk } from '../tests/visitor.ts';

let desk: DeskProcess;
let browser: Browser;
let preview: { launcher: Record<string, unknown>; app: Record<string, unknown> };

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

beforeAll(async () => {
  if (!existsSync(at('plugins/chat/dist/live/manifest.json'))) await build({ configFile: at('widget/preview/vite.config.ts'), logLevel: 'silent' });
  [desk, browser] = await Promise.all([chatDesk(), launchBrowser()]);
  const headers = await signInTo(desk.url);
  const { data } = await (await fetch(`${desk.url}/api/v1/widgets`, { headers })).json() as { data: { id: string }[] };
  const body = JSON.stringify({ locale: 'ar', draft: { appearance: { color: '#8a1538', position: 'left', type: 'sidebar' } } });
  preview = await (await fetch(`${desk.url}/api/v1/widgets/${data[0]?.id}/preview`, { method: 'POST', headers, body })).json() as typeof preview;
});
afterAll(async () => {
  await browser.close();
  await desk.dispose();
});

/** A page of the desk that frames the live page, as the admin does; every frame keeps what it was told. */
async function parentPage(url = `${desk.url}/widget/website/preview`): Promise<{ page: Page; said: string[] }> {
  const page = await (await browser.newContext({ locale: 'en-US' })).newPage();
  await page.addInitScript(() => {
    const heard: unknown[] = [];
    Object.assign(window, { heard });
    addEventListener('message', ({ data }) => heard.push(data));
  });
  const said = watchConsole(page);
  await page.goto(url);
  await page.evaluate((src) => {
    const frame = document.createElement('iframe');
    frame.id = 'live';
    frame.src = src;
    document.body.append(frame);
  }, `${desk.url}/widget/website/live`);
  return { page, said };
}

const liveOf = (page: Page) => page.frames().find((frame) => frame.url().endsWith('/live'));
const innerOf = (page: Page) => page.frames().find((frame) => frame.url().includes('preview=1'));
const heard = (page: Page, type: string) => page.evaluate((wanted) => (window as unknown as { heard: { type: string }[] }).heard.filter((message) => message?.type === wanted), type);
const tell = (page: Page, message: object) => page.evaluate((given) => {
  document.querySelector<HTMLIFrameElement>('#live')?.contentWindow?.postMessage({ plugboard: 1, type: 'preview', ...given }, '*');
}, message);
/** The launcher's root is closed; its host tells what it was drawn with. */
const drawn = async (page: Page) => liveOf(page)?.evaluate(() => {
  const host = document.querySelector<HTMLElement>('plugboard-chat');
  return { color: host?.style.getPropertyValue('--c'), dir: host?.dir, lang: host?.lang, mode: document.documentElement.dataset.mode };
});

test('what the admin\'s page says is drawn at once, in the one frame that stays', async () => {
  const { page, said } = await parentPage();
  await expect.poll(() => heard(page, 'preview:ready')).toHaveLength(1);
  expect(innerOf(page)).toBeUndefined();
  await tell(page, { ...preview, mode: 'dark', screen: 'dashboard' });
  await expect.poll(() => drawn(page)).toEqual({ color: '#8a1538', dir: 'rtl', lang: 'ar', mode: 'dark' });
  await expect.poll(() => innerOf(page)?.url()).toContain('/widget/website?preview=1');
  const inner = innerOf(page);
  const told = () => inner?.evaluate(() => (window as unknown as { heard: { type: string; mode: string; screen: string; app: { locale: string } | null }[] }).heard.filter(({ type }) => type === 'preview').at(-1));
  await expect.poll(told).toMatchObject({ mode: 'dark', screen: 'dashboard', app: { locale: 'ar' } });
  await tell(page, { mode: 'light', screen: 'conversation' });
  await expect.poll(told).toMatchObject({ mode: 'light', screen: 'conversation', app: { locale: 'ar' } });
  expect(innerOf(page)).toBe(inner);
  expect(said).toEqual([]);
});

test('the real widget shows what is not saved, asks the desk for nothing, and leaves the focus to whoever types', async () => {
  const { page } = await parentPage();
  await expect.poll(() => heard(page, 'preview:ready')).toHaveLength(1);
  await page.evaluate(() => {
    const field = document.createElement('input');
    field.id = 'field';
    document.body.append(field);
    field.focus();
  });
  const app = preview.app as { widget: object };
  const draft = (over: object) => ({ ...preview, app: { ...app, widget: { ...app.widget, ...over } }, mode: 'light' });
  await tell(page, { ...draft({ welcomeMessage: 'Not saved yet' }), screen: 'dashboard' });
  await expect.poll(() => innerOf(page)?.getByText('Not saved yet').count()).toBe(1);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const buttons = [{ id: 'ask', icon: null, name: 'Ask', description: '', openingMessage: 'How can we help you today?' }];
  await tell(page, { ...draft({ buttons }), screen: 'conversation' });
  await expect.poll(() => innerOf(page)?.getByText('How can we help you today?').count()).toBe(1);
  await tell(page, { ...draft({ requiresAuthentication: true }), screen: 'authentication' });
  await expect.poll(() => innerOf(page)?.locator('input[type=email]').count()).toBe(1);
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('field');
  expect(asked).toEqual([]);
});

test('the launcher opens and closes it, and the admin\'s page is told', async () => {
  const { page } = await parentPage();
  await expect.poll(() => heard(page, 'preview:ready')).toHaveLength(1);
  await liveOf(page)?.evaluate(() => document.querySelector('plugboard-chat')?.scrollIntoView());
  const frame = await page.locator('#live').elementHandle();
  await frame?.evaluate((element) => { Object.assign(element, { width: '400', height: '300' }); element.scrollIntoView(); });
  const box = await frame?.boundingBox();
  if (!box) throw new Error('no frame');
  await page.mouse.click(box.x + box.width - 50, box.y + box.height - 45);
  await expect.poll(() => heard(page, 'preview:screen')).toMatchObject([{ screen: 'dashboard' }]);
});

test('nobody else is listened to', async () => {
  const { page } = await parentPage();
  await expect.poll(() => heard(page, 'preview:ready')).toHaveLength(1);
  const before = await drawn(page);
  await liveOf(page)?.evaluate((message) => window.postMessage(message, '*'), { plugboard: 1, type: 'preview', ...preview, mode: 'dark', screen: 'dashboard' });
  await expect.poll(() => liveOf(page)?.evaluate(() => (window as unknown as { heard: unknown[] }).heard.length)).toBe(1);
  expect(await drawn(page)).toEqual(before);

  const site = await foreignSite('<!doctype html><title>Other</title><body></body>');
  const { page: foreign } = await parentPage(site.url);
  await expect.poll(() => foreign.frames().length).toBe(2);
  await expect.poll(() => foreign.frames()[1]?.url()).toContain('chrome-error:');
  await site.close();
});
