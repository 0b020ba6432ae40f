import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { switchOff, switchOn } from '../support/plugins.ts';
import { ChatDesk, deviceContext, signed, type Site } from './chat-desk.ts';
import { OperatorPage } from './operator-page.ts';
import { soon } from './soon.ts';
import { VisitorPage } from './visitor-page.ts';

vi.setConfig({ testTimeout: 60_000 });

let desk: ChatDesk;
let browser: Browser;
let operator: OperatorPage;
let shop: Site;
const contexts: BrowserContext[] = [];

const goesOn = 'A person from our team goes on from here';
const refund = 'How long does a refund take?';
const refundAnswer = 'within 5 working days';

beforeAll(async () => {
  [desk, browser] = await Promise.all([ChatDesk.start({ PLUGBOARD_PLUGINS: 'chat,ai' }), launchBrowser()]);
  await desk.change({ notifications: { users: { isOn: false }, operators: { isOn: false } } });
  shop = await desk.site();
});
afterAll(async () => {
  await browser?.close();
  await desk?.stop();
});
afterEach(async () => { for (const context of contexts.splice(0)) await context.close(); });

async function visit(site: Site = shop, locale = 'en-US'): Promise<VisitorPage> {
  const context = await deviceContext(browser, 'desktop', { locale });
  contexts.push(context);
  const visitor = await VisitorPage.arrive(context, site.url);
  await visitor.open();
  return visitor;
}
/** Begins a conversation with a question. */
async function asks(question: string, site: Site = shop): Promise<VisitorPage> {
  const visitor = await visit(site);
  await visitor.widget.getByRole('button', { name: 'Send us a message' }).click();
  await visitor.write(question);
  return visitor;
}
const article = (title: string, body: string, more: object = {}) => desk.ask('POST', '/articles', { title, body, locale: 'en', status: 'published', ...more });
async function mode(wanted: 'suggest' | 'answer'): Promise<void> {
  const { body } = await desk.call('GET', '/api/plugins/ai/assistants') as { body: { data: { id: string }[] } };
  await desk.call('PATCH', `/api/plugins/ai/assistants/${body.data[0]?.id}`, { mode: wanted });
  await soon(async () => (await desk.ask<{ data: { mode: string }[] }>('GET', '/assistants')).data[0]?.mode).toBe(wanted);
}
const bar = () => operator.page.getByRole('region', { name: 'Who answers' });

it('a newcomer writes three articles; visitors are answered from them, and people go on where nothing is known', async () => {
  await article('How long a refund takes', `We pay the refund **${refundAnswer}** after your parcel reached us.`);
  await article('Opening hours of the shop', 'The shop is open from Monday to Friday, 9 am to 6 pm.');
  await article('Change your password', 'Open **Account**, then *Security*, and choose **Change password**.');
  const { conversationButtons } = await desk.widget() as unknown as { conversationButtons: object[] };
  await desk.change({ conversationButtons: conversationButtons.map((button) => ({ ...button, aiResponses: true })) });

  const visitor = await asks(refund);
  const answer = visitor.message(refundAnswer);
  await answer.waitFor();
  expect(await answer.textContent()).toContain('AI');
  const source = answer.getByRole('list', { name: 'Sources' }).getByRole('link', { name: 'How long a refund takes' });
  expect((await fetch(await source.getAttribute('href') ?? '')).status).toBe(200);
  await answer.getByRole('button', { name: 'This helped' }).click();
  await soon(() => answer.getByRole('button', { name: 'This helped' }).getAttribute('aria-pressed')).toBe('true');

  await visitor.write('Do you repair espresso machines on Mars?');
  await visitor.message('I did not find an answer to that').waitFor();
  await visitor.message(goesOn).waitFor();
  expect(await visitor.widget.getByRole('button', { name: 'Talk to a person' }).count()).toBe(0);

  operator = await OperatorPage.signIn(browser, desk.url);
  const { data: [row] } = await desk.ask<{ data: { id: string; number: string | null }[] }>('GET', '/conversations?view=unassigned&limit=10');
  expect(row?.number).toBeTruthy();
  await operator.page.goto(`${desk.url}/admin/inbox/unassigned`);
  await operator.page.getByRole('region', { name: 'Unassigned' }).getByRole('link').first().click();
  await operator.message('espresso machines').first().waitFor();
  await operator.messages.filter({ hasText: 'What the assistant answered' }).waitFor();
  expect(await bar().count()).toBe(0);
  await operator.message(refundAnswer).first().getByRole('button', { name: 'Why this answer?' }).click();
  await operator.page.getByRole('dialog').getByText('The customer found it helpful').waitFor();
  expect(visitor.said).toEqual([]);
});

