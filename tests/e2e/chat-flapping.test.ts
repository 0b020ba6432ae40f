import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { personalBrowser } from '../support/browser.ts';
import { Proxy } from '../support/proxy.ts';
import { ChatDesk } from './chat-desk.ts';
import { afterBreak, soon } from './soon.ts';
import { shop, VisitorPage } from './visitor-page.ts';

vi.setConfig({ testTimeout: 240_000 });

const perTab = 100;

let desk: ChatDesk;
let proxy: Proxy;
let line: string;
let context: BrowserContext;

beforeAll(async () => {
  [desk, context] = await Promise.all([ChatDesk.start(), personalBrowser()]);
  context.setDefaultTimeout(60_000);
  proxy = new Proxy(desk.url);
  line = await proxy.open();
});
afterAll(async () => {
  await context?.close();
  await proxy?.close();
  await desk?.stop();
});

interface Stored { kind: string; seq: number; body: { text: string } }

async function storedTexts(id: string): Promise<string[]> {
  const all: Stored[] = [];
  for (;;) {
    const { data } = await desk.ask<{ data: Stored[] }>('GET', `/conversations/${id}/messages?afterSeq=${all.at(-1)?.seq ?? 0}&limit=100`);
    if (data.length === 0) return all.filter(({ kind }) => kind === 'reply').map(({ body }) => body.text);
    all.push(...data);
  }
}

/** Messages of a visitor's own, as they stand in the thread from its first one on. */
async function wholeThread(tab: VisitorPage, count: number): Promise<string[]> {
  const bubbles = tab.widget.locator('.message.is-mine .bubble');
  const older = tab.widget.getByRole('button', { name: 'Show earlier messages' });
  await afterBreak(async () => {
    if (await bubbles.count() < count && await older.isVisible()) await older.click();
    return bubbles.count();
  }).toBe(count);
  return bubbles.allTextContents();
}

it('three hundred messages typed quickly in three tabs over a line that flaps: each is there once, in one order, and one socket does it', async () => {
  const site = await shop(line);
  const tabs: VisitorPage[] = [];
  let open = 0;
  let most = 0;
  for (let n = 0; n < 3; n += 1) {
    const tab = new VisitorPage(await context.newPage());
    tab.page.on('websocket', (socket) => {
      open += 1;
      most = Math.max(most, open);
      socket.on('close', () => { open -= 1; });
    });
    await tab.page.goto(site.url);
    tabs.push(tab);
  }
  const [first, ...others] = tabs as [VisitorPage, ...VisitorPage[]];
  await first.begin();
  await first.send('Before the storm');
  for (const tab of others) {
    await tab.open();
    await tab.resume();
    await tab.message('Before the storm').waitFor();
  }
  expect(open).toBe(1);
  const id = await desk.conversation('Before the storm');

  let isWriting = true;
  const wanted = tabs.flatMap((_, tab) => Array.from({ length: perTab }, (__, n) => `tab ${tab} message ${n + 1}.`));
  const writing = Promise.all(tabs.map(async (tab, index) => {
    const box = tab.box;
    for (let n = 1; n <= perTab; n += 1) await box.evaluate((element, text) => {
      (element as HTMLElement).focus();
      document.execCommand('insertText', false, text);
      element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
    }, `tab ${index} message ${n}.`);
  })).finally(() => { isWriting = false; });
  const stored = async () => (await storedTexts(id)).length;
  const isDone = async () => !isWriting && await stored() > wanted.length;
  /** The line is good for a while: something more arrives, unless all is there. */
  const goesOn = async () => {
    const before = await stored();
    await afterBreak(async () => await stored() > before || await isDone()).toBe(true);
  };
  for (let round = 0; round < 9; round += 1) {
    await goesOn();
    const { tries, dropped } = proxy;
    if (round % 3 === 0) {
      // What the desk says gets lost, its acknowledgements too, then the line.
      proxy.mode = 'deaf';
      await afterBreak(async () => proxy.dropped > dropped || await isDone()).toBe(true);
    } else if (round === 4) {
      // The line dies and nobody is told: the widget has to find out.
      proxy.mode = 'half-open';
      await afterBreak(() => proxy.tries > tries).toBe(true);
    }
    proxy.mode = 'open';
    proxy.cut();
    await afterBreak(() => proxy.tries > tries).toBe(true);
  }
  await writing;
  await expect.poll(stored, { timeout: 120_000, interval: 100 }).toBe(wanted.length + 1);
  const order = await storedTexts(id);
  expect(order.toSorted()).toEqual(['Before the storm', ...wanted].toSorted());
  for (let tab = 0; tab < tabs.length; tab += 1) {
    expect(order.filter((text) => text.startsWith(`tab ${tab} `))).toEqual(wanted.filter((text) => text.startsWith(`tab ${tab} `)));
  }
  for (const tab of tabs) expect(await wholeThread(tab, order.length)).toEqual(order);
  expect(proxy.dropped).toBeGreaterThan(0);
  // A line that is being cut may overlap with the next one for a moment; tabs never hold one each. Cut while its socket was being
  // made, the widget may go on by polling, which is none of these: it begins once more, in peace.
  if (open === 0) proxy.cut();
  await afterBreak(() => open).toBe(1);
  expect(most).toBeLessThanOrEqual(2);
  await site.close();
});

it('the tab that holds the socket goes away in the middle: another one takes its place and its messages', async () => {
  const site = await shop(desk.url);
  const holder = await VisitorPage.arrive(context, site.url);
  await holder.begin();
  await holder.send('From the first tab');
  const heir = await VisitorPage.arrive(context, site.url);
  await heir.open();
  await heir.resume();
  await heir.message('From the first tab').waitFor();
  for (let n = 1; n <= 5; n += 1) await holder.write(`in a hurry ${n}`);
  // The other tab knows what waits here as soon as it is stored.
  await heir.message('in a hurry 5').waitFor();
  await holder.page.close();
  const id = await desk.conversation('in a hurry 5');
  await soon(() => storedTexts(id)).toEqual(['From the first tab', ...Array.from({ length: 5 }, (_, n) => `in a hurry ${n + 1}`)]);
  await heir.send('From the second tab');
  await soon(() => heir.shown(['in a hurry 1', 'in a hurry 5', 'From the second tab'])).toEqual(['in a hurry 1', 'in a hurry 5', 'From the second tab']);
  await site.close();
});
