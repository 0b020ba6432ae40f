import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { foreignSite, launchBrowser, watchConsole } from '../../tests/support/browser.ts';
import { pretendDesk, PretendFrame } from './pretend-desk.ts';
import type { PretendDesk } from './pretend-desk.ts';

let desk: PretendDesk;
let browser: Browser;
const closers: (() => Promise<void>)[] = [];

beforeAll(async () => { [desk, browser] = await Promise.all([pretendDesk(), launchBrowser()]); });
afterAll(async () => {
  await browser.close();
  await desk.close();
});
beforeEach(() => desk.answer({}));
afterEach(async () => { for (const close of closers.splice(0)) await close(); });

interface Site { html?: string; init?: string; viewport?: { width: number; height: number }; headers?: Record<string, string>; context?: BrowserContext }

async function open({ html = '', init = '{ widget: "website" }', viewport, headers, context }: Site = {}): Promise<{ page: Page; said: string[]; url: string }> {
  const site = await foreignSite(`<!doctype html><html lang="en"><meta charset="utf-8"><title>A shop</title><link rel="icon" href="data:,"><body>${html}
    <script>window.seen = []; addEventListener('plugboard:ready', () => seen.push('ready')); addEventListener('plugboard:open', () => seen.push('open'));
    window.plugboardAsyncInit = () => Plugboard.init(${init})</script><script src="${desk.url}/widget.js" async></script></body></html>`, headers);
  const page = context ? await context.newPage() : await browser.newPage({ locale: 'en-US', ...(viewport ? { viewport } : {}) });
  closers.push(site.close, () => page.close());
  const said = watchConsole(page);
  await page.goto(site.url);
  await page.waitForFunction('seen.includes("ready")');
  return { page, said, url: site.url };
}

/** The launcher and its panel stand in a closed shadow root: where they are drawn is asked of the browser itself. */
async function boxes(page: Page): Promise<Record<'button' | 'iframe' | 'i', { x: number; y: number; width: number; height: number } | null>> {
  const session = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  const { nodes } = await session.send('DOM.getFlattenedDocument', { depth: -1, pierce: true });
  const host = nodes.find(({ nodeName }) => nodeName === 'PLUGBOARD-CHAT');
  const inside = (id?: number): typeof nodes => nodes.filter(({ parentId }) => parentId === id).flatMap((node) => [node, ...inside(node.nodeId)]);
  const root = nodes.find(({ nodeId }) => nodeId === host?.shadowRoots?.[0]?.nodeId) ?? host?.shadowRoots?.[0];
  const box = async (name: string) => {
    const node = inside(root?.nodeId).find(({ nodeName }) => nodeName === name);
    const model = node && await session.send('DOM.getBoxModel', { nodeId: node.nodeId }).then(({ model: given }) => given, () => null);
    return model ? { x: model.border[0] ?? 0, y: model.border[1] ?? 0, width: model.width, height: model.height } : null;
  };
  const found = { button: await box('BUTTON'), iframe: await box('IFRAME'), i: await box('I') };
  await session.detach();
  return found;
}

test('an element of the page is the launcher, also one that comes later', async () => {
  const { page } = await open({ html: '<a class="help" href="#gone"><b>Help</b></a>', init: '{ widget: "website", ui: { trigger: ".help" } }' });
  expect((await boxes(page)).button).toBeNull();
  await page.click('.help b');
  const frame = await (await PretendFrame.of(page)).ready();
  expect(await frame.heard('visible')).toMatchObject({ isOpen: true });
  expect(page.url()).not.toContain('gone');
  await page.click('.help');
  await expect.poll(async () => (await frame.heard('visible')).isOpen).toBe(false);
  await page.evaluate(() => { document.body.insertAdjacentHTML('beforeend', '<button class="help" id="late">Later</button>'); });
  await page.click('#late');
  await expect.poll(async () => (await frame.heard('visible')).isOpen).toBe(true);
});

test.each(['document.querySelector("#one")', 'document.querySelectorAll("button")', '[document.querySelector("#one"), document.querySelector("#two")]'])('a trigger may be %s', async (trigger) => {
  const { page } = await open({ html: '<button id="one" onclick="event.stopPropagation()">One</button><button id="two">Two</button>', init: `{ widget: "website", ui: { trigger: ${trigger} } }` });
  await page.click('#one');
  await expect.poll(() => page.evaluate('seen')).toEqual(['ready', 'open']);
});

