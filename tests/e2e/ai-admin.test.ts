import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { launchBrowser, watchConsole } from '../support/browser.ts';
import { spawnDesk, type DeskProcess } from '../support/desk-process.ts';
import { startModelEndpoint, type ModelEndpoint } from '../support/model-endpoint.ts';
import { ownerOf, type Call } from '../support/plugins.ts';
import { signInTo } from '../support/sign-in.ts';
import { soon } from './soon.ts';

vi.setConfig({ testTimeout: 60_000 });

const articles = [
  ['Delivery times', 'Delivery takes **3 to 5 days** within Europe. Express takes one day.'],
  ['Returns', 'You can return a pack within 30 days. The label is in the box.'],
  ['Cleaning a tent', 'Clean the tent with lukewarm water and a sponge. Never use a washing machine.'],
];

let desk: DeskProcess;
let endpoint: ModelEndpoint;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let said: string[];
let call: Call;

beforeAll(async () => {
  [endpoint, browser] = await Promise.all([startModelEndpoint(), launchBrowser()]);
  desk = await spawnDesk({ PLUGBOARD_PLUGINS: 'chat,ai', ALLOW_PRIVATE_NETWORK: endpoint.host });
  call = await ownerOf(desk.url);
  for (const [title, body] of articles) expect((await call('POST', '/api/v1/articles', { title, body, locale: 'en', status: 'published' })).status).toBe(201);
  const [name = '', value = ''] = (await signInTo(desk.url)).Cookie?.split('=') ?? [];
  context = await browser.newContext({ locale: 'en-US', viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  context.setDefaultTimeout(20_000);
  await context.addCookies([{ name, value, url: desk.url }]);
  page = await context.newPage();
  said = watchConsole(page);
});
afterAll(async () => {
  await browser?.close();
  await desk?.dispose();
  await endpoint?.stop();
});

interface Stored { id: string; name: string; mode: string; version: number; modelIds: string[]; escalation: { confidence: { threshold: number }; rules: { conditions: object[]; priority: string | null }[] } }
const stored = async (): Promise<Stored> => ((await call('GET', '/api/plugins/ai/assistants')).body as { data: Stored[] }).data[0]!;
const turns = () => page.getByRole('log').getByRole('article');
const saveBar = () => page.getByRole('region', { name: 'Unsaved changes' });

/** Asks in the playground; answers the turn once it is over. */
async function ask(question: string) {
  const before = await turns().count();
  await page.getByRole('textbox', { name: 'Your question' }).fill(question);
  await page.getByRole('textbox', { name: 'Your question' }).press('Enter');
  const turn = turns().nth(before);
  await turn.getByRole('button', { name: 'Ask again' }).waitFor();
  return turn;
}
async function save(): Promise<void> {
  await page.keyboard.press('Control+s');
  await soon(() => saveBar().count()).toBe(0);
}
async function choose(label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

describe('a newcomer', () => {
  it('finds an assistant, tries it, and sees where an answer comes from', async () => {
    await page.goto(`${desk.url}/admin/p/ai`);
    await page.getByRole('table', { name: 'Assistants' }).getByRole('button', { name: /^Assistant/ }).click();
    const turn = await ask('How long does delivery take?');
    await turn.getByText('3 to 5 days', { exact: true }).first().waitFor();
    await turn.getByText(/^Confidence \d+ %$/).waitFor();
    await turn.getByText('Why this answer').click();
    await turn.getByText('1 passage found').waitFor();
    await turn.getByText('The knowledge base, word for word').waitFor();
    expect(await turn.getByText('Delivery times').count()).toBeGreaterThan(1);
  });

  it('sees that it hands over what it does not know, and keeps that as a test case', async () => {
    const turn = await ask('Which planet has the most moons?');
    await turn.getByText('Hands over').waitFor();
    await turn.getByText('Nothing was found').first().waitFor();
    await turn.getByRole('button', { name: 'Make it a test case' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('radio', { name: /^Hand over/ }).isChecked()).toBe(true);
    await dialog.getByRole('button', { name: 'Add case' }).click();
    await page.getByText('Added to the test bench').waitFor();
    const { data } = (await call('GET', '/api/plugins/ai/bench/cases')).body as { data: { questions: string[]; expect: string }[] };
    expect(data).toMatchObject([{ questions: ['How long does delivery take?', 'Which planet has the most moons?'], expect: 'hand-over' }]);
  });

  it('tries another threshold before it is saved, then saves it', async () => {
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByRole('link', { name: 'Answers', exact: true }).click();
    const before = await stored();
    await page.getByRole('slider', { name: 'Minimum confidence' }).fill('100');
    await page.getByText(/^Careful:/).waitFor();
    const turn = await ask('How long does express take to my city?');
    await turn.getByText('Not sure enough').first().waitFor();
    expect((await stored()).escalation.confidence.threshold).toBe(before.escalation.confidence.threshold);
    await save();
    expect(await stored()).toMatchObject({ version: before.version + 1, escalation: { confidence: { threshold: 100 } } });
  });

  it('is asked before changes are lost', async () => {
    await page.getByRole('slider', { name: 'Minimum confidence' }).fill('50');
    await page.getByRole('link', { name: 'Assistants' }).click();
    await page.getByRole('alertdialog').or(page.getByRole('dialog')).getByRole('button', { name: /stay|keep/i }).click();
    await save();
    expect(said).toEqual([]);
  });
});

it('a rule is built from fields, and what is missing is said at its place', async () => {
  await page.getByRole('link', { name: 'Hand-over', exact: true }).click();
  await page.getByRole('button', { name: 'Add rule' }).click();
  await page.keyboard.press('Control+s');
  await page.getByText('Say which one, such as plan.').waitFor();
  await page.getByLabel('Name of condition 1').fill('plan');
  await page.getByLabel('Value of condition 1').fill('enterprise');
  // The rule's own comes before the one of every hand-over.
  await page.getByRole('combobox', { name: 'Priority' }).first().click();
  await page.getByRole('option', { name: 'High', exact: true }).click();
  await save();
  expect((await stored()).escalation.rules).toMatchObject([{ priority: 'high', conditions: [{ field: 'trait', key: 'plan', operator: 'is', value: 'enterprise' }] }]);
});

it('what somebody else saved meanwhile is not lost', async () => {
  await page.getByRole('link', { name: 'Persona', exact: true }).click();
  const { id } = await stored();
  expect((await call('PATCH', `/api/plugins/ai/assistants/${id}`, { mode: 'suggest' })).status).toBe(200);
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Robin');
  await page.keyboard.press('Control+s');
  await page.getByRole('dialog', { name: 'Somebody else was faster' }).getByRole('button', { name: 'Save mine' }).click();
  await soon(async () => (await stored()).name).toBe('Robin');
  expect((await stored()).mode).toBe('suggest');
  expect(said.splice(0)).toEqual([expect.stringContaining('409')]);
});

it('a model that does not work says why, and one that does writes the answer', async () => {
  await page.goto(`${desk.url}/admin/p/ai/models`);
  await page.getByRole('button', { name: 'Add connection' }).click();
  const dialog = page.getByRole('dialog');
  await choose('Where it runs', 'Other');
  await dialog.getByLabel('Name', { exact: true }).fill('Ours');
  await dialog.getByLabel('Address', { exact: true }).fill(`${endpoint.url}/v1`.replace(/\/v1\/v1$/, '/v1'));
  await dialog.getByLabel('Key', { exact: true }).fill('wrong-key-1234');
  await dialog.getByLabel('Model', { exact: true }).fill('small');
  endpoint.next({ status: 401, message: 'Incorrect API key provided' });
  await dialog.getByRole('button', { name: 'Test connection' }).click();
  await dialog.getByText('The endpoint does not accept this key.').first().waitFor();
  await dialog.getByText('Incorrect API key provided').waitFor();
  await dialog.getByRole('button', { name: 'Test connection' }).click();
  await dialog.getByText('It works').waitFor();
  await dialog.getByRole('button', { name: 'Add connection' }).click();
  await page.getByRole('heading', { name: 'Ours' }).waitFor();
  await page.getByText('····1234').waitFor();

  const { id } = await stored();
  await page.goto(`${desk.url}/admin/p/ai/assistants/${id}/answers`);
  await page.getByRole('button', { name: 'Use a model' }).click();
  await page.getByRole('menuitem', { name: /small/ }).click();
  endpoint.otherwise(() => ({ say: 'Delivery takes 3 to 5 days within Europe.', usage: { input: 120, output: 12 } }));
  const turn = await ask('How long does delivery take?');
  await turn.getByText('Why this answer').click();
  await turn.getByText('What the model was told').waitFor();
  expect((await stored()).modelIds).toEqual([]);
  await save();
  expect((await stored()).modelIds).toHaveLength(1);
});

it('a run of the bench shows its score', async () => {
  await page.goto(`${desk.url}/admin/p/ai/bench/runs`);
  await page.getByRole('button', { name: 'Run now' }).click();
  await page.getByRole('table', { name: 'Runs' }).getByRole('cell', { name: '100 %' }).first().waitFor();
  expect(said).toEqual([]);
});
