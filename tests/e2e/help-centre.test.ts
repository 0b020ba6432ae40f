import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { ChatDesk } from './chat-desk.ts';
import { problemsOf } from './screen-check.ts';
import { soon } from './soon.ts';
import { VisitorPage } from './visitor-page.ts';

vi.setConfig({ testTimeout: 60_000 });

let desk: ChatDesk;
let browser: Browser;
const contexts: BrowserContext[] = [];
const body = `# Before you start

Have your order number at hand: \`NW-1\`.

# What it costs

| Country | Cost | Time | Carrier | Largest size | Notes on what has to be filled in |
|---|--:|:-:|---|---|---|
| Germany | free | 3 days | DHL | 120 × 60 × 60 cm | nothing at all, not even your name |

# When you get your money

> [!tip]
> Within five days.

\`\`\`
${'a long line of code '.repeat(20)}
\`\`\`
`;

beforeAll(async () => {
  [desk, browser] = await Promise.all([ChatDesk.start(), launchBrowser()]);
  const make = (path: string, more: Record<string, unknown>) => desk.ask<{ id: string }>('POST', path, more);
  const category = await make('/article-categories', { icon: 'truck', texts: { en: { name: 'Returns', description: 'Sending things back.' }, de: { name: 'Rückgabe', description: '' }, ar: { name: 'الإرجاع', description: '' } } });
  const article = { locale: 'en', status: 'published', categoryId: category.id };
  const refunds = await make('/articles', { ...article, title: 'Refunds & returns', slug: 'refunds', body, isPinned: true });
  await desk.ask('PATCH', `/articles/${refunds.id}`, { locale: 'de', title: 'Erstattungen', slug: 'erstattungen', body: '# Eins\n\nText.', status: 'published' });
  await make('/articles', { ...article, title: 'Repairs', body: 'We repair what we sold.' });
});
afterAll(async () => {
  for (const context of contexts) await context.close();
  await browser?.close();
  await desk?.stop();
});

/** A browser that measures what moves. */
async function visit(path: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<VisitorPage> {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1_280, height: 800 }, ...options });
  context.setDefaultTimeout(20_000);
  contexts.push(context);
  await context.addInitScript(`window.shifts = []; new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts.push(entry.value); }).observe({ type: 'layout-shift', buffered: true })`);
  return VisitorPage.arrive(context, desk.url + path);
}
const shifts = (page: Page): Promise<number> => page.evaluate('window.shifts.reduce((sum, value) => sum + value, 0)');
const field = (page: Page) => page.getByRole('combobox', { name: 'Search the help centre' });
const options = (page: Page) => page.getByRole('option').allTextContents();

it('finds an article with the keyboard alone, also with a slip of the keys, and nothing moves', async () => {
  const { page, said } = await visit('/');
  await page.keyboard.press('/');
  await page.keyboard.type('refnuds');
  await soon(() => options(page)).toEqual(['Refunds & returnsReturns', 'Show all results for “refnuds”']);
  expect(await field(page).getAttribute('aria-expanded')).toBe('true');
  await page.keyboard.press('Escape');
  expect(await page.getByRole('listbox').count()).toBe(0);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  const active = await field(page).getAttribute('aria-activedescendant');
  expect(await page.locator(`[id="${active}"]`).getAttribute('aria-selected')).toBe('true');
  expect(await problemsOf(page, 'looks')).toEqual([]);
  await page.setViewportSize({ width: 1_280, height: 800 });
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Refunds & returns' }).waitFor();
  expect(await shifts(page)).toBeLessThan(0.02);
  await page.getByRole('navigation', { name: 'On this page' }).getByRole('link', { name: 'When you get your money' }).click();
  expect(new URL(page.url()).hash).toBe('#h-when-you-get-your-money');
  expect(said).toEqual([]);
});

it('waits for a word that is still being composed', async () => {
  const { page } = await visit('/portal/support/articles');
  const asked: string[] = [];
  page.on('request', (request) => { if (request.url().includes('search.json')) asked.push(new URL(request.url()).searchParams.get('q') ?? ''); });
  const devtools = await page.context().newCDPSession(page);
  await field(page).focus();
  await devtools.send('Input.imeSetComposition', { text: 'repa', selectionStart: 4, selectionEnd: 4 });
  await devtools.send('Input.insertText', { text: 'repair' });
  await soon(() => options(page)).toHaveLength(2);
  expect(asked).toEqual(['repair']);
});

