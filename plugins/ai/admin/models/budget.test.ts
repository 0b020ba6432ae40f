import { expect, it } from 'vitest';
import { useOf } from './budget.ts';

it('a bar is never longer than full, and warns before', () => {
  expect(useOf(0, 10)).toEqual({ part: 0, tone: 'calm' });
  expect(useOf(7.9, 10)?.tone).toBe('calm');
  expect(useOf(8, 10)).toEqual({ part: 0.8, tone: 'warn' });
  expect(useOf(25, 10)).toEqual({ part: 1, tone: 'danger' });
});

it('nothing may be spent of a budget of nothing; without one there is no bar', () => {
  expect(useOf(0, 0)).toEqual({ part: 1, tone: 'danger' });
  expect(useOf(3, null)).toBeNull();
});
