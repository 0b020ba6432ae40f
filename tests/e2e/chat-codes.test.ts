import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { ChatDesk, deviceContext, devices, type Site } from './chat-desk.ts';
import { soon } from './soon.ts';
import { VisitorPage } from './visitor-page.ts';

let desk: ChatDesk;
let browser: Browser;
let site: Site;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  [desk, browser] = await Promise.all([ChatDesk.start(), launchBrowser()]);
  await desk.change({ notifications: { operators: { isOn: false } } });
  site = await desk.site();
});
afterAll(async () => {
  await browser?.close();
  await desk?.stop();
});
beforeEach(() => desk.change({ security: { requireAuthentication: false, codes: 'always' } }));
afterEach(async () => { for (const context of contexts.splice(0)) await context.close(); });

async function arrive(device = devices[0], url = site.url): Promise<VisitorPage> {
  const context = await deviceContext(browser, device);
  contexts.push(context);
  return VisitorPage.arrive(context, url);
}
const anotherCode = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

describe.each(devices)('on a %s, where authentication is required', (device) => {
  it('name and address, the code from the mail, then the conversation; a wrong code, another one, another address', async () => {
    await desk.change({ security: { requireAuthentication: true } });
    const [wrong, right] = [desk.nextEmail(), desk.nextEmail()];
    const context = await deviceContext(browser, device);
    contexts.push(context);
    await context.clock.install();
    const visitor = await VisitorPage.arrive(context, site.url);
    await visitor.open();
    await visitor.widget.getByRole('button', { name: 'Send us a message' }).click();
    expect(await visitor.box.count()).toBe(0);

    await visitor.giveDetails(wrong);
    await visitor.codeField.waitFor();
    await desk.code(wrong);
    await visitor.widget.getByRole('button', { name: 'Change' }).click();
    expect(await visitor.widget.getByLabel('Full name').inputValue()).toBe('Ada Lovelace');
    expect(await visitor.widget.getByLabel('E-mail address').inputValue()).toBe(wrong);
    await visitor.giveDetails(right);
    await visitor.widget.getByText(right).waitFor();

    const first = await desk.code(right);
    await visitor.enterCode(anotherCode(first));
    await visitor.widget.getByText('This code is not right.').waitFor();
    const resend = visitor.widget.getByRole('button', { name: 'Resend code', exact: true });
    await visitor.widget.getByText(/^Resend code in \d:\d\d$/).waitFor();
    expect(await resend.count()).toBe(0);
    await context.clock.fastForward('01:01');
    desk.letTimePass(61_000);
    await resend.click();
    const second = await desk.code(right, 2);
    await visitor.widget.getByText(/^Resend code in \d:\d\d$/).waitFor();
    if (second !== first) {
      await visitor.enterCode(first);
      await visitor.widget.getByText('This code is not right.').waitFor();
    }
    await visitor.enterCode(second);
    await visitor.box.waitFor();
    await visitor.send(`I am known on my ${device}`);
    expect(await visitor.person()).toContain(right);
    expect(await desk.ask('GET', `/conversations/${await desk.conversation(`I am known on my ${device}`)}`)).toMatchObject({ contact: { kind: 'verified', email: right, name: 'Ada Lovelace' } });
    expect(visitor.said.filter((text) => !/status of (400|422|429)/.test(text))).toEqual([]);
  });
});

describe.each(devices)('on a %s, where it is not', (device) => {
  it('a card asks after the first message, a code keeps the address, and the transcript comes by mail', async () => {
    const email = desk.nextEmail();
    const visitor = await arrive(device);
    await visitor.begin();
    expect(await visitor.widget.getByText('Where may we reach you?').count()).toBe(0);
    await visitor.send(`Where is my parcel, asks the ${device}?`);
    await visitor.widget.getByText('Where may we reach you?').waitFor();
    await visitor.giveDetails(email, 'Grace Hopper');
    await visitor.codeField.waitFor();
    await visitor.send('I can write on meanwhile');
    await visitor.enterCode(await desk.code(email));
    await visitor.widget.getByText(`Grace Hopper · ${email}`).first().waitFor();

    await visitor.choose('E-mail transcript');
    await visitor.widget.getByText(`Send a copy of this conversation to ${email}?`).waitFor();
    await visitor.widget.getByRole('region', { name: 'E-mail transcript' }).getByRole('button', { name: 'Send' }).click();
    await visitor.widget.getByText(`The copy is on its way to ${email}.`).waitFor();
    const { text = '' } = await desk.mail(email, 2);
    expect(text).toMatch(new RegExp(`Where is my parcel, asks the ${device}\\?[\\s\\S]*I can write on meanwhile`));
    expect(visitor.said).toEqual([]);
  });
});

