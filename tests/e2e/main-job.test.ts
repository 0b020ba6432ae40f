import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContext } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { launchBrowser, personalBrowser } from '../support/browser.ts';
import { spawnDesk, type DeskProcess } from '../support/desk-process.ts';
import { OperatorPage } from './operator-page.ts';
import { afterBreak, soon } from './soon.ts';
import { storedReplies } from './stored.ts';
import { shop, VisitorPage } from './visitor-page.ts';

vi.setConfig({ testTimeout: 90_000 });

let desk: DeskProcess;
let site: Awaited<ReturnType<typeof shop>>;
let browser: Browser;
let operator: OperatorPage;
let stored: Awaited<ReturnType<typeof storedReplies>>;
let context: BrowserContext;

beforeAll(async () => {
  [desk, browser] = await Promise.all([spawnDesk(), launchBrowser()]);
  site = await shop(desk.url);
  stored = await storedReplies(desk.url);
  operator = await OperatorPage.signIn(browser, desk.url);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
  await desk?.dispose();
});
beforeEach(async () => {
  context = await personalBrowser();
  context.setDefaultTimeout(20_000);
});
afterEach(() => context.close());

/** A visitor who has written this, and the operator who has it open. */
async function inConversation(text: string): Promise<VisitorPage> {
  const visitor = await VisitorPage.arrive(context, site.url);
  await visitor.begin();
  await visitor.send(text);
  await operator.openConversation(text);
  return visitor;
}

describe('a visitor and an operator', () => {
  it('find each other: message, inbox without a refresh, answer, badge, and all of it again after a reload', async () => {
    const visitor = await VisitorPage.arrive(context, site.url);
    await visitor.begin();
    await visitor.send('Does the pack fit a laptop?');
    await operator.await('Does the pack fit a laptop?');
    await operator.openConversation('Does the pack fit a laptop?');
    await operator.reply('Yes, up to 16 inches.');
    await visitor.message('Yes, up to 16 inches.').waitFor();

    await visitor.close();
    await operator.reply('And a jacket beside it.');
    await soon(() => visitor.launcher.name()).toContain('You have unread messages');

    await visitor.reload();
    await soon(() => visitor.launcher.name()).toContain('You have unread messages');
    await visitor.open();
    await visitor.resume();
    const said = ['Does the pack fit a laptop?', 'Yes, up to 16 inches.', 'And a jacket beside it.'];
    await soon(() => visitor.shown(said)).toEqual(said);
    await visitor.close();
    await soon(() => visitor.launcher.name()).toBe('Help: Open chat');

    await operator.page.reload();
    await soon(() => operator.shown(said)).toEqual(said);
    expect([...visitor.said, ...operator.said]).toEqual([]);
  });

  it('see each other be there and type', async () => {
    const visitor = await inConversation('Are you there?');
    await visitor.widget.getByText('We are here now').waitFor();
    await operator.page.getByText('Here now', { exact: true }).waitFor();

    await visitor.box.pressSequentially('I am still');
    await operator.thread.getByText(/is typing/).waitFor();
    await visitor.box.fill('');
    await operator.thread.getByText(/is typing/).waitFor({ state: 'hidden' });

    await operator.box.pressSequentially('Yes, I');
    await visitor.widget.getByRole('img', { name: /is typing$/ }).waitFor();
    await operator.box.fill('');
    await visitor.widget.getByRole('img', { name: /is typing$/ }).waitFor({ state: 'hidden' });
  });

  it('keep a note inside: neither the widget nor its socket ever has it', async () => {
    const visitor = await inConversation('A difficult question');
    await operator.choose('Note');
    await operator.box.fill('Canary: ask Mira first');
    await operator.submit();
    await operator.page.getByRole('article', { name: /^Note by/ }).waitFor();
    await operator.choose('Reply');
    await operator.reply('We look into it.');
    await visitor.message('We look into it.').waitFor();
    expect(visitor.frames.some((frame) => frame.includes('We look into it.'))).toBe(true);

    await visitor.reload();
    await visitor.open();
    await visitor.resume();
    await visitor.message('We look into it.').waitFor();
    expect(visitor.frames.filter((frame) => /Canary|Mira/.test(frame))).toEqual([]);
    expect(await visitor.widget.content()).not.toMatch(/Canary|Mira/);
  });

  it('exchange files both ways', async () => {
    const picture = await sharp({ create: { width: 240, height: 160, channels: 3, background: '#06548c' } }).png().toBuffer();
    const filesOf = (who: string) => [
      { name: `${who}.txt`, mimeType: 'text/plain', buffer: Buffer.from(`words of the ${who}`) },
      { name: `${who}.png`, mimeType: 'image/png', buffer: picture },
    ];
    const visitor = await inConversation('Here come files');
    await visitor.widget.locator('input[type=file]').setInputFiles(filesOf('visitor'));
    await visitor.widget.getByRole('button', { name: 'Send', exact: true }).click();
    await operator.thread.getByRole('img', { name: 'visitor.png' }).waitFor();
    const toOperator = operator.page.waitForEvent('download');
    await operator.thread.getByRole('link', { name: 'Download visitor.txt' }).click();
    expect(await readFile(await (await toOperator).path(), 'utf8')).toBe('words of the visitor');

    await operator.composer.locator('input[type=file]').setInputFiles(filesOf('operator'));
    await operator.composer.getByRole('button', { name: 'Remove operator.png' }).waitFor();
    await operator.submit();
    await visitor.widget.getByRole('img', { name: 'operator.png' }).waitFor();
    const toVisitor = visitor.page.waitForEvent('download');
    await visitor.widget.getByRole('button', { name: 'Download operator.txt' }).click();
    expect(await readFile(await (await toVisitor).path(), 'utf8')).toBe('words of the operator');
  });
});

