import { manifestSchema, PluginError } from '@plugboard/sdk';
import { describe, expect, it } from 'vitest';
import { PluginCalls } from '../plugin-calls.ts';
import { PluginInstance } from '../plugin-instance.ts';
import { currentPlugin } from '../plugin-scope.ts';
import { bindFunctions, bindStream } from './bind-provider.ts';

const call = () => ({ signal: new AbortController().signal, actor: { type: 'nobody' as const, id: null }, locale: 'en' });

function start() {
  const manifest = manifestSchema.parse({ id: 'model', version: '1.0.0', api: 1, name: 'n', description: 'd', category: 'assistant', engines: { plugboard: '*' } });
  const calls = new PluginCalls();
  const instance = new PluginInstance({ id: 'model', dir: '/none', isShipped: false, manifest, problem: null, texts: {} }, manifest, null, calls);
  return { calls, instance };
}

describe('bindFunctions', () => {
  it('runs each function as the plugin, with itself as `this`', async () => {
    const { instance } = start();
    const provider = bindFunctions(instance, 'search x', { id: 'x', prefix: '>', async search(text: string, _call: object) { return `${this.prefix}${text} ${currentPlugin()?.pluginId ?? ''}`; } }, 100);
    expect(await provider.search('a', call())).toBe('>a model');
    expect(currentPlugin()).toBeUndefined();
  });

  it('passes a refusal on without counting it, and ends what hangs', async () => {
    const { instance, calls } = start();
    const signals: AbortSignal[] = [];
    const provider = bindFunctions(instance, 'tool x', {
      async refuse(_call: object) { throw new PluginError('not_yours', 403); },
      hang(given: { signal: AbortSignal }) { signals.push(given.signal); return new Promise<never>(() => {}); },
    }, 30);
    await expect(provider.refuse(call())).rejects.toMatchObject({ code: 'not_yours' });
    await expect(provider.hang(call())).rejects.toThrow(/did not answer within 30 ms/);
    expect(signals[0]?.aborted).toBe(true);
    expect(calls.health('model').map(({ point, failures }) => [point, failures])).toEqual([['tool x hang', 1], ['tool x refuse', 0]]);
  });
});

describe('bindStream', () => {
  it('passes pieces on, ends one that falls silent, and tells the plugin', async () => {
    const { instance } = start();
    let isEnded = false;
    const stream = bindStream(instance, 'model x', async function* open(_input: null, _call: object) {
      try {
        yield 'a';
        yield 'b';
        await new Promise<never>((_, reject) => { setTimeout(() => reject(new Error('late')), 200); });
      } finally {
        isEnded = true;
      }
    }, 30);
    const pieces: string[] = [];
    await expect((async () => { for await (const piece of stream(null, call())) pieces.push(piece); })()).rejects.toThrow(/did not answer within 30 ms/);
    expect(pieces).toEqual(['a', 'b']);
    await expect.poll(() => isEnded).toBe(true);
  });
});
