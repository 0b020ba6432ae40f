import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { NotificationPreferences } from '../../core/shared/notifications.ts';
import { launchBrowser } from '../support/browser.ts';
import { spawnDesk, type DeskProcess } from '../support/desk-process.ts';
import { Visitor } from '../support/visitor.ts';
import { OperatorPage } from './operator-page.ts';
import { soon } from './soon.ts';

vi.setConfig({ testTimeout: 60_000 });

let desk: DeskProcess;
let browser: Browser;
let operator: OperatorPage;
let page: Page;

beforeAll(async () => {
  [desk, browser] = await Promise.all([spawnDesk(), launchBrowser()]);
  operator = await OperatorPage.signIn(browser, desk.url);
  page = operator.page;
  await page.context().grantPermissions(['notifications'], { origin: desk.url });
});
afterAll(async () => {
  await browser?.close();
  await desk?.dispose();
});

const toast = (text: string) => page.locator('[data-sonner-toast]').filter({ hasText: text });

it('a new conversation is told anywhere in the desk, and a press leads there', async () => {
  await page.goto(`${desk.url}/admin/settings/profile`, { waitUntil: 'networkidle' });
  const visitor = await Visitor.arrive(desk.url);
  await visitor.send('Is anybody there?');
  await toast('Is anybody there?').waitFor();
  expect(await toast('Is anybody there?').textContent()).toContain('New conversation from A visitor');
  await toast('Is anybody there?').getByRole('button', { name: 'Open' }).click();
  await page.waitForURL(new RegExp(`/inbox/all/${visitor.conversationId}`));
  await operator.message('Is anybody there?').waitFor();
  visitor.leave();
});

it('what is in front of the person is not told a second time', async () => {
  const visitor = await Visitor.arrive(desk.url);
  await visitor.send('First of two');
  await toast('First of two').getByRole('button', { name: 'Open' }).click();
  await operator.message('First of two').waitFor();
  await visitor.send('Second of two');
  await operator.message('Second of two').waitFor();
  expect(await toast('Second of two').count()).toBe(0);
  visitor.leave();
});

it('choices are kept as they are made', async () => {
  await page.goto(`${desk.url}/admin/settings/notifications`);
  await page.getByRole('combobox', { name: 'New conversation: In the desk' }).click();
  await page.getByRole('option', { name: /^Off/ }).click();
  await page.getByRole('switch', { name: 'Quiet hours' }).click();
  await page.getByRole('button', { name: 'Sunday' }).click();
  // Choices that are made one after the other are stored together, or not.
  const stored = async () => (await (await page.request.get(`${desk.url}/api/v1/notification-preferences`)).json()) as NotificationPreferences;
  await soon(async () => (await stored()).quietHours?.days.includes(0)).toBe(false);
  await page.reload();
  await soon(() => page.getByRole('combobox', { name: 'New conversation: In the desk' }).textContent()).toContain('Off');
  expect(await page.getByRole('button', { name: 'Sunday' }).getAttribute('aria-pressed')).toBe('false');
  expect(operator.said).toEqual([]);
});

it('a push is shown by the browser unless the desk is in front; what it leads to opens in the page that is there', async () => {
  const visitor = await Visitor.arrive(desk.url);
  await visitor.send('By push');
  await page.goto(`${desk.url}/admin/settings/notifications`);
  const devtools = await page.context().newCDPSession(page);
  const registrationId = await registerWorker(devtools);
  const [worker] = page.context().serviceWorkers();
  if (!worker) throw new Error('the worker does not run');
  const shown = () => worker.evaluate(async () => {
    const { registration } = globalThis as unknown as { registration: ServiceWorkerRegistration };
    return (await registration.getNotifications()).map(({ title, body, tag }) => ({ title, body, tag }));
  });
  const push = (title: string) => devtools.send('ServiceWorker.deliverPushMessage', {
    origin: desk.url, registrationId,
    data: JSON.stringify({ id: title, event: 'contact.replied', conversationId: visitor.conversationId, title, text: 'By push', lang: 'en', dir: 'ltr' }),
  });
  await push('In front');
  await page.goto('about:blank');
  await push('In the background');
  await soon(shown).toEqual([{ title: 'In the background', body: 'By push', tag: visitor.conversationId }]);

  await page.goto(`${desk.url}/admin/settings/profile`, { waitUntil: 'networkidle' });
  await worker.evaluate(async (address) => {
    const { clients } = globalThis as unknown as { clients: { matchAll(options: object): Promise<{ postMessage(message: unknown): void }[]> } };
    for (const client of await clients.matchAll({ type: 'window' })) client.postMessage({ type: 'open', address });
  }, `/conversations/${visitor.conversationId}`);
  await operator.message('By push').waitFor();
  visitor.leave();
});

async function registerWorker(devtools: CDPSession): Promise<string> {
  await devtools.send('ServiceWorker.enable');
  const registered = new Promise<string>((resolve) => {
    devtools.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
      const active = versions.find(({ status, scriptURL }) => status === 'activated' && scriptURL.endsWith('/push-worker.js'));
      if (active) resolve(active.registrationId);
    });
  });
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('/admin/push-worker.js', { scope: '/admin/' });
    await navigator.serviceWorker.ready;
  });
  return registered;
}