it('works without scripts: searching, reading and rating', async () => {
  const { page } = await visit('/', { javaScriptEnabled: false });
  await page.getByRole('searchbox', { name: 'Search the help centre' }).fill('repair');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('heading', { name: 'Results for “repair”' }).waitFor();
  await page.getByRole('link', { name: 'Repairs' }).click();
  await page.getByRole('button', { name: 'Yes' }).click();
  await page.getByText('We are glad that it helped').waitFor();
  expect(await page.getByRole('button').count()).toBe(0);
  await page.locator('.languages summary').click();
  await page.getByRole('link', { name: 'Deutsch' }).click();
  await page.getByRole('heading', { name: 'War das hilfreich?' }).waitFor();
});

it('takes a no, thanks, and leads to the chat with the article\'s name', async () => {
  const visitor = await visit('/portal/support/articles/refunds');
  const { page } = visitor;
  await page.getByRole('button', { name: 'No' }).click();
  await page.getByText('We will make this article better').waitFor();
  expect(await page.getByRole('button', { name: 'No' }).isVisible()).toBe(false);
  expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('status');
  const { data } = await desk.ask<{ data: { rating: unknown }[] }>('GET', '/articles?q=Refunds');
  expect(data[0]?.rating).toEqual({ up: 0, down: 1 });
  await page.getByRole('button', { name: 'Tell us what is missing' }).click();
  await soon(() => page.frames().length).toBe(2);
  await soon(() => visitor.widget.getByRole('textbox').textContent()).toContain('About “Refunds & returns”:');
  expect(visitor.said).toEqual([]);
});

it('changes its language, address and direction with the reader', async () => {
  const { page, said } = await visit('/portal/support/articles/refunds');
  const choose = async (name: string) => {
    await page.locator('.languages summary').click();
    await page.getByRole('link', { name, exact: true }).click();
  };
  await choose('Deutsch');
  await page.getByRole('heading', { level: 1, name: 'Erstattungen' }).waitFor();
  expect(page.url()).toBe(`${desk.url}/portal/support/articles/erstattungen?lang=de`);
  await page.getByRole('link', { name: 'Rückgabe' }).click();
  await page.getByRole('heading', { level: 1, name: 'Rückgabe' }).waitFor();
  await page.goBack();
  await choose('العربية');
  await page.locator('.foreign').waitFor();
  expect(await page.evaluate(() => [document.documentElement.dir, document.querySelector('.article-text')?.getAttribute('dir')])).toEqual(['rtl', 'ltr']);
  expect(await problemsOf(page, 'all')).toEqual([]);
  await page.goto(`${desk.url}/portal/support/articles/erstattungen`);
  expect(page.url()).toBe(`${desk.url}/portal/support/articles/refunds`);
  expect(said).toEqual([]);
});

it('reads well on a phone: contents folded, wide parts scroll in their place', async () => {
  const { page } = await visit('/portal/support/articles/refunds', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  expect(await page.getByRole('navigation', { name: 'On this page' }).isVisible()).toBe(false);
  await page.locator('details.contents summary').tap();
  await page.locator('details.contents').getByRole('link', { name: 'What it costs' }).tap();
  expect(new URL(page.url()).hash).toBe('#h-what-it-costs');
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  const table = page.getByRole('region', { name: 'Table' });
  expect(await table.evaluate((place) => place.scrollWidth > place.clientWidth)).toBe(true);
  expect(await shifts(page)).toBeLessThan(0.02);
});

it('has feeds that are XML', async () => {
  const { page } = await visit('/portal/support');
  const roots = await page.evaluate(() => Promise.all(['articles.rss', 'sitemap.xml'].map(async (name) => {
    const text = await (await fetch(`/portal/support/${name}`)).text();
    return new DOMParser().parseFromString(text, 'application/xml').documentElement.nodeName;
  })));
  expect(roots).toEqual(['rss', 'urlset']);
});

it('says why there is no chat while it is off', async () => {
  await desk.call('PUT', '/api/v1/plugins/chat/activation', { active: false });
  const { page, said } = await visit('/portal/support/articles/refunds');
  await page.getByText('The chat is closed at the moment').waitFor();
  expect(await page.getByRole('button', { name: 'Write to us' }).count()).toBe(0);
  expect(said).toEqual([]);
});
