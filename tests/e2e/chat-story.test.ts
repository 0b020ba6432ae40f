import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { switchOff } from '../support/plugins.ts';
import { ChatDesk, deviceContext, devices, type Site } from './chat-desk.ts';
import { soon } from './soon.ts';
import { VisitorPage } from './visitor-page.ts';
import { WidgetEditor } from './widget-editor.ts';

vi.setConfig({ testTimeout: 120_000 });

let desk: ChatDesk;
let browser: Browser;
let admin: WidgetEditor;
let page: Page;
let elsewhere: Site;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  [desk, browser] = await Promise.all([ChatDesk.start(), launchBrowser()]);
  elsewhere = await desk.site({ tag: '' });
  admin = await WidgetEditor.open(browser, desk.url);
  ({ page } = admin);
  await switchOff(desk.call, 'chat');
});
afterAll(async () => {
  for (const context of contexts) await context.close();
  await browser?.close();
  await desk?.stop();
});

async function visit(site: Site, device: (typeof devices)[number], locale = 'en-US'): Promise<VisitorPage> {
  const context = await deviceContext(browser, device, { locale });
  contexts.push(context);
  return VisitorPage.arrive(context, site.url);
}
const box = (name: string) => page.getByRole('textbox', { name, exact: true });

/** Everything on all six tabs, as an admin types it. Answers the snippet that they copy. */
async function setUp(): Promise<string> {
  await box('Name shown to visitors').fill('Northwind');
  await box('Welcome message').fill('Good to see you!');
  const [button = ''] = await admin.names('Conversations');
  await admin.unfold('Conversations', button);
  const row = page.getByRole('list', { name: 'Conversations' });
  await row.getByLabel('Name', { exact: true }).fill('Ask a pre-sales question');
  await row.getByLabel('Opening message', { exact: true }).fill('What would you like to know?');
  await admin.choose('Priority', 'High');
  await page.getByRole('button', { name: 'Add self-service link' }).click();
  await page.getByRole('list', { name: 'Self-service' }).getByLabel('Label', { exact: true }).fill('Guides');
  await page.getByRole('button', { name: 'Add external link' }).click();
  await page.getByRole('list', { name: 'External links' }).getByLabel('Label', { exact: true }).fill('Status');
  await page.getByLabel('Address', { exact: true }).last().fill(elsewhere.url);

  await admin.tab('Translations');
  const field = (key: string) => page.getByRole('listitem').filter({ hasText: key }).getByRole('textbox');
  await field('dashboard.start').fill('Talk to us');
  await page.getByRole('button', { name: 'Add language' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add language' });
  await dialog.getByRole('combobox', { name: 'Language' }).fill('Spanish');
  await page.getByRole('option', { name: /Spanish/ }).click();
  await dialog.getByRole('button', { name: 'Add language' }).click();
  await page.getByText('Shown in English').first().waitFor();
  await field('dashboard.start').fill('Iniciar una conversación');

  await admin.tab('Appearance');
  await page.getByRole('radio', { name: 'Sidebar' }).check({ force: true });
  await page.getByRole('radio', { name: 'Left' }).check({ force: true });
  await page.getByRole('radio', { name: 'Its own' }).click();
  await box('Its own').fill('#7a1f5c');
  await page.getByRole('main').getByRole('radio', { name: 'Dark' }).first().click();
  await page.getByRole('radio', { name: 'Own text' }).click();
  await box('Text on the button').fill('Ask us');
  await page.getByRole('button', { name: /^Text on the button: translated/ }).click();
  await page.getByRole('dialog').getByLabel('German').fill('Frag uns');
  await page.keyboard.press('Escape');

  await admin.tab('Security');
  await page.getByRole('radio', { name: /Only for known addresses/ }).check();
  await admin.tab('Notifications');
  await page.getByRole('switch', { name: 'Visitors may ask for a transcript' }).click();
  await admin.save();

  await admin.tab('Embed code');
  return page.getByLabel('Embed code: HTML', { exact: true }).locator('code').innerText();
}

it('an admin switches the channel on, makes a second widget and sets everything; visitors see all of it on another site; off again, nothing is left there', async () => {
  await page.goto(`${desk.url}/admin/settings/channels`);
  await page.getByRole('switch', { name: 'Chat on or off' }).click();
  const agree = page.getByRole('button', { name: 'Agree and switch on' });
  const settings = page.getByRole('link', { name: 'Chat widgets' }).last();
  await agree.or(page.getByText('Chat is on', { exact: true })).first().waitFor();
  if (await agree.isVisible()) await agree.click();
  await page.getByText('Chat is on', { exact: true }).waitFor();
  await settings.click();
  await page.getByRole('heading', { level: 1, name: 'Chat widgets' }).waitFor();
  await page.getByRole('button', { name: 'Add widget' }).first().click();
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('Second shop');
  await page.getByRole('dialog').getByRole('button', { name: 'Add widget' }).click();
  await page.getByRole('heading', { level: 1, name: 'Second shop' }).waitFor();
  const site = await desk.site({ tag: await setUp() });

  const visitors: VisitorPage[] = [];
  for (const device of devices) {
    const visitor = await visit(site, device);
    visitors.push(visitor);
    await soon(() => visitor.launcher.name()).toBe('Ask us: Open chat');
    expect(await visitor.launcher.looks()).toMatchObject({ left: 20, background: 'rgb(122, 31, 92)' });
    await visitor.open();
    const place = await (await visitor.widget.frameElement()).boundingBox();
    expect(place).toMatchObject(device === 'phone' ? { x: 0, y: 0, width: 390, height: 844 } : { x: 0, y: 0, height: 800 });
    expect(await visitor.widget.locator('html').getAttribute('data-mode')).toBe('dark');
    await visitor.widget.getByRole('heading', { name: 'Good to see you!' }).waitFor();
    await visitor.widget.getByRole('heading', { name: 'Talk to us' }).waitFor();
    expect(new URL(await visitor.widget.getByRole('link', { name: /Guides/ }).getAttribute('href') ?? '').pathname).toBe('/portal/support');
    const opened = visitor.page.context().waitForEvent('page');
    await visitor.widget.getByRole('link', { name: /Status/ }).click();
    const tab = await opened;
    await tab.getByRole('heading', { name: 'A shop' }).waitFor();
    expect([tab.url(), await tab.evaluate(() => window.opener === null)]).toEqual([elsewhere.url, true]);
    await tab.close();

    await visitor.widget.getByRole('button', { name: 'Ask a pre-sales question' }).click();
    await visitor.message('What would you like to know?').waitFor();
    await visitor.send(`A question from the ${device}`);
    expect(await desk.ask('GET', `/conversations/${await desk.conversation(`A question from the ${device}`)}`)).toMatchObject({ priority: 'high' });
    expect(await visitor.shown(['What would you like to know?', `A question from the ${device}`])).toEqual(['What would you like to know?', `A question from the ${device}`]);
    await visitor.widget.getByRole('button', { name: 'More', exact: true }).click();
    await visitor.widget.getByRole('menuitem', { name: 'Close conversation' }).waitFor();
    expect(await visitor.widget.getByRole('menuitem', { name: 'E-mail transcript' }).count()).toBe(0);
    expect(visitor.said).toEqual([]);
  }

  const german = await visit(site, 'desktop', 'de-DE');
  await soon(() => german.launcher.name()).toContain('Frag uns');
  await german.launcher.click();
  await soon(() => german.page.frames().some((frame) => frame.url().includes('/widget/second-shop?locale=de'))).toBe(true);
  const spanish = await visit(site, 'phone', 'es-ES');
  await soon(() => spanish.page.evaluate('typeof Plugboard.open')).toBe('function');
  await spanish.page.evaluate('Plugboard.open()');
  await soon(() => spanish.page.frames().some((frame) => frame.url().includes('/widget/second-shop?locale=es'))).toBe(true);
  await spanish.widget.getByRole('heading', { name: 'Iniciar una conversación' }).waitFor();

  await page.goto(`${desk.url}/admin/settings/channels`);
  await page.getByRole('switch', { name: 'Chat on or off' }).click();
  const sure = page.getByRole('button', { name: 'Switch off' });
  await sure.or(page.getByText('Chat is off')).first().waitFor();
  if (await sure.isVisible()) await sure.click();
  await page.getByText('Chat is off').waitFor();
  for (const visitor of visitors) await visitor.widget.getByText('Our chat is closed at the moment.').waitFor();
  const newcomer = await visit(site, 'desktop');
  await newcomer.page.waitForLoadState('networkidle');
  expect(await newcomer.launcher.name()).toBe('');
});
