import type { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { manifestSchema } from '@plugboard/sdk';
import type { Context } from 'koa';
import { expect, it } from 'vitest';
import { PluginCalls } from './plugin-calls.ts';
import { PluginInstance } from './plugin-instance.ts';
import { sendStream } from './stream-response.ts';

function start() {
  const manifest = manifestSchema.parse({ id: 'talk', version: '1.0.0', api: 1, name: 'n', description: 'd', category: 'assistant', engines: { plugboard: '*' } });
  const instance = new PluginInstance({ id: 'talk', dir: '/none', isShipped: false, manifest, problem: null, texts: {} }, manifest, null, new PluginCalls());
  const life = new AbortController();
  const answer = async (stream: AsyncIterable<string>): Promise<Readable> => {
    const ctx = { set: () => {} } as unknown as Context;
    await sendStream({ instance, point: 'route', life, stream }, ctx);
    return ctx.body as Readable;
  };
  return { instance, life, answer };
}

const settle = async (): Promise<void> => { for (let turns = 0; turns < 50; turns += 1) await turn(); };

it('asks for a piece only when the reader has room', async () => {
  const { answer } = start();
  let made = 0;
  const body = await answer((async function* pieces() { for (; made < 200; made += 1) yield 'y'.repeat(4096); })());
  body.read(0);
  await settle();
  expect(made).toBeLessThan(12);
  let size = 0;
  for await (const chunk of body) size += (chunk as Buffer).length;
  expect([size, made]).toEqual([200 * 4096, 200]);
});

it('lets what runs end while the plugin is switched off', async () => {
  const { instance, answer } = start();
  let go: () => void = () => {};
  const gate = new Promise<void>((resolve) => { go = resolve; });
  const body = await answer((async function* pieces() { yield 'a'; await gate; yield 'b'; })());
  const text = body.toArray();
  let isClosed = false;
  const closing = instance.close(() => {}).then(() => { isClosed = true; });
  await settle();
  expect(isClosed).toBe(false);
  go();
  expect(Buffer.concat(await text as Buffer[]).toString()).toBe('ab');
  await closing;
});

it('ends the plugin\'s work when the reader goes in the middle of a piece', async () => {
  const { life, answer } = start();
  let ended = false;
  const body = await answer((async function* pieces() {
    yield 'a';
    await new Promise((_resolve, reject) => { life.signal.addEventListener('abort', () => { ended = true; reject(new Error('gone')); }); });
  })());
  body.on('error', () => {});
  body.resume();
  await settle();
  life.abort(new Error('gone'));
  await settle();
  expect([ended, body.destroyed]).toEqual([true, true]);
});
