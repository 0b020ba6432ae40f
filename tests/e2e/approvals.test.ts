import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { startToolDesk, type ToolDesk } from '../support/tool-desk.ts';
import { OperatorPage } from './operator-page.ts';
import { problemsOf } from './screen-check.ts';

vi.setConfig({ testTimeout: 60_000 });

const setup = `
  const { z } = await import('@plugboard/sdk');
  const tool = { label: 'refund', description: 'Pays money back to the customer.', effect: 'write', scope: 'contact', input: z.object({ amount: z.number() }) };
  await ctx.tools.register({ ...tool, name: 'refund', preview: async ({ amount }) => ({ title: 'preview', blocks: [{ type: 'fields', fields: [{ label: 'amount', value: amount + ' EUR' }, { label: 'order', value: '#1042' }] }, { type: 'text', text: 'slow', tone: 'muted' }] }), run: async ({ amount }) => ({ refunded: amount }) });
  await ctx.tools.register({ ...tool, name: 'cancel', label: 'cancel', description: 'Ends the subscription at once.', input: z.object({ at_period_end: z.boolean(), reason: z.string() }), run: async () => { throw new Error('no'); } });
  await ctx.tools.register({ ...tool, name: 'list-orders', label: 'orders', description: 'Lists the last orders of the customer.', effect: 'read', run: async () => [] });
`;
const texts = {
  'locales/en.json': '{"shop":"Shop","refund":"Refund an order","cancel":"Cancel the subscription","orders":"List orders","preview":"Pay money back","amount":"Amount","order":"Order","slow":"It takes two to five days."}',
  'locales/de.json': '{"refund":"Bestellung erstatten","cancel":"Abonnement kündigen","orders":"Bestellungen auflisten","preview":"Geld zurückzahlen","amount":"Betrag","order":"Bestellung","slow":"Das dauert zwei bis fünf Tage."}',
  'locales/ar.json': '{"refund":"ردّ ثمن طلب","cancel":"إلغاء الاشتراك","orders":"عرض الطلبات","preview":"ردّ المبلغ","amount":"المبلغ","order":"الطلب","slow":"يستغرق ذلك يومين إلى خمسة أيام."}',
};

let tools: ToolDesk;
let browser: Browser;
let operator: OperatorPage;
const refund = (conversation: Awaited<ReturnType<ToolDesk['conversationOf']>>, amount: number) => tools.call(conversation, { name: 'shop_refund', input: { amount } });

beforeAll(async () => {
  [tools, browser] = await Promise.all([startToolDesk('sqlite', { setup, more: texts }), launchBrowser()]);
  operator = await OperatorPage.signIn(browser, tools.desk.url);
});
afterAll(async () => {
  await browser?.close();
  await tools?.desk.stop();
});

it('a tool is switched on in the settings, with its rules in words', async () => {
  const { page } = operator;
  await page.goto(`${tools.desk.url}/admin/settings/tools`);
  for (const name of ['Refund an order', 'Cancel the subscription']) {
    await page.getByRole('switch', { name: `Use ${name}` }).click();
    await page.getByRole('button', { name: `Rules for ${name}` }).waitFor();
  }
  const row = page.getByRole('listitem').filter({ hasText: 'Cancel the subscription' });
  await row.getByText('Assistants ask first').waitFor();
  await row.getByRole('button', { name: /^Rules/ }).press('Enter');
  await page.getByRole('combobox', { name: 'All roles' }).click();
  await page.getByRole('option', { name: 'Never' }).click();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await row.getByText('Operators never use it').waitFor();
  await page.reload();
  await row.getByText('Operators never use it').waitFor();
  expect(await problemsOf(page, 'all')).toEqual([]);
});

it('a call comes while the desk is open, is approved by keyboard and stands in the history', async () => {
  const { page } = operator;
  const conversation = await tools.conversationOf({ text: 'The bag broke' });
  await page.goto(`${tools.desk.url}/admin/approvals`);
  await page.getByText('Nothing waits for you').waitFor();
  expect((await refund(conversation, 20)).status).toBe('pending');
  const card = page.getByRole('article', { name: 'Refund an order' });
  await card.getByText('20 EUR').waitFor();
  await page.getByRole('link', { name: 'Approvals, 1 waiting' }).waitFor();
  await card.getByText('Robo (AI) asks').waitFor();
  expect(await problemsOf(page, 'all')).toEqual([]);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.keyboard.press('j');
  await page.keyboard.press('Control+Enter');
  await page.getByText('Nothing waits for you').waitFor();
  await page.getByRole('link', { name: 'Approvals', exact: true }).waitFor();
  await page.getByRole('link', { name: 'History' }).click();
  await page.getByRole('row', { name: /Refund an order.*Done/ }).getByRole('button').click();
  await page.getByRole('dialog').getByText('Refunded').waitFor();
  expect(await page.getByRole('dialog').innerText()).not.toMatch(/[{}[\]]|undefined|null/);
  await page.keyboard.press('Escape');
});

it('what waits in a conversation stands above the composer, and is rejected there with a reason', async () => {
  const { page } = operator;
  const conversation = await tools.conversationOf({ text: 'I want it all back' });
  await page.goto(`${tools.desk.url}/admin/conversations/${conversation.uid}`);
  await operator.message('I want it all back').waitFor();
  await refund(conversation, 900);
  const pending = page.getByRole('region', { name: 'Waiting for a decision' });
  await pending.getByText('900 EUR').waitFor();
  await operator.thread.getByText('Robo asked to use “Refund an order”').waitFor();
  expect(await problemsOf(page, 'all')).toEqual([]);
  await page.setViewportSize({ width: 1440, height: 900 });
  await pending.getByRole('button', { name: 'Reject' }).click();
  await page.getByRole('textbox', { name: /^Reason/ }).fill('Too much');
  await page.keyboard.press('Control+Enter');
  await pending.waitFor({ state: 'detached' });
  await operator.thread.getByText(/rejected “Refund an order”/).waitFor();
  expect(operator.said).toEqual([]);
});
