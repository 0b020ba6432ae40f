import { manifestSchema } from '@plugboard/sdk';
import { describe, expect, it } from 'vitest';
import type { PluginActor } from '../../policy/actor.ts';
import { PluginCalls } from '../plugin-calls.ts';
import { PluginInstance } from '../plugin-instance.ts';
import { createDeskApi } from './desk-api.ts';

function start(permissions: string[]) {
  const manifest = manifestSchema.parse({ id: 'echo', version: '1.0.0', api: 1, name: 'n', description: 'd', category: 'other', engines: { plugboard: '*' }, permissions });
  const calls = new PluginCalls();
  const instance = new PluginInstance({ id: 'echo', dir: '/none', isShipped: false, manifest, problem: null, texts: {} }, manifest, null, calls);
  const actors: PluginActor[] = [];
  let onList: () => Promise<void> = async () => {};
  const desk = createDeskApi(instance, (actor) => {
    actors.push(actor);
    return { brands: { list: async () => { await onList(); return []; } } } as never;
  });
  return { desk, instance, actors, onList: (work: () => Promise<void>) => { onList = work; } };
}

describe('createDeskApi', () => {
  it('asks for the permission, and takes writing for reading', async () => {
    await expect(start([]).desk.brands.list()).rejects.toThrow(/needs the permission brands:read/);
    await expect(start(['brands:write']).desk.brands.list()).resolves.toEqual([]);
    await expect(start(['brands:read']).desk.contacts.get('x')).rejects.toThrow(/contacts:read/);
  });

  it('refuses a chain of plugin actions deeper than eight', async () => {
    const { desk, instance, actors, onList } = start(['brands:read']);
    const answer = (): Promise<unknown> => instance.call({ point: 'event', stage: 'hook', timeoutMs: 1_000 }, () => desk.brands.list());
    onList(async () => void await answer());
    await expect(answer()).rejects.toMatchObject({ code: 'plugin_loop', details: { plugin: 'echo', limit: 8 } });
    expect(actors.map(({ depth }) => depth)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('counts on from the depth that an event carried', async () => {
    const { desk, instance, actors } = start(['brands:read']);
    await instance.call({ point: 'event', stage: 'hook', timeoutMs: 1_000, depth: 5 }, () => desk.brands.list());
    expect(actors).toMatchObject([{ depth: 6, id: 'echo', type: 'plugin' }]);
  });

  it('does nothing for a plugin that was switched off', async () => {
    const { desk, instance } = start(['brands:read']);
    await instance.close(() => {});
    await expect(desk.brands.list()).rejects.toThrow(/is switched off/);
  });
});