it.each([
  ['en', 'human please'],
  ['de', 'Ich möchte mit einem Menschen sprechen'],
  ['ar', 'أريد التحدث مع موظف'],
])('whoever asks for a person gets one, by the button and in words (%s)', async (locale, words) => {
  const context = await deviceContext(browser, 'desktop', { locale });
  contexts.push(context);
  const widget = await context.newPage();
  const texts = (await import(`../../locales/${locale}/widget.json`, { with: { type: 'json' } }) as { default: { conversation: { askPerson: string }; event: { handedOver: string } } }).default;
  const begin = async (text: string): Promise<void> => {
    await widget.goto(`${desk.url}/widget/website?locale=${locale}`);
    await widget.locator('[aria-labelledby=start] button').click();
    await widget.locator('[contenteditable=true]').fill(text);
    await widget.keyboard.press('Enter');
  };
  await begin(refund);
  await widget.getByText(refundAnswer, { exact: true }).waitFor();
  await widget.getByRole('button', { name: texts.conversation.askPerson }).click();
  await widget.getByRole('list').getByText(texts.event.handedOver).waitFor();
  await begin(words);
  await widget.getByRole('list').getByText(texts.event.handedOver).waitFor();
});

it('an operator watches, keeps it silent, passes back, and takes over with a reply', async () => {
  const visitor = await asks('When is the shop open?');
  await visitor.message('Monday to Friday').waitFor();
  const id = (await desk.ask<{ data: { id: string }[] }>('GET', '/conversations?view=all&limit=1')).data[0]?.id;
  await operator.page.goto(`${desk.url}/admin/conversations/${id}`);
  await bar().getByText('Assistant answers here').waitFor();
  await visitor.write(refund);
  await operator.message(refundAnswer).waitFor();
  await bar().getByRole('button', { name: 'Pause AI' }).click();
  await bar().getByText('Assistant is paused: people answer').waitFor();
  await visitor.write('How do I change my password?');
  await operator.message('How do I change my password?').waitFor();
  await bar().getByRole('button', { name: 'Pass back to AI' }).click();
  await visitor.message('choose Change password').waitFor();
  await operator.reply('This is Olivia: I look into your refund myself.');
  await bar().waitFor({ state: 'detached' });
  await visitor.message('This is Olivia').waitFor();
  await visitor.send('When is the shop open?');
  const { data } = await desk.ask<{ data: { status: string }[] }>('GET', `/conversations/${id}/answers`);
  expect(data.map(({ status }) => status)).toEqual(['answered', 'answered', 'answered']);
});

it('an assistant that only suggests leaves a draft; the copilot answers and sums up; nothing is said without a person', async () => {
  await mode('suggest');
  const visitor = await asks(refund);
  const id = await desk.conversation(refund);
  await operator.page.goto(`${desk.url}/admin/conversations/${id}`);
  const card = operator.page.getByRole('region', { name: 'Draft by Assistant' });
  await card.getByText(refundAnswer).waitFor();
  await card.getByRole('button', { name: 'Use as reply' }).click();
  await card.waitFor({ state: 'detached' });
  await soon(() => operator.box.inputValue()).toContain(refundAnswer);
  expect(await visitor.message(refundAnswer).count()).toBe(0);
  await operator.submit();
  await visitor.message(refundAnswer).waitFor();

  const copilot = operator.composer.getByRole('button', { name: 'Ask the assistant for help' });
  await copilot.click();
  await operator.page.getByRole('menuitem', { name: 'Ask the knowledge base' }).click();
  const dialog = operator.page.getByRole('dialog');
  await dialog.getByRole('textbox').fill('How do I change my password?');
  await dialog.getByRole('button', { name: 'Ask', exact: true }).click();
  await operator.page.getByRole('region', { name: 'From the knowledge base' }).getByText('Change password').first().waitFor();
  await copilot.click();
  await operator.page.getByRole('menuitem', { name: 'Summarise the conversation' }).click();
  await operator.page.getByRole('region', { name: 'Summary' }).getByText(refund).waitFor();
  await mode('answer');
});

