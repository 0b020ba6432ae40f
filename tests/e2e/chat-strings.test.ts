import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { Operator } from '../support/operator.ts';
import { manifestOf, pluginFolder, switchOff, switchOn, writePlugin } from '../support/plugins.ts';
import { ChatDesk, deviceContext } from './chat-desk.ts';
import { everyText } from './every-text.ts';
import { soon } from './soon.ts';

interface Translation { entries: { key: string; english: string; placeholders: string[] }[] }

let desk: ChatDesk;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let widget: Frame;
let operator: Operator;
let texts: Set<string>;
let keys: string[];

/** Words of the desk and of its people carry this sign; words of the widget are `⟦key⟧`. */
const data = (text: string) => `${text.replaceAll(' ', '_')}§`;
const own = (key: string) => `⟦${key}⟧`;
const button = (key: string) => widget.getByRole('button', { name: own(key) });
const item = (key: string) => widget.getByRole('menuitem', { name: own(key) });
const text = (key: string) => widget.getByText(own(key)).first();
/** What stands there for a moment only was there at some time. */
const said = (key: string) => soon(() => [...texts].some((shown) => shown.includes(own(key)))).toBe(true);
const box = () => widget.getByRole('textbox', { name: own('composer.label') });

/** An assistant whose every word is data. */
const robo = `await ctx.assistants.register({ id: 'robo', label: 'name',
  async accounts() { return [{ id: 'a', name: '${data('Robo')}', brandIds: 'all', mode: 'answer', isDefault: true }]; },
  async answer() { return { text: '${data('Hello there')}', sources: [{ title: '${data('Parcels')}', url: 'https://example.com/parcels' }] }; },
});`;

beforeAll(async () => {
  const folder = await pluginFolder();
  await writePlugin(folder, 'robo', { manifest: manifestOf('robo', { permissions: ['messages:read'] }), setup: robo });
  [desk, browser] = await Promise.all([ChatDesk.start({ PLUGBOARD_PLUGIN_PATH: folder }), launchBrowser()]);
  await desk.ask('POST', '/articles', { title: data('Parcels'), body: data('They come on foot'), status: 'published' });
  const widgetOf = await desk.widget();
  const { entries } = await desk.ask<Translation>('GET', `/widgets/${widgetOf.id}/translations/en`);
  keys = entries.map(({ key }) => key);
  await desk.ask('PUT', `/widgets/${widgetOf.id}/translations/en`, { texts: Object.fromEntries(entries.map(({ key, placeholders }) => [key, [own(key), ...placeholders].join(' ')])) });
  await desk.ask('PATCH', `/brands/${widgetOf.brandId}`, { name: data('Brand') });
  const { data: [owner] } = await desk.ask<{ data: { id: string }[] }>('GET', '/operators');
  await desk.ask('PATCH', `/operators/${owner?.id ?? ''}`, { name: data('Operator') });
  await desk.change({
    conversationButtons: [{ id: 'ask' }],
    selfServiceLinks: [{ id: 'a', label: data('Guides') }], externalLinks: [{ label: data('Status'), url: 'https://status.example.com' }],
    notifications: { operators: { isOn: false }, users: { isOn: false } },
  });
  context = await deviceContext(browser);
  texts = await everyText(context);
  await context.clock.install();
  page = await context.newPage();
});
afterAll(async () => {
  operator?.leave();
  await browser?.close();
  await desk?.stop();
});

const address = (query = '') => `${desk.url}/widget/website${query}`;

/** The frame stands in a closed shadow root, so it is found by its address. */
async function openOn(url: string): Promise<void> {
  await page.goto(url);
  await page.waitForFunction('window.Plugboard?.open');
  await page.evaluate('Plugboard.open()');
  const find = () => page.frames().find((frame) => frame.url().startsWith(address()));
  await soon(() => find() !== undefined).toBe(true);
  widget = find() ?? page.mainFrame();
  await text('dashboard.start').waitFor();
}
async function openAlone(query = ''): Promise<void> {
  await page.goto(address(query));
  widget = page.mainFrame();
}
async function write(words: string): Promise<void> {
  await box().fill(data(words));
  await box().press('Enter');
}
/** By keyboard: where the frame has just changed its size, a pointer may find it where it was. */
async function openMenu(): Promise<void> {
  await button('menu.label').press('Enter');
  await widget.getByRole('menuitemcheckbox', { name: own('menu.sound') }).waitFor();
}
const line = async (isOff: boolean) => {
  await context.setOffline(isOff);
  if (isOff) await text('banner.offline').waitFor();
  else await soon(() => text('banner.offline').count()).toBe(0);
};
const file = (name: string, size = 20) => ({ name: data(name), mimeType: 'text/plain', buffer: Buffer.alloc(size, 'x') });
const choose = (...files: ReturnType<typeof file>[]) => widget.locator('input[type=file]').setInputFiles(files);
async function giveDetails(name: string, email: string): Promise<void> {
  await widget.locator('input[autocomplete=name]').fill(name);
  await widget.locator('input[type=email]').fill(email);
  await widget.locator('input[type=email]').press('Enter');
}
const codeField = () => widget.getByRole('textbox', { name: own('identity.codeTitle') });
const wrongCode = (code: string, by: number) => String((Number(code) + by) % 1_000_000).padStart(6, '0');

