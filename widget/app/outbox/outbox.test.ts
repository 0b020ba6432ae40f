import type { PublicConversationDto, PublicMessageDto } from '@plugboard/sdk';
import { beforeEach, describe, expect, test } from 'vitest';
import { MemoryStorage } from '../safe-storage.ts';
import { RequestError } from '../wire/request-error.ts';
import type { OutboxItem, OutboxStore } from './outbox-item.ts';
import { createTextStore } from './outbox-stores.ts';
import { Outbox } from './outbox.ts';
import type { SendAck } from './outbox.ts';

const conversationId = 'conversation';

function ackOf(item: OutboxItem, seq: number): SendAck {
  const message = { id: `m${seq}`, seq, cid: item.cid, body: { html: '', text: item.body } } as PublicMessageDto;
  return { message, conversation: { id: conversationId } as PublicConversationDto };
}

/** A server that keeps each cid once, and a way to make it fail. */
class Desk {
  readonly stored: string[] = [];
  readonly tries: OutboxItem[] = [];
  readonly #acks = new Map<string, SendAck>();
  problems: RequestError[] = [];
  /** The next acknowledgement is lost on its way back. */
  losesAck = false;
  waiting: (() => void)[] | null = null;

  async send(item: OutboxItem): Promise<SendAck> {
    this.tries.push(item);
    if (this.waiting) await new Promise<void>((resolve) => this.waiting?.push(resolve));
    const problem = this.problems.shift();
    if (problem) throw problem;
    const ack = this.#acks.get(item.cid) ?? ackOf(item, this.stored.length + 1);
    if (!this.#acks.has(item.cid)) this.stored.push(item.body);
    this.#acks.set(item.cid, ack);
    if (this.losesAck) {
      this.losesAck = false;
      throw new RequestError('unreachable');
    }
    return ack;
  }
}

/** What `navigator.locks` does: one holder per name, the others in line. */
function createLocks() {
  const held = new Map<string, Promise<void>>();
  return (name: string, work: () => Promise<void>): Promise<void> => {
    const turn = (held.get(name) ?? Promise.resolve()).then(work);
    held.set(name, turn.catch(() => undefined));
    return turn;
  };
}

let desk: Desk;
let store: OutboxStore;
let isReady: boolean;
let scheduled: { run: () => void; delayMs: number }[];
let exclusive: ReturnType<typeof createLocks>;

function open(): Outbox {
  return new Outbox({
    store, exclusive, send: (item) => desk.send(item), isReady: () => isReady, onSent: () => undefined, onChange: () => undefined,
    schedule: (run, delayMs) => { scheduled.push({ run, delayMs }); },
  });
}
const write = (outbox: Outbox, body: string, thread = conversationId) =>
  outbox.add({ thread, conversationId: thread.startsWith('new-') ? null : thread, buttonId: thread.startsWith('new-') ? 'ask' : null, body, attachments: [] });
const until = async (condition: () => boolean) => expect.poll(condition, { interval: 1 }).toBe(true);
const runScheduled = () => scheduled.splice(0).forEach(({ run }) => run());

beforeEach(() => {
  desk = new Desk();
  store = createTextStore(new MemoryStorage());
  isReady = true;
  scheduled = [];
  exclusive = createLocks();
});

test('a message is stored before its first try', async () => {
  isReady = false;
  await write(open(), 'one');
  expect(desk.tries).toEqual([]);
  expect((await store.all()).map(({ body }) => body)).toEqual(['one']);
});

test('messages of a thread go one by one, in order, and leave when they are acknowledged', async () => {
  desk.waiting = [];
  const outbox = open();
  await Promise.all([write(outbox, 'one'), write(outbox, 'two'), write(outbox, 'three')]);
  for (const count of [1, 2, 3]) {
    await until(() => desk.waiting?.length === count);
    expect(desk.tries).toHaveLength(count);
    desk.waiting[count - 1]?.();
  }
  await until(() => outbox.items.length === 0);
  expect(desk.stored).toEqual(['one', 'two', 'three']);
  expect(await store.all()).toEqual([]);
});

test('a lost acknowledgement is asked for again under the same cid', async () => {
  desk.losesAck = true;
  const outbox = open();
  await write(outbox, 'one');
  await until(() => scheduled.length === 1);
  expect(outbox.items).toHaveLength(1);
  runScheduled();
  await until(() => outbox.items.length === 0);
  expect(new Set(desk.tries.map(({ cid }) => cid)).size).toBe(1);
  expect(desk.stored).toEqual(['one']);
});

test('what was written before a reload is sent after it, in its order', async () => {
  isReady = false;
  const before = open();
  for (const body of ['one', 'two', 'three']) await write(before, body, 'new-1');
  isReady = true;
  const after = open();
  await after.load();
  after.resume();
  await until(() => after.items.length === 0);
  expect(desk.stored).toEqual(['one', 'two', 'three']);
  expect(desk.tries.map((item) => item.conversationId)).toEqual([null, conversationId, conversationId]);
  expect(desk.tries[0]?.buttonId).toBe('ask');
});

test('two tabs send each message once', async () => {
  isReady = false;
  const [one, other] = [open(), open()];
  await write(one, 'one');
  await other.load();
  await write(other, 'two');
  await one.load();
  isReady = true;
  one.resume();
  other.resume();
  await until(() => desk.stored.length === 2);
  await until(() => one.items.length + other.items.length <= 1);
  await Promise.all([one.load(), other.load()]);
  expect(desk.tries).toHaveLength(2);
  expect(desk.stored).toEqual(['one', 'two']);
  expect([...one.items, ...other.items]).toEqual([]);
});

describe('a refusal', () => {
  test('of the message itself is told, and the next one goes', async () => {
    desk.problems = [new RequestError('forbidden')];
    const outbox = open();
    await Promise.all([write(outbox, 'one'), write(outbox, 'two')]);
    await until(() => desk.stored.length === 1);
    expect(outbox.items).toMatchObject([{ body: 'one', state: 'failed', error: 'forbidden' }]);
    await outbox.retry(outbox.items[0]?.cid ?? '');
    await until(() => outbox.items.length === 0);
    expect(desk.stored).toEqual(['two', 'one']);
  });

  test('that passes is waited for, as long as the server says', async () => {
    desk.problems = [new RequestError('rate_limited', 7)];
    const outbox = open();
    await write(outbox, 'one');
    await until(() => scheduled.length === 1);
    expect(scheduled[0]?.delayMs).toBe(7_000);
    runScheduled();
    await until(() => outbox.items.length === 0);
  });

  test('that lasts an hour is told at once', async () => {
    desk.problems = [new RequestError('rate_limited', 3_600)];
    const outbox = open();
    await write(outbox, 'one');
    await until(() => outbox.items[0]?.state === 'failed');
    expect(outbox.items[0]?.error).toBe('rate_limited');
  });

  test('that stays for six tries is told', async () => {
    desk.problems = Array.from({ length: 6 }, () => new RequestError('internal'));
    const outbox = open();
    await write(outbox, 'one');
    for (let attempt = 1; attempt < 6; attempt += 1) {
      await until(() => scheduled.length === 1);
      runScheduled();
    }
    await until(() => outbox.items[0]?.state === 'failed');
    expect(desk.tries).toHaveLength(6);
  });

  test('by silence never gives a message up', async () => {
    desk.problems = Array.from({ length: 20 }, () => new RequestError('unreachable'));
    const outbox = open();
    await write(outbox, 'one');
    for (let attempt = 0; attempt < 20; attempt += 1) {
      await until(() => scheduled.length === 1);
      runScheduled();
    }
    await until(() => outbox.items.length === 0);
    expect(desk.stored).toEqual(['one']);
  });
});

test('a message that the feed brings is not sent again', async () => {
  isReady = false;
  const outbox = open();
  const item = await write(outbox, 'one');
  await outbox.confirm(ackOf(item, 1));
  isReady = true;
  outbox.resume();
  expect(outbox.items).toEqual([]);
  expect(await store.all()).toEqual([]);
  expect(desk.tries).toEqual([]);
});

test('a discarded message is gone', async () => {
  isReady = false;
  const outbox = open();
  const item = await write(outbox, 'one');
  await outbox.discard(item.cid);
  expect(await store.all()).toEqual([]);
});