test('manual shows no launcher before show; a badge stays away when it is not wanted', async () => {
  const { page } = await open({ init: '{ widget: "website", ui: "manual" }' });
  expect((await boxes(page)).button).toBeNull();
  await page.evaluate('Plugboard.show()');
  expect((await boxes(page)).button?.height).toBe(52);

  for (const [badge, isDrawn] of [['true', true], ['false', false]] as const) {
    const { page: other } = await open({ init: `{ widget: "website", userId: "u", ui: { badge: ${badge} } }` });
    const frame = await (await PretendFrame.of(other)).ready();
    await frame.tell({ type: 'unread', count: 1 });
    await expect.poll(() => other.evaluate('Plugboard.getUnreadCount()')).toBe(1);
    expect((await boxes(other)).i !== null).toBe(isDrawn);
  }
});

test('the panel takes the size that the frame asks for, as far as the window has it', async () => {
  const { page } = await open();
  await page.evaluate('Plugboard.open()');
  const frame = await (await PretendFrame.of(page)).ready();
  await expect.poll(async () => (await boxes(page)).iframe).toEqual({ x: 860, y: 20, width: 400, height: 616 });
  await frame.tell({ type: 'size', isFull: false, width: 500, height: 400 });
  await expect.poll(async () => (await boxes(page)).iframe).toEqual({ x: 760, y: 236, width: 500, height: 400 });
  await frame.tell({ type: 'size', isFull: false, width: 5_000, height: 10 });
  await expect.poll(async () => (await boxes(page)).iframe).toEqual({ x: 20, y: 316, width: 1_240, height: 320 });
  await frame.tell({ type: 'size', isFull: true });
  await expect.poll(async () => (await boxes(page)).iframe).toEqual({ x: 12, y: 12, width: 1_256, height: 696 });
  await frame.tell({ type: 'size', isFull: false });
  await expect.poll(async () => (await boxes(page)).iframe).toMatchObject({ width: 400, height: 616 });
});

test.each([
  ['left', { position: 'left' }, {}, { x: 20, y: 20, width: 400, height: 616 }],
  ['a sidebar', { defaultMode: 'sidebar' }, {}, { x: 880, y: 0, width: 400, height: 720 }],
  ['a sidebar on the left by the widget', {}, { type: 'sidebar', position: 'left' } as const, { x: 0, y: 0, width: 400, height: 720 }],
  ['a popup where the widget is a sidebar', { defaultMode: 'popup' }, { type: 'sidebar' } as const, { x: 860, y: 20, width: 400, height: 616 }],
  ['full', { defaultMode: 'full' }, {}, { x: 12, y: 12, width: 1_256, height: 696 }],
])('where it opens: %s', async (_name, init, answer, box) => {
  desk.answer(answer);
  const { page } = await open({ init: JSON.stringify({ widget: 'website', ...init }) });
  await page.evaluate('Plugboard.open()');
  const frame = await (await PretendFrame.of(page)).ready();
  await expect.poll(async () => (await boxes(page)).iframe).toEqual(box);
  expect(await frame.heard('visible')).toMatchObject({ isSidebar: box.height === 720, isLeft: box.x < 100 && box.width === 400 });
});

test('on a phone it is the whole screen, whatever size was asked for', async () => {
  const { page } = await open({ viewport: { width: 390, height: 844 } });
  await page.evaluate('Plugboard.open()');
  const frame = await (await PretendFrame.of(page)).ready();
  await frame.tell({ type: 'size', isFull: false, width: 500, height: 400 });
  await expect.poll(async () => (await boxes(page)).iframe).toEqual({ x: 0, y: 0, width: 390, height: 844 });
  expect((await boxes(page)).button).toBeNull();
  expect(await frame.heard('visible')).toMatchObject({ isPhone: true });
  await page.setViewportSize({ width: 1_280, height: 720 });
  await expect.poll(async () => (await frame.heard('visible')).isPhone).toBe(false);
});

test('tells each navigation of a site that is one page', async () => {
  const { page } = await open({ init: '{ widget: "website", userId: "u" }' });
  const frame = await (await PretendFrame.of(page)).ready();
  await page.evaluate(() => {
    document.title = 'Basket';
    history.pushState({}, '', '/basket?x=1');
  });
  await expect.poll(() => frame.heard('page')).toMatchObject({ url: `${new URL(page.url()).origin}/basket?x=1`, title: 'Basket' });
  await page.goBack();
  await expect.poll(() => frame.heard('page')).toMatchObject({ url: `${new URL(page.url()).origin}/` });
  await page.evaluate(() => { location.hash = 'part'; });
  await expect.poll(async () => (await frame.heard('page')).url).toContain('#part');
});

test('outlives a site that changes its whole body', async () => {
  const { page } = await open({ init: '{ widget: "website", userId: "u" }' });
  const frame = await (await PretendFrame.of(page)).ready();
  await page.evaluate(() => { document.documentElement.replaceChild(document.createElement('body'), document.body); });
  await page.evaluate('Plugboard.open()');
  await expect.poll(async () => (await frame.heard('visible')).isOpen).toBe(true);
});