it('a proof whose answer is slow: the widget waits for it, and takes nobody else\'s place meanwhile', async () => {
  const email = desk.nextEmail();
  const context = await deviceContext(browser, 'desktop');
  contexts.push(context);
  await context.clock.install();
  const visitor = await VisitorPage.arrive(context, site.url);
  await visitor.begin();
  await visitor.send('The line is slow here');
  await visitor.giveDetails(email);
  await visitor.codeField.waitFor();
  const letGo = Promise.withResolvers<void>();
  await visitor.page.route('**/codes/confirm', async (route) => {
    const response = await route.fetch();
    await letGo.promise;
    await route.fulfill({ response });
  });
  const begun: string[] = [];
  visitor.page.on('request', (request) => { if (request.method() === 'POST' && request.url().endsWith('/session')) begun.push(request.url()); });
  await visitor.enterCode(await desk.code(email));
  await soon(() => visitor.frames.some((frame) => frame.includes('session:changed'))).toBe(true);
  for (let tries = 0; tries < 3; tries += 1) await context.clock.fastForward('00:05');
  letGo.resolve();
  await visitor.widget.getByText(`Ada Lovelace · ${email}`).first().waitFor();
  await visitor.send('Now it is fast');
  expect(begun).toEqual([]);
  expect(await desk.ask('GET', `/conversations/${await desk.conversation('Now it is fast')}`)).toMatchObject({ contact: { kind: 'verified', email } });
});

it('an answer to somebody who has left comes by mail with what is unread; its link opens the conversation after a code, and one click ends the mails', async () => {
  const email = desk.nextEmail();
  const visitor = await arrive();
  await visitor.begin();
  await visitor.send('Does it rain in Bergen?');
  await visitor.giveDetails(email);
  await visitor.enterCode(await desk.code(email));
  await visitor.widget.getByText(`Ada Lovelace · ${email}`).first().waitFor();
  const id = await desk.conversation('Does it rain in Bergen?');
  await desk.reply(id, 'Read while here.');
  await visitor.message('Read while here.').waitFor();
  await visitor.widget.getByRole('button', { name: 'Back' }).click();
  await soon(() => visitor.widget.getByText('unread message').count()).toBe(0);
  await visitor.page.context().close();
  contexts.pop();

  await desk.change({ notifications: { users: { delaySeconds: 0 } } });
  await desk.reply(id, 'Yes, **often**.');
  const mail = await desk.mail(email, 2);
  expect(mail.text).toContain('Yes, often.');
  expect(mail.text).not.toMatch(/Read while here|Does it rain/);
  const links = [...(mail.html ?? '').matchAll(/href="([^"]+)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'));
  const link = links.find((href) => href.includes('?conversation=')) ?? '';
  expect(new URL(link).pathname + new URL(link).search).toBe(`/widget/website?conversation=${id}`);

  const elsewhere = await arrive('phone', link);
  await elsewhere.widget.getByText('Confirm your address to see this conversation.').waitFor();
  expect(await elsewhere.page.content()).not.toContain('Bergen');
  desk.letTimePass(61_000);
  await elsewhere.giveDetails(email);
  await elsewhere.enterCode(await desk.code(email, 3));
  await elsewhere.message('Yes, often.').waitFor();
  await soon(() => elsewhere.shown(['Does it rain in Bergen?', 'Read while here.', 'Yes, often.'])).toEqual(['Does it rain in Bergen?', 'Read while here.', 'Yes, often.']);
  await elsewhere.send('Then I take a coat');

  const page = await contexts.at(-1)?.newPage();
  if (!page) throw new Error('no page');
  const stop = links.find((href) => href.includes('/unsubscribe/')) ?? '';
  await page.goto(stop);
  await page.getByRole('heading', { name: 'Stop these e-mails?' }).waitFor();
  await page.getByRole('button', { name: 'Stop e-mail about this conversation' }).click();
  await page.getByRole('heading', { name: 'You are unsubscribed' }).waitFor();
  await page.getByRole('button', { name: 'Send me e-mail again' }).waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});

it('a link to somebody else\'s conversation shows nothing of it, whoever proves themselves', async () => {
  const [owner, stranger] = [desk.nextEmail(), desk.nextEmail()];
  const visitor = await arrive();
  await visitor.begin();
  await visitor.send('Mine alone, said the owner');
  await visitor.giveDetails(owner);
  await visitor.enterCode(await desk.code(owner));
  await visitor.widget.getByText(`Ada Lovelace · ${owner}`).first().waitFor();
  const id = await desk.conversation('Mine alone, said the owner');

  const other = await arrive('desktop', `${desk.url}/widget/website?conversation=${id}`);
  await other.giveDetails(stranger, 'Eve');
  await other.enterCode(await desk.code(stranger));
  await other.widget.getByText('This conversation is no longer there.').waitFor();
  expect(await other.page.content()).not.toContain('Mine alone');
  expect(other.frames.filter((frame) => frame.includes('Mine alone'))).toEqual([]);
});
