import { readFile } from 'node:fs/promises';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';

interface Page { url: string; frameType: string; focused: boolean; told: unknown[]; focus(): Promise<void>; postMessage(message: unknown): void }
type Handler = (event: { data?: { json(): unknown }; notification?: { close(): void; data: unknown }; waitUntil(work: Promise<unknown>): void }) => void;

const source = await readFile(new URL('../../core/admin/public/push-worker.js', import.meta.url), 'utf8');

const pageAt = (path: string, { focused = false, frameType = 'top-level' } = {}): Page => {
  const told: unknown[] = [];
  return { url: `https://desk.test${path}`, frameType, focused, told, focus: () => Promise.resolve(), postMessage: (message) => { told.push(message); } };
};

/** The worker with these pages open: what it shows and which windows it opens. */
function start(pages: Page[]) {
  const handlers = new Map<string, Handler>();
  const [shown, opened]: [unknown[], string[]] = [[], []];
  const self = {
    addEventListener: (name: string, handler: Handler) => handlers.set(name, handler),
    clients: { matchAll: () => Promise.resolve(pages), openWindow: (address: string) => { opened.push(address); return Promise.resolve(); } },
    registration: { showNotification: (title: string) => { shown.push(title); return Promise.resolve(); } },
  };
  runInNewContext(source, { self, URL });
  const fire = async (name: string, event: object) => {
    let work: Promise<unknown> = Promise.resolve();
    handlers.get(name)?.({ ...event, waitUntil: (given) => { work = given; } });
    await work;
  };
  return {
    shown, opened,
    push: () => fire('push', { data: { json: () => ({ event: 'contact.replied', id: '1', conversationId: 'c1', title: 'Ada wrote', text: 'Hello' }) } }),
    click: () => fire('notificationclick', { notification: { close: () => undefined, data: { conversationId: 'c1' } } }),
  };
}

test('a page of the desk in front stays undisturbed, any other page of the same address counts for nothing', async () => {
  const inFront = start([pageAt('/admin/inbox', { focused: true })]);
  await inFront.push();
  expect(inFront.shown).toEqual([]);
  for (const path of ['/widget/website?conversation=c1', '/portal/acme', '/administrators']) {
    const elsewhere = start([pageAt(path, { focused: true }), pageAt('/admin/inbox')]);
    await elsewhere.push();
    expect(elsewhere.shown).toEqual(['Ada wrote']);
  }
});

test('a click leads to a page of the desk, never to a chat or a frame that happens to be open', async () => {
  const [widget, frame, desk] = [pageAt('/widget/website'), pageAt('/admin/inbox', { frameType: 'nested' }), pageAt('/admin/inbox')];
  const open = start([widget, frame, desk]);
  await open.click();
  expect([widget.told, frame.told, desk.told, open.opened]).toEqual([[], [], [{ type: 'open', address: '/conversations/c1' }], []]);
  const alone = start([pageAt('/widget/website')]);
  await alone.click();
  expect(alone.opened).toEqual(['/admin/conversations/c1']);
});
