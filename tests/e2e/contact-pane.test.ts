import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createActionContext } from '../../core/kernel/action-context.ts';
import { system } from '../../core/kernel/policy/actor.ts';
import { selectBrands } from '../../core/modules/brands/index.ts';
import { createContact } from '../../core/modules/contacts/index.ts';
import { trackContact } from '../../core/modules/context/index.ts';
import { addMessage } from '../../core/modules/conversations/index.ts';
import { identifyCompany, identifyContact, setContactContext, upsertTrustedContact, verifyContact, type BrandKey } from '../../core/modules/identity/index.ts';
import { launchBrowser } from '../support/browser.ts';
import { startDesk, type TestDesk } from '../support/desk.ts';
import { OperatorPage } from './operator-page.ts';
import { problemsOf } from './screen-check.ts';

vi.setConfig({ testTimeout: 60_000 });

let desk: TestDesk;
let browser: Browser;
let operator: OperatorPage;
let brand: BrandKey;
const ctx = () => createActionContext(desk.kernel, system);

beforeAll(async () => {
  [desk, browser] = await Promise.all([startDesk(), launchBrowser()]);
  const [first] = await selectBrands(desk.kernel.db.knex);
  brand = { id: first!.id, uid: first!.uid };
  operator = await OperatorPage.signIn(browser, desk.url);
});
afterAll(async () => {
  await browser?.close();
  await desk?.stop();
});

/** A visitor who wrote this, with the conversation open before the operator. */
async function writes(text: string): Promise<string> {
  const contact = await createContact(ctx(), { brandId: brand.id, brandUid: brand.uid });
  const actor = { type: 'contact', id: contact.uid, rowId: contact.id, brandId: brand.id, name: '' } as const;
  await addMessage(createActionContext(desk.kernel, actor), { cid: crypto.randomUUID(), kind: 'reply', text, attachmentIds: [], opening: { channel: 'chat', departmentId: null } });
  await operator.openConversation(text);
  return contact.uid;
}

const pane = () => operator.page.getByRole('region', { name: 'Contact', exact: true });
const block = (name: string) => pane().getByRole('region', { name, exact: true });

it('says of each subject when there is nothing to tell', async () => {
  await writes('I am nobody yet');
  await block('Right now').getByText('Nothing is reported').waitFor();
  await block('Details').getByText('No details are known.').waitFor();
  await block('Activity').getByText('No pages or events yet.').waitFor();
  await pane().getByText('Anonymous').waitFor();
});

it('shows what is told of somebody while it is open, errors first, in words and never as code', async () => {
  const uid = await writes('My import fails');
  await setContactContext(ctx(), { contactId: uid, isTrusted: false, entries: {
    orders: { label: 'Last orders', type: 'list', value: [{ order_number: 1042, shipped: true }, { order_number: 1043, shipped: false }] },
    sync: { label: 'Shop sync', type: 'error', value: { error_code: 'E_TOKEN', since: '2026-01-02' } },
  } });
  const entries = block('Right now').getByRole('listitem').filter({ has: operator.page.getByRole('heading') });
  await block('Right now').getByText('Shop sync').waitFor();
  expect((await entries.getByRole('heading').allInnerTexts()).map((text) => text.split('\n')[0])).toEqual(['Shop sync', 'Last orders']);
  await entries.first().getByRole('img', { name: 'Error' }).waitFor();
  await entries.first().getByRole('img', { name: 'Told by the page, not proven' }).waitFor();
  await block('Right now').getByText('Error code').waitFor();
  await trackContact(ctx(), { contactId: uid, kind: 'page', name: 'https://shop.example/pricing' });
  await block('Activity').getByRole('link', { name: '/pricing' }).waitFor();
  await identifyContact(ctx(), { contactId: uid, isTrusted: false, externalId: 'u_1', traits: Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`field_${index}`, `value ${index}`])) });
  await block('Details').getByText('Field 7').waitFor();
  expect(await block('Details').getByText('Field 9').count()).toBe(0);
  await block('Details').getByRole('button', { name: 'Show all 10' }).press('Enter');
  await block('Details').getByText('Field 9').waitFor();
  await pane().getByText('Unproven').waitFor();
  expect(await pane().innerText()).not.toMatch(/[{}[\]]|undefined|null/);
});

it('becomes the person that somebody turns out to be, without a reload', async () => {
  const uid = await writes('It is me');
  await upsertTrustedContact(ctx(), { brand, externalId: 'usr_7', email: 'ada@example.com', name: 'Ada Lovelace', traits: { locale: 'de', signed_up_at: '2024-05-01' } });
  const { contact } = await verifyContact(ctx(), { contactId: uid, brand, identity: { externalId: 'usr_7' } });
  await identifyCompany(ctx(), { contactId: contact.uid, isTrusted: true, externalId: 'acme', traits: { name: 'Northwind', seats: 5 } });
  for (const text of ['Verified', 'usr_7', 'ada@example.com', 'German']) await pane().getByText(text, { exact: true }).first().waitFor();
  await block('Details').getByText('Northwind').waitFor();
  await operator.thread.getByText('Ada Lovelace').first().waitFor();
  await operator.row('It is me').getByText('Ada Lovelace').waitFor();
  await operator.row('It is me').click();
});

it('keeps keys of context with a description for the AI, by the keyboard alone', async () => {
  const { page } = operator;
  await page.goto(`${desk.url}/admin/settings/context-keys`);
  await page.getByRole('button', { name: 'Shop sync' }).press('Enter');
  await page.getByLabel('What the AI should know').fill('Whether the shop is connected.');
  await page.keyboard.press('Control+s');
  await page.getByRole('row', { name: /Shop sync/ }).getByText('Whether the shop is connected.').waitFor();
  await page.reload();
  await page.getByRole('row', { name: /Shop sync/ }).getByText('Whether the shop is connected.').waitFor();
  expect(await problemsOf(page, 'all')).toEqual([]);
  expect(operator.said).toEqual([]);
});
