import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { launchBrowser, personalBrowser } from '../support/browser.ts';
import { spawnDesk, type DeskProcess } from '../support/desk-process.ts';
import { fixtures } from '../support/plugins.ts';
import { OperatorPage } from './operator-page.ts';
import { afterBreak, soon } from './soon.ts';
import { storedReplies } from './stored.ts';
import { shop, VisitorPage } from './visitor-page.ts';

vi.setConfig({ testTimeout: 90_000 });

let folder: string;
let desk: DeskProcess;
let site: Awaited<ReturnType<typeof shop>>;
let browser: Browser;
let context: BrowserContext;
let operator: OperatorPage;
let page: Page;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pb-plugins-'));
  await cp(fixtures, folder, { recursive: true });
  [desk, browser] = await Promise.all([spawnDesk({ PLUGBOARD_PLUGIN_PATH: folder }), launchBrowser()]);
  site = await shop(desk.url);
  operator = await OperatorPage.signIn(browser, desk.url);
  ({ page } = operator);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
  await desk?.dispose();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  context = await personalBrowser();
  context.setDefaultTimeout(20_000);
  await page.getByRole('navigation', { name: 'Main navigation' }).getByRole('link', { name: 'Plugins' }).click();
});
afterEach(() => context.close());

const card = (name: string) => page.getByRole('article').filter({ has: page.getByRole('link', { name, exact: true }) });
const switchOf = (name: string) => page.getByRole('switch', { name: `${name} on or off` });

async function switchOff(name: string): Promise<void> {
  await switchOf(name).click();
  const sure = page.getByRole('button', { name: 'Switch off' });
  const done = page.getByText(`${name} is off`);
  await sure.or(done).first().waitFor();
  if (await sure.isVisible()) await sure.click();
  await done.waitFor();
}

async function switchOn(name: string): Promise<void> {
  await switchOf(name).click();
  const agree = page.getByRole('button', { name: 'Agree and switch on' });
  const done = page.getByText(`${name} is on`, { exact: true });
  await agree.or(done).first().waitFor();
  if (await agree.isVisible()) await agree.click();
  await done.waitFor();
}

it('the chat is switched off and on under an open widget, and what is typed there stays', async () => {
  const stored = await storedReplies(desk.url);
  const visitor = await VisitorPage.arrive(context, site.url);
  await visitor.begin();
  await visitor.send('switch: before');
  await visitor.box.fill('switch: half a thought');

  await switchOff('Chat');
  await visitor.widget.getByText('Our chat is closed at the moment. What you wrote is kept').waitFor();
  expect(await visitor.box.textContent()).toBe('switch: half a thought');

  const newcomer = await VisitorPage.arrive(context, site.url);
  await newcomer.page.waitForLoadState('networkidle');
  expect(await newcomer.launcher.name()).toBe('');
  const answer = await newcomer.page.goto(`${desk.url}/widget/website`);
  expect(answer?.status()).toBe(503);
  await newcomer.page.getByText('Our chat is closed at the moment. Please come back later.').waitFor();

  await switchOn('Chat');
  await afterBreak(() => visitor.widget.getByText('Our chat is closed at the moment.').count()).toBe(0);
  expect(await visitor.box.textContent()).toBe('switch: half a thought');
  await visitor.send('switch: a whole thought');
  expect(await stored('switch:')).toEqual(['switch: before', 'switch: a whole thought']);
  await newcomer.page.goto(site.url);
  await soon(() => newcomer.launcher.name()).toContain('Open chat');
  expect(operator.said).toEqual([]);
});

it('a plugin that misbehaves shows it on its page, and the desk goes on', async () => {
  await switchOn('Misbehaves');
  await card('Misbehaves').getByText('Active').waitFor();
  const answer = await fetch(`${desk.url}/api/plugins/misbehaves/do`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"how":"throw"}' });
  expect(answer.status).toBeGreaterThanOrEqual(500);
  await card('Misbehaves').getByRole('link').click();
  await page.getByRole('tab', { name: 'Health' }).click();
  await page.getByText('thrown in a route').first().waitFor();

  const visitor = await VisitorPage.arrive(context, site.url);
  await visitor.begin();
  await visitor.send('Still there?');
});

it('a plugin whose folder is gone is called missing, and the desk goes on', async () => {
  await switchOn('Greeter');
  await rm(join(folder, 'greeter'), { recursive: true });
  await desk.kill('SIGTERM');
  await desk.start();
  await page.reload();
  await page.getByRole('article').filter({ hasText: 'Folder is missing' }).waitFor();
  await card('Chat').getByText('Active').waitFor();

  const visitor = await VisitorPage.arrive(context, site.url);
  await visitor.begin();
  await visitor.send('Anybody there?');
  await page.goto(`${desk.url}/admin/inbox/all`);
  await operator.openConversation('Anybody there?');
  await operator.reply('Of course.');
  await visitor.message('Of course.').waitFor();
});
