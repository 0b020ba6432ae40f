import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { foreignSite, launchBrowser, watchConsole } from '../support/browser.ts';
import { spawnDesk, type DeskProcess } from '../support/desk-process.ts';
import { soon } from './soon.ts';
import { VisitorPage } from './visitor-page.ts';

vi.setConfig({ testTimeout: 90_000 });

/** As it is run: only then the link is printed. */
const nobodyYet = { NODE_ENV: 'production', PLUGBOARD_ADMIN_EMAIL: '', PLUGBOARD_ADMIN_PASSWORD: '', PLUGBOARD_PLUGINS: '' };
const owner = { name: 'Olga Owner', email: 'olga@fjord.test', password: 'a sentence is fine' };

let desk: DeskProcess;
let browser: Browser;

beforeAll(async () => { [desk, browser] = await Promise.all([spawnDesk(nobodyYet), launchBrowser()]); });
afterAll(async () => {
  await browser?.close();
  await desk?.dispose();
});

const printedLink = () => /https?:\/\/\S+\/admin\/setup\?token=\S+/.exec(desk.output())?.[0] ?? '';

async function freshPage(): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-US' });
  context.setDefaultTimeout(20_000);
  return context.newPage();
}

async function fillWizard(page: Page): Promise<void> {
  const next = page.getByRole('button', { name: 'Continue' });
  await page.getByRole('heading', { name: 'Who runs this desk?' }).waitFor();
  await page.getByRole('textbox', { name: 'Your name' }).fill(owner.name);
  await page.getByRole('textbox', { name: 'E-mail' }).fill(owner.email);
  await page.getByLabel('Password', { exact: true }).fill(owner.password);
  await next.click();
  await page.getByRole('textbox', { name: 'Brand name' }).fill('Fjord & Field');
  expect(await page.getByRole('textbox', { name: 'Address' }).inputValue()).toBe('fjord-field');
  await next.click();
  await page.getByRole('switch', { name: /^Chat/, checked: true }).waitFor();
  await page.getByRole('button', { name: 'Set up the desk' }).click();
  await page.getByRole('heading', { name: 'Your desk is ready' }).waitFor();
}

it('an empty desk is set up from the printed link, its snippet and its try-it page work, and the link is dead afterwards', async () => {
  await soon(printedLink).toMatch(/token=/);
  const page = await freshPage();
  const said = watchConsole(page);
  await page.goto(printedLink());
  await fillWizard(page);
  const snippet = await page.getByLabel('Code for your site').innerText();
  expect(snippet).toBe(`<script src="${new URL(printedLink()).origin}/widget.js" data-tenant="fjord-field" data-widget="website" async></script>`);

  const opened = page.waitForEvent('popup');
  await page.getByRole('link', { name: 'Try the chat' }).click();
  const trying = new VisitorPage(await opened);
  await trying.begin();
  await trying.send('Does it work?');

  const site = await foreignSite(`<!doctype html><html lang="en"><title>Fjord</title><link rel="icon" href="data:,"><body><h1>Fjord</h1>${snippet}</body></html>`);
  const visitor = await VisitorPage.arrive((await freshPage()).context(), site.url);
  await visitor.begin();
  await visitor.send('And on my site?');
  await site.close();

  await page.getByRole('button', { name: 'Open the inbox' }).click();
  await page.getByRole('navigation', { name: 'Main navigation' }).waitFor();
  await page.goto(new URL('/admin/inbox/all', page.url()).href);
  // The assistant that the wizard suggests knows nothing yet, and has said so.
  await soon(() => page.getByRole('region', { name: 'All open' }).getByText('I am passing you on to a colleague').count()).toBe(2);
  expect([...said, ...trying.said, ...visitor.said]).toEqual([]);

  const stranger = await freshPage();
  const strangerSaid = watchConsole(stranger);
  await stranger.goto(printedLink());
  await stranger.getByRole('heading', { name: 'This desk is already set up' }).waitFor();
  expect(await stranger.getByRole('textbox').count()).toBe(0);
  await stranger.getByRole('link', { name: 'Sign in' }).click();
  await stranger.getByRole('textbox', { name: 'E-mail' }).fill(owner.email);
  await stranger.getByLabel('Password', { exact: true }).fill(owner.password);
  await stranger.getByRole('button', { name: 'Sign in' }).click();
  await stranger.getByRole('navigation', { name: 'Main navigation' }).waitFor();
  expect(strangerSaid).toEqual([]);

  await desk.kill('SIGTERM');
  const before = desk.output().length;
  await desk.start();
  expect(desk.output().slice(before)).not.toContain('setup?token=');
});

it('a link with a wrong token shows how to get the right one', async () => {
  const empty = await spawnDesk(nobodyYet);
  try {
    const page = await freshPage();
    await page.goto(`${empty.url}/admin/setup?token=pb_setup_guess`);
    await page.getByRole('heading', { name: 'This link does not work' }).waitFor();
    expect(await page.getByRole('textbox').count()).toBe(0);
  } finally {
    await empty.dispose();
  }
});
