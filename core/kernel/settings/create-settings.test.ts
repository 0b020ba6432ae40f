import { expect, it } from 'vitest';
import { eventually, forEachDatabase } from '../../../tests/support/databases.ts';
import type { Bus } from '../bus/bus.ts';
import { createSettings } from './create-settings.ts';

/** A bus whose hints never arrive. */
const deaf: Bus = { publish: async () => {}, subscribe: () => () => {}, isConnected: false, close: async () => {} };
const hearing = (): Bus => {
  const handlers = new Set<(payload: unknown) => void>();
  return {
    publish: async (_topic, payload) => { for (const handler of handlers) handler(payload); },
    subscribe: (_topic, handler) => { handlers.add(handler); return () => handlers.delete(handler); },
    isConnected: true, close: async () => {},
  };
};

forEachDatabase('createSettings', (make) => {
  it('keeps values by scope and brand, and takes them away', async () => {
    const { db, log } = await make();
    const settings = createSettings({ db, bus: hearing(), log });
    await settings.set('plugin:a', { text: 'ünï 😀', list: [1, { deep: true }] });
    await settings.set('plugin:a', { text: 'for a brand' }, 7);
    expect(await settings.all('plugin:a')).toEqual({ text: 'ünï 😀', list: [1, { deep: true }] });
    expect(await settings.get('plugin:a', 'text', 7)).toBe('for a brand');
    expect(await settings.get('plugin:b', 'text')).toBeUndefined();
    await settings.remove('plugin:a', ['text']);
    expect(await settings.all('plugin:a')).toEqual({ list: [1, { deep: true }] });
    await settings.remove('plugin:a');
    expect(await settings.all('plugin:a', 7)).toEqual({});
  });

  it('tells another process at once with a hint, and within about 2 s without', async () => {
    const { db, log } = await make();
    const bus = hearing();
    const writer = createSettings({ db, bus, log });
    const heard = { near: 0, far: 0 };
    const near = createSettings({ db, bus, log });
    const far = createSettings({ db, bus: deaf, log });
    await Promise.all([near.all('core'), far.all('core')]);
    const stop = [near.onChange('core', () => { heard.near += 1; }), far.onChange('core', () => { heard.far += 1; })];
    await eventually('both watch', async () => (await far.all('core')).x === undefined);
    await writer.set('core', { x: 1 });
    expect(heard.near).toBe(1);
    expect(await near.get('core', 'x')).toBe(1);
    await eventually('the deaf one heard', () => heard.far === 1, 6_000);
    expect(await far.get('core', 'x')).toBe(1);
    for (const end of stop) end();
  });
});
