import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { VisitorDesk } from '../../plugins/chat/tests/visitor-desk.ts';
import { foreignSite, launchBrowser, watchConsole } from '../../tests/support/browser.ts';
import { expectFit } from './fit.ts';
import { editor, openWidget, say, states } from './visitor.ts';

let desk: VisitorDesk;
let browser: Browser;
let context: BrowserContext;

beforeAll(async () => { [desk, browser] = await Promise.all([VisitorDesk.start(), launchBrowser()]); });
afterAll(async () => {
  await browser?.close();
  await desk?.stop();
});
afterEach(() => context.close());
let people = 0;

const looks = [
  { locale: 'en-US', colorScheme: 'light', viewport: { width: 400, height: 640 }, theme: 'plugboard' },
  { locale: 'ar', colorScheme: 'dark', viewport: { width: 320, height: 640 }, theme: 'plugboard' },
  { locale: 'ar', colorScheme: 'light', viewport: { width: 320, height: 256 }, theme: 'plugboard' },
  { locale: 'de-DE', colorScheme: 'dark', viewport: { width: 400, height: 640 }, theme: 'contrast' },
  { locale: 'de-DE', colorScheme: 'light', viewport: { width: 320, height: 256 }, theme: 'contrast' },
] as const;

async function giveDetails(page: Page, email: string): Promise<void> {
  await page.fill('.identity input[autocomplete=name]', 'Ada Lovelace');
  await page.fill('.identity input[type=email]', email);
  await page.press('.identity input[type=email]', 'Enter');
  await page.waitForSelector('.field.is-code');
}

test.each(looks)('who somebody is can be told on every screen: $locale, $colorScheme, $viewport, $theme', async ({ locale, colorScheme, viewport, theme }) => {
  const email = `ada.lovelace.of.the.analytical.engine${(people += 1)}@a-rather-long-domain.example.com`;
  await desk.change({ security: { requireAuthentication: true }, appearance: { theme } });
  context = await browser.newContext({ locale, colorScheme, viewport });
  const page = await context.newPage();
  const frame = page.mainFrame();
  const said = watchConsole(page);
  await page.goto(`${desk.desk.url}/widget/website`);
  await page.click('main .row');
  await page.waitForSelector('.identity');
  await expectFit(page, frame);
  await page.click('.identity .main-button');
  await page.waitForSelector('.field-failure');
  await expectFit(page, frame);
  await giveDetails(page, email);
  await expectFit(page, frame);
  await page.locator('.field.is-code').pressSequentially('12');
  await page.press('.field.is-code', 'Enter');
  await page.waitForSelector('.field-failure');
  await expectFit(page, frame);
  await page.locator('.field.is-code').fill(await desk.code(email));
  await page.waitForSelector(editor);
  await say(frame, 'Hello');
  await expect.poll(() => states(frame)).toHaveLength(1);
  await expect.poll(() => page.locator('.saved-details').count()).toBe(1);
  await expectFit(page, frame);
  await page.click('.menu-place button');
  await expectFit(page, frame);
  await page.click('[role=menuitem]');
  await page.waitForSelector('.notice');
  await expectFit(page, frame);
  await page.click('.notice .main-button');
  await expect.poll(() => page.locator('.notice .main-button').count()).toBe(0);
  await expectFit(page, frame);
  expect(said).toEqual([]);
}, 120_000);

test.each(looks)('the card that asks after the first message: $locale, $colorScheme, $viewport, $theme', async ({ locale, colorScheme, viewport, theme }) => {
  await desk.change({ security: { requireAuthentication: false }, appearance: { theme } });
  context = await browser.newContext({ locale, colorScheme, viewport });
  const page = await context.newPage();
  const frame = page.mainFrame();
  await page.goto(`${desk.desk.url}/widget/website`);
  await page.click('main .row');
  await say(frame, 'Hello');
  await page.waitForSelector('.card-place');
  await expectFit(page, frame);
  await page.click('.identity .main-button');
  await page.waitForSelector('.field-failure');
  await expectFit(page, frame);
  await giveDetails(page, `ada${(people += 1)}@example.com`);
  await expectFit(page, frame);
}, 120_000);

test.each([['sidebar', 'en-US', 'light'], ['full', 'ar', 'dark'], ['popup', 'de-DE', 'dark']] as const)('as a window on a page, %s, %s, %s', async (mode, locale, colorScheme) => {
  await desk.change({ security: { requireAuthentication: false }, appearance: { type: mode === 'sidebar' ? 'sidebar' : 'popup', theme: 'plugboard' } });
  const site = await foreignSite(`<!doctype html><html lang="en"><meta charset="utf-8"><title>A shop</title><link rel="icon" href="data:,"><main><h1>A shop</h1></main>
    <script>window.plugboardAsyncInit = () => Plugboard.init({ baseURL: '${desk.desk.url}', hash: 'website', defaultMode: '${mode}' })</script><script src="${desk.desk.url}/widget.js" async></script></html>`);
  context = await browser.newContext({ locale, colorScheme, viewport: { width: 1_024, height: 700 } });
  const page = await context.newPage();
  try {
    await page.goto(site.url);
    const frame = await openWidget(page);
    const size = await frame.evaluate(() => [innerWidth, innerHeight]);
    if (mode === 'full') await expect.poll(() => frame.evaluate(() => [innerWidth, innerHeight])).toEqual([1_000, 676]);
    else expect(size).toEqual(mode === 'sidebar' ? [400, 700] : [400, 596]);
    await expectFit(page, frame);
    await frame.click('main .row');
    await say(frame, 'Hello');
    await frame.waitForSelector('.card-place');
    await expectFit(page, frame);
    await frame.click('.menu-place button');
    await expectFit(page, frame);
  } finally {
    await site.close();
  }
}, 120_000);
