import { describe, expect, it } from 'vitest';
import type { OperatorActor } from '../../kernel/policy/actor.ts';
import { ActorCache } from './actor-cache.ts';

const actor = (id: string): OperatorActor => ({
  type: 'operator', id, rowId: 1, name: id, permissions: new Set(), scope: 'all', brandIds: 'all', departmentIds: new Set(), sessionId: null,
});

describe('ActorCache', () => {
  it('loads once for those who ask at the same moment', async () => {
    const cache = new ActorCache();
    let loads = 0;
    const load = async () => { loads += 1; return actor('a'); };
    await Promise.all([cache.get('k', load), cache.get('k', load)]);
    await cache.get('k', load);
    expect(loads).toBe(1);
  });

  it('forgets one operator and keeps the others', async () => {
    const cache = new ActorCache();
    const loaded: string[] = [];
    const get = (id: string) => cache.get(id, async () => { loaded.push(id); return actor(id); });
    await get('a');
    await get('b');
    cache.forget('a');
    await get('a');
    await get('b');
    expect(loaded).toEqual(['a', 'b', 'a']);
  });

  it('does not keep what was being read when something changed', async () => {
    const cache = new ActorCache();
    let release: (value: OperatorActor) => void = () => {};
    const first = cache.get('k', () => new Promise((resolve) => { release = resolve; }));
    cache.forget('somebody');
    release(actor('old'));
    await first;
    expect((await cache.get('k', async () => actor('new')))?.id).toBe('new');
  });

  it('remembers neither an unknown token nor a failure', async () => {
    const cache = new ActorCache();
    expect(await cache.get('k', async () => null)).toBeNull();
    await expect(cache.get('k', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect((await cache.get('k', async () => actor('a')))?.id).toBe('a');
  });
});