it('what is internal is never told, and what is for people who are signed in only to them', async () => {
  await article('Codes of vouchers', 'The voucher code for staff is KAKADU-77.', { audience: 'internal' });
  await article('The wholesale price list', 'Wholesale customers pay 12 EUR for a KOALA-PACK.', { audience: 'signed-in' });
  const anonymous = await asks('What is the voucher code for staff?');
  await anonymous.message(goesOn).waitFor();
  for (const question of ['What do wholesale customers pay?', 'Wholesale price list']) {
    await anonymous.widget.getByRole('button', { name: 'Back' }).click();
    await anonymous.widget.getByRole('button', { name: 'Send us a message' }).click();
    await anonymous.write(question);
    await anonymous.message(goesOn).waitFor();
  }
  expect(anonymous.frames.join(' ')).not.toMatch(/KAKADU|KOALA/);

  const token = signed({ sub: 'u_1', email: desk.nextEmail(), name: 'Ada Lovelace' }, await desk.secret());
  const known = await asks('What do wholesale customers pay?', await desk.initSite({ userToken: token }));
  await known.message('12 EUR').waitFor();
  await known.write('What is the voucher code for staff?');
  await known.message(goesOn).waitFor();
  expect(known.frames.join(' ')).not.toContain('KAKADU');
});

it('help is searched and read in the widget, and leads to a conversation', async () => {
  const { widget, said } = await visit();
  const search = widget.getByRole('searchbox', { name: 'Search for help' });
  await search.fill('pasword');
  await search.press('Enter');
  await widget.getByRole('button', { name: /Change your password/ }).click();
  await widget.getByRole('heading', { name: 'Change your password' }).waitFor();
  await soon(() => widget.evaluate(() => document.activeElement?.textContent)).toBe('Change your password');
  expect((await fetch(await widget.getByRole('link', { name: /Open in the help centre/ }).getAttribute('href') ?? '')).status).toBe(200);
  await widget.getByRole('button', { name: 'Back to the results' }).click();
  await search.fill('voucher code');
  await widget.getByText('Nothing was found').waitFor();
  await widget.getByRole('button', { name: 'Send us a message' }).click();
  await widget.getByRole('textbox', { name: 'Message' }).waitFor();
  expect(said).toEqual([]);
});

it('switched off in the middle, people go on, and nothing of it is left', async () => {
  const visitor = await asks(refund);
  await visitor.message(refundAnswer).waitFor();
  await switchOff(desk.call, 'ai');
  await visitor.message(goesOn).waitFor();
  await soon(() => visitor.widget.getByRole('button', { name: 'Talk to a person' }).count()).toBe(0);
  await visitor.send(refund);
  const { data: [row] } = await desk.ask<{ data: { id: string; number: string | null }[] }>('GET', '/conversations?view=unassigned&limit=1');
  expect(row?.number).toBeTruthy();
  await operator.page.goto(`${desk.url}/admin/conversations/${row?.id}`);
  await operator.message(refund).first().waitFor();
  expect(await bar().count()).toBe(0);
  expect(await operator.page.getByRole('button', { name: 'Ask the assistant for help' }).count()).toBe(0);
  await operator.page.goto(`${desk.url}/admin/p/chat/widgets/${(await desk.widget()).id}/`);
  await operator.page.locator('.chat-part-toggle').first().click();
  await soon(() => operator.page.getByRole('switch', { name: 'AI responses' }).isDisabled()).toBe(true);
  expect(operator.said).toEqual([]);
  await switchOn(desk.call, 'ai');
});
