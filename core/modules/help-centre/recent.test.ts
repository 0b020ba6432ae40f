import { expect, it, vi } from 'vitest';
import { Recent } from './recent.ts';

it('reads once for those who ask together, again after a moment, and keeps no failure', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const recent = new Recent(2_000);
  const read = vi.fn(async () => Promise.resolve(read.mock.calls.length));
  expect(await Promise.all([recent.of('a', read), recent.of('a', read), recent.of('b', read)])).toEqual([1, 1, 2]);
  vi.advanceTimersByTime(2_000);
  expect(await recent.of('a', read)).toBe(3);
  await expect(recent.of('c', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(await recent.of('c', read)).toBe(4);
  vi.useRealTimers();
});
