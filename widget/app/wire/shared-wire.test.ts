import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Bus } from './bus.ts';
import { RequestError } from './request-error.ts';
import { SharedWire } from './shared-wire.ts';
import type { ConnectionState, Wire, WireOptions } from './wire.ts';

type Lead = { begin(): void; onLost(): void };

/** Tabs of one browser: a channel between them, and a lock that one of them holds. */
class Tabs {
  readonly buses = new Map<string, (data: unknown) => void>();
  readonly line: { tab: string; lead: Lead }[] = [];
  readonly deaf = new Set<string>();

  bus(tab: string): Bus {
    return {
      post: (data) => { for (const [other, listener] of this.buses) if (other !== tab && !this.deaf.has(other)) queueMicrotask(() => listener(structuredClone(data))); },
      listen: (listener) => { this.buses.set(tab, listener); },
      lead: (begin, onLost) => {
        this.line.push({ tab, lead: { begin, onLost } });
        if (this.line.length === 1) begin();
      },
      end: () => this.leave(tab),
      takeOver: () => {
        const [holder] = this.line.splice(0, 1);
        const own = this.line.findIndex((one) => one.tab === tab);
        const [mine] = this.line.splice(own, 1);
        if (mine) this.line.unshift(mine);
        holder?.lead.onLost();
        mine?.lead.begin();
        return true;
      },
    };
  }

  leave(tab: string): void {
    const wasFirst = this.line[0]?.tab === tab;
    this.line.splice(this.line.findIndex((one) => one.tab === tab), this.line.some((one) => one.tab === tab) ? 1 : 0);
    if (wasFirst) this.line[0]?.lead.begin();
  }

  die(tab: string): void {
    this.buses.delete(tab);
    this.leave(tab);
  }
}

/** The socket of a tab, as the test wants it. */
class FakeWire implements Wire {
  static open: FakeWire[] = [];
  state: ConnectionState = 'resting';
  readonly asked: { event: string; resolve(value: unknown): void; reject(error: unknown): void }[] = [];
  readonly options: WireOptions;
  constructor(options: WireOptions) { this.options = options; }
  start(): void {
    FakeWire.open.push(this);
    this.become('online');
  }
  stop(): void {
    FakeWire.open = FakeWire.open.filter((wire) => wire !== this);
    this.become('resting');
  }
  restart(): void { this.start(); }
  hurry(): void { /* nothing */ }
  probe(): void { /* nothing */ }
  request(event: string): Promise<never> {
    return new Promise((resolve, reject) => { this.asked.push({ event, resolve: resolve as (value: unknown) => void, reject }); });
  }
  become(state: ConnectionState): void {
    this.state = state;
    this.options.onState(state);
  }
}

let tabs: Tabs;
const heard: string[] = [];
const open = (tab: string, isAlone = false) => {
  const wire = new SharedWire({
    bus: tabs.bus(tab), make: (options) => new FakeWire(options), isAlone: () => isAlone, onState: () => undefined,
    listeners: { presence: ({ isOnline }) => { heard.push(`${tab}:${isOnline}`); } },
  });
  wire.start();
  return wire;
};
const settle = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  tabs = new Tabs();
  FakeWire.open = [];
  heard.length = 0;
});
afterEach(() => vi.useRealTimers());

test('one tab holds the socket, the others ask and hear through it', async () => {
  const [, two] = [open('one'), open('two')];
  await settle();
  expect(FakeWire.open).toHaveLength(1);
  expect(two.state).toBe('online');
  const answer = two.request('ping', {});
  await settle();
  FakeWire.open[0]?.asked[0]?.resolve({ time: 'now' });
  expect(await answer).toEqual({ time: 'now' });
  FakeWire.open[0]?.options.listeners.presence?.({ isOnline: true });
  await settle();
  expect(heard).toEqual(['one:true', 'two:true']);
});

test('a refusal comes through as it was', async () => {
  const [, two] = [open('one'), open('two')];
  await settle();
  const answer = two.request('ping', {}).catch((error: unknown) => error);
  await settle();
  FakeWire.open[0]?.asked[0]?.reject(new RequestError('rate_limited', 7));
  expect(await answer).toMatchObject({ code: 'rate_limited', retryAfter: 7 });
});

describe('when the tab that holds it', () => {
  test('is gone, the next takes its place and what was asked is open again', async () => {
    const [, two, three] = [open('one'), open('two'), open('three')];
    await settle();
    const held = FakeWire.open[0];
    const answer = three.request('ping', {}).catch((error: unknown) => error);
    await settle();
    tabs.die('one');
    FakeWire.open = FakeWire.open.filter((wire) => wire !== held);
    await settle();
    expect(await answer).toMatchObject({ code: 'unreachable' });
    expect(two.isLeading).toBe(true);
    expect(FakeWire.open).toHaveLength(1);
    expect(three.state).toBe('online');
  });

  test('hangs, the one that asked takes it over', async () => {
    const [one, two] = [open('one'), open('two')];
    await settle();
    tabs.deaf.add('one');
    const answer = two.request('ping', {}).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await answer).toMatchObject({ code: 'unreachable' });
    expect([one.isLeading, two.isLeading]).toEqual([false, true]);
    expect(FakeWire.open).toHaveLength(1);
  });
});

test('a session that is not to be shared keeps a socket of its own', async () => {
  const [, two] = [open('one'), open('two', true)];
  await settle();
  expect(FakeWire.open).toHaveLength(2);
  expect(two.state).toBe('online');
});
