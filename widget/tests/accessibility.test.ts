import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, watchConsole } from '../../tests/support/browser.ts';
import type { DeskProcess } from '../../tests/support/desk-process.ts';
import { expectFit } from './fit.ts';
import { chatDesk, Operator, say, states } from './visitor.ts';

let desk: DeskProcess;
let operator: Operator;
let browser: Browser;

beforeAll(async () => {
  [desk, browser] = await Promise.all([chatDesk(), launchBrowser()]);
  operator = await Operator.signIn(desk.url);
});
afterAll(async () => {
  await browser.close();
  await desk.dispose();
});

const looks = [
  { locale: 'en-US', colorScheme: 'light', width: 400, color: '#06548c' },
  { locale: 'de-DE', colorScheme: 'dark', width: 400, color: '#06548c' },
  { locale: 'ar', colorScheme: 'light', width: 320, color: '#ffd400' },
  { locale: 'ar', colorScheme: 'dark', width: 320, color: '#7a7a7a' },
  // 1 280 × 1 024 at 400 %
  { locale: 'de-DE', colorScheme: 'light', width: 320, height: 256, color: '#06548c' },
] as const;

test.each(looks)('every screen is accessible and fits: $locale, $colorScheme, $width px, $color', async ({ locale, colorScheme, width, color, ...rest }) => {
  const { data: [widget] } = await operator.call<{ data: { id: string }[] }>('GET', '/widgets');
  await operator.call('PATCH', `/widgets/${widget?.id}`, { appearance: { color } });
  const context = await browser.newContext({ locale, colorScheme, viewport: { width, height: 640, ...rest } });
  const page = await context.newPage();
  const said = watchConsole(page);
  await page.goto(`${desk.url}/widget/website`);
  const frame = page.mainFrame();
  await frame.waitForSelector('.dashboard');
  await expectFit(page, frame);

  await frame.click('main .row');
  await say(frame, `${locale} ${colorScheme} **bold** \`code\` https://example.com/${'long'.repeat(40)}`);
  await expect.poll(async () => (await states(frame)).length).toBe(1);
  const own = async () => (await operator.conversations()).find(({ snippet }) => snippet.startsWith(`${locale} ${colorScheme}`));
  await expect.poll(own, { timeout: 10_000 }).toBeDefined();
  await operator.write((await own())?.id ?? '', 'An *answer*');
  await frame.waitForSelector('.message:not(.is-mine)');
  await expectFit(page, frame);
  await frame.click('.menu-place button');
  await expectFit(page, frame);
  await page.keyboard.press('Escape');
  await frame.click('.emoji-place button');
  await frame.waitForSelector('.emojis button:focus');
  await expectFit(page, frame);
  await page.keyboard.press('Escape');
  await frame.click('.header .icon-button');
  await frame.waitForSelector('section[aria-labelledby="conversations"]');
  await expectFit(page, frame);
  expect(said).toEqual([]);
  await context.close();
}, 90_000);
