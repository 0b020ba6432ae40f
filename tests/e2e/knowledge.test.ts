import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { spawnDesk, type DeskProcess } from '../support/desk-process.ts';
import { ownerOf, type Call } from '../support/plugins.ts';
import { OperatorPage } from './operator-page.ts';
import { problemsOf } from './screen-check.ts';
import { soon } from './soon.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let desk: DeskProcess;
let browser: Browser;
let operator: OperatorPage;
let page: Page;
let owner: Call;
let articleId = '';

beforeAll(async () => {
  [desk, browser] = await Promise.all([spawnDesk(), launchBrowser()]);
  owner = await ownerOf(desk.url);
  operator = await OperatorPage.signIn(browser, desk.url);
  page = operator.page;
});
afterAll(async () => {
  await browser?.close();
  await desk?.dispose();
});

const open = (path: string) => page.goto(`${desk.url}/admin/knowledge${path}`);
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const body = () => page.getByRole('textbox', { name: /^Text \(/ });
const preview = () => page.getByRole('region', { name: 'Preview' });
const saved = () => page.waitForResponse((response) => response.request().method() === 'PATCH' && response.url().includes('/articles/') && response.ok());
const read = async (locale: string) => (await owner('GET', `/api/v1/articles/${articleId}?locale=${locale}`)).body as { title: string; body: string; summary: string; status: string; locale: string };

async function ask(question: string, reader: string): Promise<void> {
  await open('/try');
  await page.getByRole('searchbox', { name: 'Question' }).fill(question);
  await page.getByRole('combobox', { name: 'As' }).click();
  await page.getByRole('option', { name: reader }).click();
  await button('Ask').click();
  await page.getByRole('heading', { name: /^An assistant would/ }).waitFor();
}

it('an empty desk says what articles are for, and begins one from a suggestion', async () => {
  await open('');
  await page.getByRole('heading', { name: 'Answer a question once, for everybody' }).waitFor();
  await button(/^Returns and refunds/).click();
  expect(await page.getByRole('textbox', { name: 'Title' }).inputValue()).toBe('Returns and refunds');
  await button('Start writing').click();
  await preview().getByRole('heading', { name: 'How to return something' }).waitFor();
  articleId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  expect(articleId).toMatch(/^[a-z2-7]{26}$/);
});

it('the preview follows the text, keys and tools write marks, undo takes them back', async () => {
  await body().fill('Parcels come back within thirty days.');
  await preview().getByText('Parcels come back within thirty days.').waitFor();
  await body().press('Control+a');
  await body().press('Control+b');
  expect(await body().inputValue()).toBe('**Parcels come back within thirty days.**');
  await preview().locator('strong').waitFor();
  await body().press('Control+z');
  await soon(() => body().inputValue()).toBe('Parcels come back within thirty days.');
  await body().press('End');
  await button('Callout').click();
  await page.getByRole('menuitem', { name: 'Tip' }).click();
  await soon(() => body().evaluate((field) => field === document.activeElement)).toBe(true);
  await page.keyboard.type('Keep the box.');
  await preview().getByRole('note').getByText('Keep the box.').waitFor();
  await body().press('End');
  await body().press('Enter');
  expect(await body().inputValue()).toBe('Parcels come back within thirty days.\n\n> [!tip]\n> Keep the box.\n> \n');
});

it('a picture that is dropped stands in the text', async () => {
  await page.locator('input[type=file]').setInputFiles({ name: 'label.png', mimeType: 'image/png', buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64') });
  await soon(() => body().inputValue()).toMatch(/!\[label\]\(\/api\/v1\/article-files\/[a-z2-7]{26}\)/);
  await soon(() => preview().locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
});

it('a second language is begun from the first; both are published in their own time', async () => {
  await page.getByRole('textbox', { name: 'Summary' }).fill('How long you have');
  await button('+ German').click();
  await button('Copy from English').click();
  await page.getByRole('textbox', { name: 'Title' }).fill('Rückgabe');
  await body().fill('Pakete gehen innerhalb von dreißig Tagen zurück.');
  // Languages are no leaving: what is unsaved in English is there when one comes back.
  await button(/^English/).click();
  expect(await page.getByRole('textbox', { name: 'Summary' }).inputValue()).toBe('How long you have');
  await button('Publish').click();
  await page.getByText('English is published for everybody').waitFor();
  expect(await read('en')).toMatchObject({ status: 'published', summary: 'How long you have' });
  expect(await read('de')).toMatchObject({ locale: 'de', status: 'draft', title: 'Rückgabe' });
  await button(/^German/).click();
  await button('Publish').click();
  await page.getByText('German is published for everybody').waitFor();
  expect(await read('de')).toMatchObject({ status: 'published' });
});

it('what is published is found, with its place and how sure it is; what is internal is not found by a visitor', async () => {
  await owner('POST', '/api/v1/articles', { title: 'Angry customers', body: 'Parcels that come back broken: offer a coupon of ten percent.', status: 'published', audience: 'internal', locale: 'en' });
  await ask('When do parcels come back?', 'A visitor');
  await page.getByRole('listitem').filter({ hasText: 'Parcels come back within thirty days' }).waitFor();
  expect(await page.getByRole('listitem').filter({ hasText: 'coupon' }).count()).toBe(0);
  await page.getByRole('combobox', { name: 'As' }).click();
  await page.getByRole('option', { name: 'Somebody of the team' }).click();
  await page.getByRole('listitem').filter({ hasText: 'coupon' }).getByText('Team only').waitFor();
});

it('who was slower sees what the other changed, and keeps both', async () => {
  await open(`/articles/${articleId}`);
  await page.getByRole('textbox', { name: 'Summary' }).fill('Mine');
  await owner('PATCH', `/api/v1/articles/${articleId}`, { locale: 'en', body: 'Parcels come back within forty days.' });
  await body().press('Control+s');
  const dialog = page.getByRole('dialog', { name: 'Somebody else saved this article' });
  await dialog.getByRole('region', { name: 'What they changed in the text' }).getByText('forty').waitFor();
  const isSaved = saved();
  await dialog.getByRole('button', { name: 'Keep mine' }).click();
  await isSaved;
  await dialog.waitFor({ state: 'hidden' });
  expect(await body().inputValue()).toBe('Parcels come back within forty days.');
  expect(await read('en')).toMatchObject({ summary: 'Mine', body: 'Parcels come back within forty days.' });
});

it('an earlier version comes back', async () => {
  await button('Earlier versions').click();
  const sheet = page.getByRole('dialog', { name: 'Versions in English' });
  await sheet.getByRole('listitem').nth(2).getByRole('button').click();
  await sheet.getByRole('region', { name: 'Difference' }).waitFor();
  await sheet.getByRole('button', { name: 'Bring this version back' }).click();
  await sheet.waitFor({ state: 'hidden' });
  await soon(async () => (await read('en')).body).toContain('thirty days');
});

it('text that was not saved outlives the window', async () => {
  await body().fill('Typed and not saved');
  await soon(() => page.evaluate((id) => localStorage.getItem(`plugboard.article.${id}`), articleId)).toContain('Typed and not saved');
  page.once('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await button('Bring it back').click();
  expect(await body().inputValue()).toBe('Typed and not saved');
  expect(await problemsOf(page, 'all')).toEqual([]);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole('link', { name: 'Back to all articles' }).click();
  await button('Discard changes').click();
  await page.getByRole('table', { name: 'Articles' }).waitFor();
});

it('several articles are withdrawn at once, and that is taken back', async () => {
  const row = page.getByRole('row').filter({ hasText: 'Returns and refunds' });
  await page.getByRole('checkbox', { name: 'Select Returns and refunds' }).click();
  await button('Unpublish').click();
  await row.getByText('Draft', { exact: true }).first().waitFor();
  await button('Undo').click();
  await soon(async () => (await read('de')).status).toBe('published');
  await soon(async () => (await read('en')).status).toBe('published');
});

it('categories are made, moved with keys, and give back what lies in them', async () => {
  await open('/categories');
  await button('Add the first category').click();
  for (const [index, name] of ['Orders', 'Returns'].entries()) {
    if (index > 0) await button('Add category').first().click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill(name);
    await page.getByRole('dialog').getByRole('button', { name: 'Add category' }).click();
    await button(`Move ${name}`).waitFor();
  }
  const moved = page.waitForResponse((response) => response.request().method() === 'PATCH' && response.url().includes('/article-categories/') && response.ok());
  await button('Move Returns').press('ArrowRight');
  await moved;
  const categories = async () => (await owner('GET', '/api/v1/article-categories')).body as { data: { id: string; parentId: string | null; slug: string }[] };
  const { data: [orders, returns] } = await categories();
  expect(returns).toMatchObject({ slug: 'returns', parentId: orders?.id });
  await owner('PATCH', `/api/v1/articles/${articleId}`, { categoryId: returns?.id });
  await page.reload();
  await button('Actions for Returns').click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await button('Move Returns').waitFor({ state: 'detached' });
  expect((await owner('GET', `/api/v1/articles/${articleId}`)).body).toMatchObject({ categoryId: orders?.id });
});

it('a text is added as a source, answers, and is forgotten', async () => {
  await open('/sources');
  await button(/^Text/).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Opening hours');
  await page.getByRole('textbox', { name: 'Text' }).fill('The showroom is open on Saturdays from ten to four.');
  await page.getByRole('dialog').getByRole('button', { name: 'Add source' }).click();
  const row = page.getByRole('row').filter({ hasText: 'Opening hours' });
  await row.getByText('Ready').waitFor();
  await ask('Is the showroom open on Saturdays?', 'A visitor');
  await page.getByRole('listitem').filter({ hasText: 'from ten to four' }).waitFor();
  await open('/sources');
  await button('Actions for Opening hours').click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('heading', { name: 'Use what is already written' }).waitFor();
  await ask('Is the showroom open on Saturdays?', 'A visitor');
  expect(await page.getByText('from ten to four').count()).toBe(0);
});

it('a file that cannot be read says why, and the others go on', async () => {
  await open('/sources');
  await button(/^File/).click();
  await page.locator('input[type=file]').setInputFiles([
    { name: 'prices.md', mimeType: 'text/markdown', buffer: Buffer.from('# Prices\n\nA bag costs forty euros.') },
    { name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
  ]);
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('listitem').filter({ hasText: 'empty.txt' }).getByText('The file is empty.').waitFor();
  await dialog.getByRole('listitem').filter({ hasText: 'prices.md' }).getByText('Added, being read').waitFor();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('row').filter({ hasText: 'prices.md' }).waitFor();
  // The stale save is answered with 409, which browsers tell by themselves.
  expect(operator.said.filter((line) => !line.includes('409'))).toEqual([]);
});
