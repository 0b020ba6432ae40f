import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { launchBrowser, watchConsole } from '../support/browser.ts';
import { spawnDesk, type DeskProcess } from '../support/desk-process.ts';
import { signInTo } from '../support/sign-in.ts';
import { soon } from './soon.ts';

vi.setConfig({ testTimeout: 60_000 });

let desk: DeskProcess;
let browser: Browser;
let headers: Record<string, string>;

beforeAll(async () => {
  [desk, browser] = await Promise.all([spawnDesk(), launchBrowser()]);
  headers = await signInTo(desk.url);
});
afterAll(async () => {
  await browser?.close();
  await desk?.dispose();
});

type Options = NonNullable<Parameters<Browser['newContext']>[0]>;
interface Visit { page: Page; said: string[]; context: BrowserContext }

/** Opens the page as the owner or as nobody, and closes it afterwards. */
async function visit(options: Options & { isSignedIn?: boolean; hash?: string }, read: (visit: Visit) => Promise<void>): Promise<void> {
  const { isSignedIn = false, hash = '', ...rest } = options;
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1440, height: 900 }, ...rest });
  context.setDefaultTimeout(20_000);
  const [name = '', value = ''] = (headers.Cookie ?? '').split('=');
  if (isSignedIn) await context.addCookies([{ name, value, url: desk.url }]);
  const page = await context.newPage();
  const said = watchConsole(page);
  try {
    await page.goto(`${desk.url}/api/docs${hash}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await read({ page, said, context });
  } finally {
    await context.close();
  }
}

const send = (page: Page) => page.getByRole('button', { name: 'Send', exact: true }).click();
const answer = (page: Page) => page.getByRole('region', { name: 'Content of the answer' });
const isNarrowEnough = (page: Page) => page.evaluate('document.documentElement.scrollWidth <= innerWidth');

async function violations(page: Page, part = 'html'): Promise<string[]> {
  const found = await new AxeBuilder({ page }).include(part).analyze();
  return found.violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.html.slice(0, 160)}`));
}

it('is found by search, read, and tried with the session of whoever is signed in', () => visit({ isSignedIn: true }, async ({ page, said }) => {
  await page.keyboard.press('/');
  await page.keyboard.type('brands post');
  await page.getByText('Operations: 1', { exact: true }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Make a brand' }).waitFor();
  expect(new URL(page.url()).hash).toBe('#postBrands');
  expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
  const body = page.getByRole('region', { name: 'Fields: Body' });
  await body.getByRole('row', { name: /^name required string Length 1 – 200$/ }).waitFor();

  await page.getByLabel('JSON').fill(JSON.stringify({ name: 'Second brand', slug: 'second' }));
  await send(page);
  await page.getByText('201 Created').waitFor();
  await soon(() => answer(page).textContent()).toContain('"slug": "second"');
  await page.getByText(/^Headers \(\d+\)$/).click();
  await page.getByRole('row', { name: 'content-type application/json; charset=utf-8' }).waitFor();
  expect(said).toEqual([]);
}));

it('shows a problem as a sentence with its fields, and asks before something is removed', () => visit({ isSignedIn: true, hash: '#postBrands' }, async ({ page, said }) => {
  await page.getByLabel('JSON').fill('{"name": ');
  await send(page);
  expect(await page.getByLabel('JSON').evaluate((field: HTMLTextAreaElement) => field.validationMessage)).toContain('not JSON yet');
  await page.getByLabel('JSON').fill('{"name": "", "slug": "third"}');
  await send(page);
  await page.getByText('Code invalid').waitFor();
  await page.getByRole('listitem').filter({ hasText: /^name / }).waitFor();
  expect(said.splice(0)).toEqual([expect.stringContaining('400')]);

  await page.goto(`${desk.url}/api/docs#deleteBrandsById`);
  await page.getByLabel('id path').fill('abcdefghijklmnopqrstuvwxyz');
  await send(page);
  const dialog = page.getByRole('dialog', { name: 'Send this?' });
  await dialog.getByText('DELETE /api/v1/brands/abcdefghijklmnopqrstuvwxyz').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(said).toEqual([]);
}));

it('takes a token, which is nowhere but in the page', () => visit({ hash: '#getTokens' }, async ({ page, context }) => {
  const made = await fetch(`${desk.url}/api/v1/tokens`, { method: 'POST', headers, body: JSON.stringify({ name: 'Docs', scopes: ['*'] }) });
  const { token } = await made.json() as { token: string };
  await page.getByText('Not signed in').click();
  await page.getByLabel('API token').fill(token);
  await page.getByRole('button', { name: 'Use token' }).click();
  await send(page);
  await page.getByText('200 OK').waitFor();
  await soon(() => answer(page).textContent()).toContain('"name": "Docs"');
  expect(await page.content()).not.toContain(token);
  expect(JSON.stringify(await context.storageState())).not.toContain(token);
  await page.reload();
  await page.getByText('Not signed in').waitFor();
}));

it.each([['light', 1440], ['dark', 1440], ['light', 390], ['dark', 390]] as const)('is fit for everybody: %s, %i wide', (colorScheme, width) =>
  visit({ colorScheme, viewport: { width, height: 844 }, isSignedIn: true }, async ({ page, said }) => {
    expect(await violations(page)).toEqual([]);
    expect(await isNarrowEnough(page)).toBe(true);
    await page.goto(`${desk.url}/api/docs#patchConversationsById`);
    await page.getByRole('heading', { name: 'Body' }).waitFor();
    expect(await isNarrowEnough(page)).toBe(true);
    await page.goto(`${desk.url}/api/docs#getConversations`);
    await page.getByRole('heading', { level: 1, name: 'A page of the inbox' }).waitFor();
    await send(page);
    await answer(page).waitFor();
    expect(await violations(page, 'main')).toEqual([]);
    expect(await isNarrowEnough(page)).toBe(true);
    expect(said).toEqual([]);
  }));

it('speaks the language of its reader, and another when told', () => visit({ locale: 'ar' }, async ({ page, said }) => {
  expect(await page.evaluate('document.dir')).toBe('rtl');
  await page.getByRole('combobox').selectOption('de');
  await page.getByRole('heading', { level: 1, name: 'Plugboard-API' }).waitFor();
  expect(await page.evaluate('[document.documentElement.lang, document.dir].join()')).toBe('de,ltr');
  await page.goto(`${desk.url}/api/docs#noSuchThing`);
  await page.getByText('Diese Operation gibt es nicht.').waitFor();
  expect(said).toEqual([]);
}));

it('comes with a strict policy', async () => {
  const response = await fetch(`${desk.url}/api/docs`);
  expect(response.headers.get('Content-Security-Policy')).toMatch(/script-src 'self';.*object-src 'none'.*frame-ancestors 'none'/);
  expect(response.headers.get('Cache-Control')).toBe('no-store');
  const [script = ''] = /\/api\/docs\/assets\/index-[\w-]+\.js/.exec(await response.text()) ?? [];
  const file = await fetch(desk.url + script, { headers: { 'Accept-Encoding': 'br' } });
  expect(file.headers.get('Cache-Control')).toContain('immutable');
  expect(file.headers.get('Content-Encoding')).toBe('br');
});
