import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../tests/support/browser.ts';
import type { DeskProcess } from '../../tests/support/desk-process.ts';
import { chatDesk, editor, launcherOf, openWidget, Operator, say, siteWith, states } from './visitor.ts';

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

interface Entry { file: string; css?: string[]; imports?: string[] }
const manifestPath = new URL('../../plugins/chat/dist/widget/manifest.json', import.meta.url);

/** The files that `weight.test.ts` weighs. */
async function weighed(theme: string | null, entry = 'app/main.ts', withImports = true): Promise<string[]> {
  const manifest = JSON.parse(await readFile(manifestPath, 'utf8')) as Record<string, Entry>;
  const filesOf = (name: string): string[] => {
    const { file, css = [], imports = [] } = manifest[name] ?? { file: `no ${name}` };
    return [file, ...css, ...(withImports ? imports.flatMap(filesOf) : [])];
  };
  return [...filesOf(entry), ...(theme ? filesOf(theme) : [])].map((file) => `/widget/assets/${file}`);
}

test.each([['plugboard', null], ['contrast', '../themes/contrast/tokens.css']])('a visitor\'s browser loads what is weighed, and nothing else: theme %s', async (theme, themeEntry) => {
  const { data: [widget] } = await operator.call<{ data: { id: string }[] }>('GET', '/widgets');
  await operator.call('PATCH', `/widgets/${widget?.id}`, { appearance: { theme } });
  const site = await siteWith(desk);
  const context = await browser.newContext({ locale: 'en-US' });
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', (request) => { if (!request.url().startsWith(site.url)) asked.push(request.url().replace(desk.url, '').replace(/\?.*/, '')); });
  try {
    await page.goto(site.url);
    await launcherOf(page).waitFor({ state: 'attached' });
    const frame = await openWidget(page);
    await frame.click('text=Send us a message');
    await frame.waitForSelector(editor);
    await frame.click('.menu-place button');
    await page.keyboard.press('Escape');
    const parts = await weighed(themeEntry);
    expect(asked.toSorted()).toEqual(['/widget.js', '/api/sdk/config', '/widget/website', ...parts].toSorted());
    // Emoji come to those who ask for them.
    await frame.click('.emoji-place button');
    await frame.waitForSelector('.emojis button');
    await page.keyboard.press('Escape');
    parts.push(...await weighed(null, 'app/components/EmojiGrid.vue', false));
    await say(frame, 'Hello');
    await expect.poll(() => states(frame)).toHaveLength(1);
    expect(asked.filter((path) => path.startsWith('/widget/assets/')).toSorted()).toEqual(parts.toSorted());
  } finally {
    await context.close();
    await site.close();
  }
});