/** A conversation: messages both ways, states, files, failures, the end and a new beginning. */
async function walkConversation(): Promise<string> {
  await button('dashboard.message').press('Enter');
  await write('First words');
  await text('state.sent').waitFor();
  await text('identity.cardTitle').waitFor();
  const id = await desk.conversation(data('First words'));
  operator = await Operator.signIn(desk.url);
  await line(true);
  await write('Without a line');
  await text('state.waiting').waitFor();
  await choose(file('late.txt'));
  await button('file.retry').waitFor();
  await text('file.failed').waitFor();
  await line(false);
  await button('file.retry').click();
  await soon(() => button('file.retry').count()).toBe(0);

  await text('conversation.teamHere').waitFor();
  const { version } = await desk.ask<{ version: number }>('GET', `/conversations/${id}`);
  const { data: [owner] } = await desk.ask<{ data: { id: string }[] }>('GET', '/operators');
  await desk.ask('PATCH', `/conversations/${id}`, { version, assigneeIds: [owner?.id] });
  await text('conversation.person').waitFor();
  await text('conversation.here').waitFor();
  await operator.socket.emitWithAck('conversation:watch', { conversationId: id });
  await operator.socket.emitWithAck('typing', { conversationId: id, isTyping: true, kind: 'reply' });
  await widget.getByRole('img', { name: own('conversation.typing') }).waitFor();
  await desk.reply(id, data('An answer'));
  await said('announce.message');
  await operator.call('POST', `/conversations/${id}/read`, { seq: 2 });

  await choose(...Array.from({ length: 11 }, (_, index) => file(`${index}.txt`)));
  await text('composer.tooMany').waitFor();
  for (let left = await button('file.cancel').count(); left > 1; left -= 1) await button('file.cancel').last().click();
  await choose(file('large.bin', 20 * 1_024 * 1_024 + 1));
  await text('failure.too_large').waitFor();
  await button('file.cancel').last().click();
  await button('composer.send').click();
  await button('file.download').waitFor();
  await box().fill('x'.repeat(10_001));
  await text('failure.message_too_long').waitFor();
  await box().fill('');
  await button('composer.emoji').click();
  await widget.locator('.emojis button:focus').waitFor();
  await page.keyboard.press('Escape');

  await openMenu();
  await item('menu.close').click();
  await text('event.closed').waitFor();
  await text('conversation.closed').waitFor();
  await write('Open it again');
  await text('event.reopened').waitFor();
  await desk.ask('POST', `/conversations/${id}/escalation`, {});
  await text('event.ticket').waitFor();
  return id;
}

/** The card that asks who somebody is: every way to fill it wrongly, then the right one. */
async function walkCard(email: string): Promise<void> {
  await giveDetails(data('Ada'), 'not an address');
  await text('identity.emailWrong').waitFor();
  await giveDetails(data('Ada'), email);
  await codeField().waitFor();
  await button('identity.continue').click();
  await text('identity.incomplete').waitFor();
  const code = await desk.code(email);
  for (let by = 1; by <= 4; by += 1) {
    await codeField().fill(wrongCode(code, by));
    await text(by < 4 ? 'identity.wrong_other' : 'identity.wrong_one').waitFor();
  }
  await codeField().fill(wrongCode(code, 5));
  await soon(() => widget.getByRole('alert').allTextContents()).not.toContain(own('identity.wrong_one'));
  await text('identity.resendIn').waitFor();
  await context.clock.fastForward('01:01');
  await button('identity.resend').click();
  await text('identity.wait_one').waitFor();
  desk.letTimePass(61_000);
  await button('identity.resend').click();
  await said('identity.sentAgain');
  await codeField().fill(await desk.code(email, 2));
  await said('identity.saved');
}

/** Articles: none found, one read, and none to be had. */
async function walkHelp(): Promise<void> {
  await openAlone();
  const search = () => widget.getByRole('searchbox');
  await search().fill('zzzzz');
  await search().press('Enter');
  await text('help.nothing').waitFor();
  await search().fill('Parcels');
  await widget.getByRole('button', { name: 'Parcels' }).click();
  await text('help.whole').waitFor();
  await button('help.back').click();
  await context.setOffline(true);
  await search().fill('Parcel');
  await text('help.failed').waitFor();
  await context.setOffline(false);
}

