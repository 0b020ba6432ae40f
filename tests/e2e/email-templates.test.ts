import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { spawnDesk, type DeskProcess } from '../support/desk-process.ts';
import { manifestOf, ownerOf, pluginFolder, switchOn, writePlugin } from '../support/plugins.ts';
import { Postbox } from '../support/postbox.ts';
import { OperatorPage } from './operator-page.ts';
import { problemsOf } from './screen-check.ts';
import { soon } from './soon.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const setup = `
  await ctx.emails.template({ id: 'news', label: 'news', description: 'newsHelp', audience: 'contact', sample: { contact: { name: 'Ada <b>Lovelace</b>' }, messages: [{ author: 'Bea', text: '**Hi** <img src=x onerror=alert(1)>' }], url: 'https://desk.test/c' } });
  await ctx.emails.template({ id: 'alert', label: 'alert', audience: 'operator', sample: {} });
`;
const more = {
  'emails/news/en.md': 'Subject: News for {{ contact.name }}\n\nHello {{ contact.name }}\n\n{% for message in messages %}\n> {{ message.text | formatted }}\n{% endfor %}\n\n[Answer]({{ url }})\n',
  'emails/alert/en.md': 'Subject: Alert\n\nLook.\n',
  'locales/en.json': '{"news":"News","newsHelp":"Tells what is new.","alert":"Alert"}',
};

const postbox = new Postbox();
let desk: DeskProcess;
let browser: Browser;
let operator: OperatorPage;
let page: Page;

beforeAll(async () => {
  const folder = await pluginFolder();
  await writePlugin(folder, 'postman', { manifest: manifestOf('postman', { permissions: ['email:send'] }), setup, more });
  [desk, browser] = await Promise.all([spawnDesk({ PLUGBOARD_PLUGIN_PATH: folder, SMTP_URL: await postbox.open() }), launchBrowser()]);
  await switchOn(await ownerOf(desk.url), 'postman');
  operator = await OperatorPage.signIn(browser, desk.url);
  page = operator.page;
});
afterAll(async () => {
  await browser?.close();
  await desk?.dispose();
  await postbox.close();
});

const open = async (id = 'postman.news?locale=en'): Promise<void> => {
  await page.goto(`${desk.url}/admin/settings/email-templates/${id}`);
  await page.locator('iframe').waitFor();
};
const body = () => page.getByRole('textbox', { name: 'Text', exact: true });
const mail = () => page.frameLocator('iframe').locator('body');
const saved = () => page.waitForResponse((response) => response.request().method() === 'PUT' && response.url().endsWith('/texts') && response.ok());

it('the list tells who gets what, and leads to a template', async () => {
  await page.goto(`${desk.url}/admin/settings/email-templates`);
  await page.getByRole('table', { name: 'To customers' }).getByRole('button', { name: /^News/ }).waitFor();
  expect(await page.getByRole('table', { name: 'To operators' }).textContent()).toContain('As shipped');
  expect(await problemsOf(page, 'all')).toEqual([]);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole('button', { name: /^News/ }).click();
  await page.getByRole('heading', { name: 'News' }).waitFor();
});

it('the preview follows what is typed, and values in it are text', async () => {
  await open();
  await mail().getByText('Hello Ada <b>Lovelace</b>').waitFor();
  expect(await mail().locator('strong').allTextContents()).toEqual(['Hi']);
  await body().fill('<img src=x onerror=alert(1)>\n\n# Big {{ recipient.name }}\n\n[Open]({{ url }})');
  await mail().getByRole('heading', { name: 'Big Ada Lovelace' }).waitFor();
  expect(await mail().locator('img, script, b').count()).toBe(0);
  expect(await mail().getByRole('link', { name: 'Open' }).evaluate((link) => getComputedStyle(link).backgroundColor)).not.toBe('rgba(0, 0, 0, 0)');
  await page.getByRole('button', { name: 'Plain text' }).click();
  await page.getByText('Open: https://desk.test/c').waitFor();
  await page.getByRole('button', { name: 'As it looks' }).click();
  await page.getByRole('button', { name: 'Dark mode' }).click();
  await soon(async () => expect(await mail().locator('.pb-card').evaluate((card) => getComputedStyle(card).backgroundColor)).toBe('rgb(27, 31, 41)'));
  await page.getByRole('button', { name: 'Discard' }).click();
});

it('a text is saved by keyboard, kept, and given back for the shipped one', async () => {
  await open();
  await body().fill('Mine for {{ contact.name }}');
  const isSaved = saved();
  await body().press('Control+s');
  await isSaved;
  await page.getByText('Own text', { exact: true }).first().waitFor();
  await page.reload();
  await mail().getByText('Mine for Ada').waitFor();
  await page.getByRole('button', { name: 'Reset to shipped' }).click();
  await page.getByRole('alertdialog').or(page.getByRole('dialog')).getByRole('button', { name: 'Reset to shipped' }).click();
  await mail().getByText('Hello Ada').waitFor();
  expect(await body().inputValue()).toContain('Hello {{ contact.name }}');
});

it('a placeholder comes in where the caret is, with the keyboard alone', async () => {
  await open();
  await body().fill('ab');
  await body().press('ArrowLeft');
  await page.getByRole('button', { name: 'Insert placeholder' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: /^contact\.name/ }).waitFor();
  await page.keyboard.type('contact');
  await page.keyboard.press('Enter');
  await soon(async () => expect(await body().inputValue()).toBe('a{{ contact.name }}b'));
  expect(await body().evaluate((field) => field === document.activeElement)).toBe(true);
  await page.getByRole('button', { name: 'Discard' }).click();
});

it('a mistake is told with its line, and nothing typed is lost without a question', async () => {
  await open();
  await body().fill('Hello\n{{ contact.nam }}');
  await page.getByText('Line 2: there is no placeholder contact.nam.').waitFor();
  await body().press('Control+s');
  expect(await body().getAttribute('aria-invalid')).toBe('true');
  await page.getByRole('combobox', { name: 'Language' }).click();
  await page.getByRole('option', { name: /^Deutsch/ }).click();
  await page.getByRole('button', { name: 'Keep editing' }).click();
  expect(await body().inputValue()).toContain('contact.nam');
  await page.getByRole('combobox', { name: 'Language' }).click();
  await page.getByRole('option', { name: /^Deutsch/ }).click();
  await page.getByRole('button', { name: 'Discard changes' }).click();
  await page.getByText('Nothing in this language, English is used').waitFor();
});

it('a test goes out as it is typed', async () => {
  await open();
  await page.getByRole('textbox', { name: 'Subject' }).fill('Typed just now');
  await page.getByRole('button', { name: 'Send a test' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Send' }).click();
  await page.getByText('On its way to owner@desk.test').waitFor();
  await soon(() => expect(postbox.received.map(({ raw }) => /Subject: (.*)\r/.exec(raw)?.[1])).toEqual(['[Test] Typed just now']));
  await page.getByRole('button', { name: 'Discard' }).click();
});

it('a copy is made, renamed and deleted', async () => {
  await page.goto(`${desk.url}/admin/settings/email-templates`);
  await page.getByRole('button', { name: 'Actions for News' }).click();
  await page.getByRole('menuitem', { name: 'Make a copy' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Shop news');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Shop news' }).waitFor();
  await page.getByRole('button', { name: 'Actions for Shop news' }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Shop');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Shop', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Actions for Shop' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('table', { name: 'To customers' }).waitFor();
  await soon(async () => expect(await page.getByRole('button', { name: /^Shop/ }).count()).toBe(0));
});

it('the page has no barrier and fits every size', async () => {
  await open();
  // A template with a mistake is answered with 400, which browsers tell by themselves.
  expect(operator.said.filter((line) => !line.includes('400'))).toEqual([]);
  expect(await problemsOf(page, 'all')).toEqual([]);
});
