import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually, sharedServer } from '../../../tests/support/databases.ts';
import { freePort, startRedis } from '../../../tests/support/servers.ts';
import { createLog } from '../log/log.ts';
import type { Bus } from './bus.ts';
import { createBus } from './create-bus.ts';

const log = createLog({ level: 'silent', isPretty: false });
const open: Bus[] = [];
const busOf = async (redisUrl?: string) => {
  const bus = await createBus({ config: { redisUrl }, log });
  open.push(bus);
  return bus;
};
const received = (bus: Bus, topic: string) => {
  const payloads: unknown[] = [];
  bus.subscribe(topic, (payload) => payloads.push(payload));
  return payloads;
};
const freshPrefix = async () => `${await sharedServer('redis')}/0?prefix=${randomBytes(4).toString('hex')}`;

afterEach(async () => {
  await Promise.all(open.splice(0).map((bus) => bus.close()));
});

describe.each(['in the process', 'over Redis'])('Bus %s', (kind) => {
  const make = async () => busOf(kind === 'over Redis' ? await freshPrefix() : undefined);

  it('gives a hint to each handler of its topic, in order', async () => {
    const bus = await make();
    await eventually('connected', () => bus.isConnected);
    const [first, second, other] = [received(bus, 'a'), received(bus, 'a'), received(bus, 'b')];
    await bus.publish('a', { n: 1 });
    await bus.publish('a', { n: 2 });
    await eventually('both arrived', () => first.length === 2 && second.length === 2);
    expect(first).toEqual([{ n: 1 }, { n: 2 }]);
    expect(other).toEqual([]);
  });

  it('goes on when a handler throws, and stops one that left', async () => {
    const bus = await make();
    bus.subscribe('a', () => { throw new Error('bad handler'); });
    const left: unknown[] = [];
    const leave = bus.subscribe('a', (payload) => left.push(payload));
    leave();
    const payloads = received(bus, 'a');
    await bus.publish('a', undefined);
    await eventually('arrived', () => payloads.length === 1);
    expect(left).toEqual([]);
  });
});

describe('Bus between processes', () => {
  it('reaches the others once and keeps desks with different prefixes apart', async () => {
    const url = await freshPrefix();
    const [mine, theirs, stranger] = await Promise.all([busOf(url), busOf(url), busOf(await freshPrefix())]);
    await eventually('connected', () => [mine, theirs, stranger].every((bus) => bus.isConnected));
    const [own, other, foreign] = [received(mine, 't'), received(theirs, 't'), received(stranger, 't')];
    await mine.publish('t', 1);
    await mine.publish('t', 2);
    await eventually('arrived', () => own.length === 2 && other.length === 2);
    expect([own, other, foreign]).toEqual([[1, 2], [1, 2], []]);
  });

  it('starts without Redis, never throws, and connects when Redis comes and comes back', async () => {
    const port = await freePort();
    const [mine, theirs] = await Promise.all([busOf(`redis://127.0.0.1:${port}`), busOf(`redis://127.0.0.1:${port}`)]);
    const [own, other] = [received(mine, 't'), received(theirs, 't')];
    await mine.publish('t', 'alone');
    await eventually('heard itself', () => own.length === 1);
    expect(mine.isConnected).toBe(false);
    for (const round of ['first', 'second']) {
      const redis = await startRedis({ port });
      await eventually('connected', () => mine.isConnected && theirs.isConnected);
      await mine.publish('t', round);
      await eventually('arrived', () => other.at(-1) === round);
      await redis.stop();
      await eventually('noticed', () => !mine.isConnected && !theirs.isConnected);
      await mine.publish('t', 'lost');
    }
    expect(other).toEqual(['first', 'second']);
  });
});