test('comes back with a page out of the browser\'s cache', async () => {
  const { page, url } = await open({ init: '{ widget: "website", userId: "u" }' });
  await (await PretendFrame.of(page)).ready();
  const other = await foreignSite('<!doctype html><title>Elsewhere</title><link rel="icon" href="data:,">');
  closers.push(other.close);
  await page.goto(other.url);
  await page.goBack();
  expect(page.url()).toBe(url);
  await page.waitForFunction('seen.includes("ready")');
  await page.evaluate('Plugboard.open()');
  const frame = await (await PretendFrame.of(page)).ready();
  expect(await frame.heard('visible')).toMatchObject({ isOpen: true });
});

test('keeps for a frame without storage what it asks for, and tells the other tabs of the site', async () => {
  const context = await browser.newContext();
  closers.push(() => context.close());
  const { page, url } = await open({ context, init: '{ widget: "website", userId: "u" }' });
  const frame = await (await PretendFrame.of(page)).ready();
  await frame.tell({ type: 'keep', key: 'draft:1', value: 'Hel' });
  await frame.tell({ type: 'keep', key: 'session', value: 'token', isBrief: true });
  await frame.tell({ type: 'recall' });
  expect((await frame.heard('kept')).values).toEqual({ 'draft:1': 'Hel', session: 'token' });

  const second = await context.newPage();
  await second.goto(url);
  const other = await (await PretendFrame.of(second)).ready();
  await other.tell({ type: 'recall' });
  expect((await other.heard('kept')).values).toEqual({ 'draft:1': 'Hel' });
  await frame.tell({ type: 'keep', key: 'draft:1', value: null });
  await expect.poll(async () => (await other.heard('kept')).values).toEqual({ 'draft:1': null });
  // A value that becomes brief is not left where it was kept for longer.
  await frame.tell({ type: 'keep', key: 'session', value: 'later' });
  await frame.tell({ type: 'keep', key: 'session', value: 'brief', isBrief: true });
  await expect.poll(() => page.evaluate('[localStorage["plugboard:website:session"], sessionStorage["plugboard:website:session"]]')).toEqual([undefined, 'brief']);
});

test('carries what tabs say to each other, and hands the lead on', async () => {
  const context = await browser.newContext();
  closers.push(() => context.close());
  const { page, url } = await open({ context, init: '{ widget: "website", userId: "u" }' });
  const frame = await (await PretendFrame.of(page)).ready();
  await frame.tell({ type: 'share' });
  await frame.heard('lead');
  const second = await context.newPage();
  await second.goto(url);
  const other = await (await PretendFrame.of(second)).ready();
  await other.tell({ type: 'share' });
  await other.tell({ type: 'bus', data: { hello: 1 } });
  expect((await frame.heard('bus')).data).toEqual({ hello: 1 });
  expect((await other.all()).filter(({ type }) => type === 'lead' || type === 'bus')).toEqual([]);
  await page.evaluate('Plugboard.destroy()');
  await other.heard('lead');
});

test('a page without an origin of its own opens the chat beside it', async () => {
  const inner = `<script src='${desk.url}/widget.js' data-widget='website'></script>`;
  const site = await foreignSite(`<!doctype html><title>Sandbox</title><link rel="icon" href="data:,"><iframe sandbox="allow-scripts allow-popups" width="800" height="600" srcdoc="${inner}"></iframe>`);
  const page = await browser.newPage();
  closers.push(site.close, () => page.close());
  await page.goto(site.url);
  const sandbox = page.frames()[1];
  await sandbox?.waitForSelector('plugboard-chat', { state: 'attached' });
  const popup = page.context().waitForEvent('page');
  const box = await (await page.$('iframe'))?.boundingBox();
  await page.mouse.click((box?.x ?? 0) + 740, (box?.y ?? 0) + 555);
  expect((await popup).url()).toBe(`${desk.url}/widget/website?locale=en`);
  expect(page.frames()).toHaveLength(2);
});

/** A frame that has been led to another address. */
async function gone(page: Page, frame: Frame | undefined, url: string): Promise<Frame> {
  await frame?.evaluate((address) => { setTimeout(() => { location.href = address; }); }, url);
  await expect.poll(() => page.frames().some((each) => each.url() === url)).toBe(true);
  const found = page.frames().find((each) => each.url() === url);
  await found?.waitForLoadState();
  return found as Frame;
}