/** An assistant answers, and a person is asked for. */
async function walkAssistant(): Promise<void> {
  await switchOn(desk.call, 'robo');
  await desk.change({ conversationButtons: [{ id: 'ask', aiResponses: true }] });
  await openAlone();
  await button('dashboard.message').click();
  await write('Is anybody there');
  await button('answer.up').click();
  await text('conversation.assistant').waitFor();
  await button('conversation.askPerson').click();
  await text('event.handedOver').waitFor();
}

it('every word of the widget can be changed: nothing on any screen is written into the program', async () => {
  const email = desk.nextEmail();
  await openOn((await desk.site()).url);
  await openMenu();
  await item('menu.fullScreen').press('Enter');
  await openMenu();
  await item('menu.smaller').press('Enter');
  await soon(() => widget.evaluate(() => innerWidth)).toBeLessThan(600);
  await walkConversation();
  await walkCard(email);
  await openMenu();
  await item('menu.transcript').click();
  await button('transcript.cancel').waitFor();
  await button('transcript.send').click();
  await button('transcript.done').click();

  // Answers while nobody looks at the thread.
  await button('header.back').click();
  const id = (await desk.ask<{ data: { id: string }[] }>('GET', '/conversations?view=all')).data[0]?.id ?? '';
  await desk.reply(id, data('One'));
  await text('dashboard.unread_one').waitFor({ state: 'attached' });
  await desk.reply(id, data('Two'));
  await text('dashboard.unread_other').waitFor({ state: 'attached' });
  await text('dashboard.here').waitFor();

  // Two that are not sent yet: one begun without a line, one begun while the chat is closed.
  await line(true);
  await button('dashboard.message').click();
  await write('Begun without a line');
  await button('header.back').click();
  await text('dashboard.notSent').waitFor();
  await line(false);
  await soon(() => text('dashboard.notSent').count()).toBe(0);
  await button('dashboard.you').first().click();
  await switchOff(desk.call, 'chat');
  await text('banner.closed').waitFor();
  await write('While it is closed');
  await text('state.closed').waitFor();
  await switchOn(desk.call, 'chat');
  await soon(() => text('state.closed').count()).toBe(0);
  await page.evaluate(`Plugboard.showArticle('guides')`);

  // Signed out, and stopped at the door.
  await desk.change({ security: { requireAuthentication: true } });
  await openMenu();
  await item('menu.signOut').click();
  await openAlone(`?conversation=${id}`);
  await text('identity.text.thread').waitFor();
  await openAlone();
  await button('dashboard.message').click();
  await text('identity.text.new').waitFor();
  await giveDetails('', '');
  await text('identity.nameMissing').waitFor();
  await giveDetails(data('Eve'), desk.nextEmail());
  await button('identity.change').click();
  await text('identity.who').waitFor();
  await context.setOffline(true);
  await giveDetails(data('Eve'), desk.nextEmail());
  await text('identity.failure.unreachable').waitFor();
  await context.setOffline(false);

  // Stopped in the middle: the desk asks for a proof since a moment ago.
  await desk.change({ security: { requireAuthentication: false } });
  await openAlone();
  await button('dashboard.message').click();
  await desk.change({ security: { requireAuthentication: true } });
  await write('Refused');
  await text('failure.authentication_required').waitFor();
  await button('state.confirm').waitFor();
  await button('state.discard').click();
  await desk.change({ security: { requireAuthentication: false } });

  await walkHelp();
  await walkAssistant();

  const isSeen = (key: string) => [...texts].some((shown) => shown.includes(own(key)));
  expect({ strange: strange(texts), neverSeen: keys.filter((key) => !elsewhere.some((pattern) => pattern.test(key)) && !isSeen(key)) }).toEqual({ strange: [], neverSeen: [] });
});

/** Words of the launcher are the page's; others need circumstances that tests of their own make. */
const elsewhere = [
  /^launcher\./, /^sample\./, /^identity\.failure\./, /^failure\.(rate_limited|not_found|other)$/, /^identity\.(wait_other|text\.transcript)$/,
  /^state\.(failed|retry)$/, /^(day\.yesterday|file\.missing|banner\.article|composer\.drop)$/, /^dashboard\.(older|file)$/,
  /^conversation\.(older|loading|loadFailed|newMessages|latest|ai)$/,
];

/** What is neither a text of the widget nor data: times, sizes, initials, keys of a keyboard and signs have no words. */
function strange(shown: Iterable<string>): string[] {
  // What was found is marked, apart from its sign.
  const parts = [/⟦[^⟧]+⟧/g, /^Parcels?$/g, /[\w.]+§/g, /[\w.+-]+@[\w.-]+/g, /\d+:\d\d(\s?[AP]M)?/g, /\d+(\.\d+)?\s?([kM]?B|bytes?)\b/g, /\+[A-Z]\b/g, /\b\d+\s?(min\.?|m) ago|\bnow\b|this minute/g, /x{20,}/g];
  return [...shown].filter((one) => /\p{L}/u.test(parts.reduce((rest, part) => rest.replace(part, ' '), one)));
}