describe('a desk that goes away', () => {
  it.each([['stops and starts', 'SIGTERM'], ['is killed', 'SIGKILL']] as const)('and %s: what was written meanwhile is sent once, and nothing typed is lost', async (_, signal) => {
    const texts = [`${signal} before`, `${signal} during 1`, `${signal} during 2`, `${signal} from the operator`];
    const [before, during1, during2, answer] = texts as [string, string, string, string];
    const visitor = await inConversation(before);
    await operator.box.fill(`${signal} half an`);
    await desk.kill(signal);
    if (signal === 'SIGTERM') expect(await desk.exited()).toBe(0);

    await visitor.write(during1);
    await visitor.write(during2);
    await visitor.widget.getByText('You are offline. What you write is kept').waitFor();
    expect(await visitor.lastState()).toMatch(/^Sending/);
    await operator.page.getByText(/what you type is kept/i).waitFor();
    await operator.box.fill(`${signal} half an answer`);

    await desk.start();
    await afterBreak(() => visitor.lastState()).toMatch(/^(Sent|Read) /);
    await afterBreak(() => operator.shown(texts)).toEqual([before, during1, during2]);
    expect(await operator.box.inputValue()).toBe(`${signal} half an answer`);
    await operator.page.reload();
    await soon(() => operator.box.inputValue()).toBe(`${signal} half an answer`);

    await operator.reply(answer);
    await soon(() => visitor.shown(texts)).toEqual([before, during1, during2, answer]);
    await soon(() => operator.shown(texts)).toEqual([before, during1, during2, answer]);
    expect(await stored(signal)).toEqual([before, during1, during2, answer]);
  });

  it('takes each message of two tabs once', async () => {
    const left = await inConversation('tabs');
    const right = await VisitorPage.arrive(context, site.url);
    await right.open();
    await right.resume();
    await right.message('tabs').waitFor();
    await desk.kill('SIGKILL');
    await left.write('tabs left');
    await right.write('tabs right');
    await left.widget.getByText('You are offline.').waitFor();
    await desk.start();
    await afterBreak(async () => (await stored('tabs')).toSorted()).toEqual(['tabs', 'tabs left', 'tabs right']);
    const order = await stored('tabs');
    for (const tab of [left, right]) await afterBreak(() => tab.shown(['tabs left', 'tabs right'])).toEqual(order.slice(1));
    await afterBreak(() => operator.shown(['tabs left', 'tabs right'])).toEqual(order.slice(1));
    expect(await stored('tabs')).toHaveLength(3);
  });
});