test('the frame has the focus once its page is there, not while it is still coming', async () => {
  const { page } = await open();
  const focused = () => page.evaluate('document.activeElement.localName');
  await page.evaluate('Plugboard.open()');
  const frame = await PretendFrame.of(page);
  expect(await focused()).toBe('body');
  await frame.ready();
  expect(await focused()).toBe('plugboard-chat');
  await page.evaluate('Plugboard.close(); document.activeElement.blur()');
  expect(await focused()).toBe('body');
  await page.evaluate('Plugboard.open()');
  expect(await focused()).toBe('plugboard-chat');
});

test('hears nobody but its frame: not the page, not another frame, not a window that opened it, not its own frame gone elsewhere', async () => {
  const context = await browser.newContext();
  closers.push(() => context.close());
  const { page, url } = await open({ context, html: `<iframe id="stranger" src="${desk.url}/widget/stranger"></iframe>`, init: '{ widget: "website", userId: "u" }' });
  const find = () => page.frames().find((each) => each.url().includes('/widget/website'));
  await expect.poll(() => find() !== undefined).toBe(true);
  const stranger = page.frames().find((each) => each.url().includes('/widget/stranger'));
  const lies = () => {
    const target = (window.opener ?? window.parent) as Window;
    for (const message of [{ type: 'unread', count: 9 }, { type: 'open' }, { type: 'event', name: 'message', detail: {} }, { type: 'keep', key: 'a', value: 'b' }]) target.postMessage({ ...message, plugboard: 1 }, '*');
  };
  // The right origin from the wrong window, the wrong origin, and the page itself.
  await stranger?.evaluate(lies);
  await page.evaluate(lies);
  const evil = await foreignSite('<!doctype html><title>Evil</title><link rel="icon" href="data:,">');
  closers.push(evil.close);
  const opener = await context.newPage();
  await opener.goto(evil.url);
  const [opened] = await Promise.all([opener.waitForEvent('popup'), opener.evaluate((address) => { (window as unknown as { target: Window | null }).target = window.open(address); }, url)]);
  await opened.waitForFunction('seen.includes("ready")');
  await opener.evaluate(() => {
    const { target } = window as unknown as { target: Window };
    for (const message of [{ type: 'unread', count: 9 }, { type: 'open' }]) target.postMessage({ ...message, plugboard: 1 }, '*');
  });
  await (await gone(page, find(), evil.url)).evaluate(lies);
  for (const each of [page, opened]) {
    await each.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
    expect(await each.evaluate('[Plugboard.getUnreadCount(), ...seen, localStorage.length]')).toEqual([0, 'ready', 0]);
  }
});

test('what it tells the frame reaches the desk\'s origin alone', async () => {
  const { page } = await open({ init: '{ widget: "website", userId: "u_1", userToken: "secret" }' });
  const frame = await PretendFrame.of(page);
  await frame.ready();
  const evil = await foreignSite('<!doctype html><title>Evil</title><link rel="icon" href="data:,"><script>window.heard = []; addEventListener("message", (event) => heard.push(event.data))</script>');
  closers.push(evil.close);
  const elsewhere = await gone(page, frame.frame, evil.url);
  await page.evaluate('Plugboard.open(); Plugboard.update({ userToken: "secret" }); void Plugboard.identify("u_1"); Plugboard.close()');
  await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
  expect(await elsewhere.evaluate('heard')).toEqual([]);
});

test('draws ink that can be read, the icon of the widget or none, and the words of the launcher', async () => {
  for (const [color, ink] of [['#ffffff', 'rgb(0, 0, 0)'], ['#2b59d9', 'rgb(255, 255, 255)'], ['#ffd400', 'rgb(0, 0, 0)'], ['#000000', 'rgb(255, 255, 255)']] as const) {
    desk.answer({ color, icon: null });
    const { page, said } = await open();
    const session = await page.context().newCDPSession(page);
    await session.send('Accessibility.enable');
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    expect(nodes.filter(({ role }) => role?.value === 'button').map(({ name }) => name?.value as string)).toEqual(['Help: Open the chat']);
    const box = (await boxes(page)).button;
    const picture = await page.screenshot({ clip: { x: (box?.x ?? 0) + 4, y: (box?.y ?? 0) + 4, width: (box?.width ?? 8) - 8, height: 44 } });
    const inks = await page.evaluate(async (bytes) => {
      const image = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
      const canvas = new OffscreenCanvas(image.width, image.height);
      const brush = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
      brush.drawImage(image, 0, 0);
      const { data } = brush.getImageData(0, 0, image.width, image.height);
      return [...new Set(Array.from({ length: data.length / 4 }, (_, index) => `rgb(${data[index * 4]}, ${data[index * 4 + 1]}, ${data[index * 4 + 2]})`))];
    }, [...picture]);
    expect(inks).toContain(ink);
    expect(said).toEqual([]);
  }
});
