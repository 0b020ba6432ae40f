import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { spawnDesk, type DeskProcess } from '../support/desk-process.ts';
import { OperatorPage } from './operator-page.ts';
import { problemsOf } from './screen-check.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let desk: DeskProcess;
let browser: Browser;
beforeAll(async () => {
  [desk, browser] = await Promise.all([spawnDesk(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await desk?.dispose();
});

it('makes a server key with the keyboard, shows it once, and ends it', async () => {
  const { page, said } = await OperatorPage.signIn(browser, desk.url);
  await page.goto(`${desk.url}/admin/settings/tokens`);
  await page.getByRole('button', { name: 'New server key' }).press('Enter');
  const dialog = page.getByRole('dialog');
  expect(await dialog.getByRole('radio', { name: 'Server key' }).getAttribute('data-state')).toBe('checked');
  await dialog.getByLabel('Name').fill('Shop server');
  for (const scope of ['Set context', 'Chat for users']) await dialog.getByRole('checkbox', { name: scope }).press('Space');
  expect(await problemsOf(page, 'all')).toEqual([]);
  await page.setViewportSize({ width: 1440, height: 900 });
  await dialog.getByRole('button', { name: 'Make it' }).press('Enter');
  const key = (await dialog.locator('code, pre').first().textContent())?.trim() ?? '';
  expect(key).toMatch(/^pb_server_\w{52}$/);
  await dialog.getByRole('button', { name: 'I have copied it' }).press('Enter');
  const row = page.getByRole('row').filter({ hasText: 'Shop server' });
  await row.getByText('Identify users and companies, Open tickets').waitFor();
  expect(await page.content()).not.toContain(key);
  const tell = () => fetch(`${desk.url}/api/sdk/users/identify`, { method: 'POST', headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` }, body: '{"user_id":"u_1","traits":{"name":"Ada"}}' });
  expect(await (await tell()).json()).toMatchObject({ ok: true, verified: true, created: true });
  await row.getByRole('button', { name: 'Revoke' }).click();
  const confirm = page.getByRole('alertdialog').or(page.getByRole('dialog'));
  await confirm.getByText('Your server is refused from now on.').waitFor();
  await confirm.getByRole('button', { name: 'Revoke' }).click();
  await page.getByText('Nothing talks to the desk yet').waitFor();
  expect((await tell()).status).toBe(401);
  expect(said).toEqual([]);
});
