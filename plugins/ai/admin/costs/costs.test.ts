import { expect, it } from 'vitest';
import { daysOf, lastDays } from './periods.ts';
import { shareOf } from './shares.ts';

it('a period ends today and has as many days as it says, over months and leap days too', () => {
  const period = lastDays(7, Date.parse('2028-03-02T23:59:59Z'));
  expect(period).toEqual({ from: '2028-02-25', to: '2028-03-02' });
  expect(daysOf(period)).toHaveLength(7);
  expect(daysOf(period)).toContain('2028-02-29');
  expect(daysOf(lastDays(1, Date.parse('2026-01-01T00:00:00Z')))).toEqual(['2026-01-01']);
});

it('bars are parts of the longest one', () => {
  expect(shareOf({ turns: 10, handOvers: 4 }, 20)).toEqual({ answered: 30, handedOver: 20 });
  expect(shareOf({ turns: 0, handOvers: 0 }, 0)).toEqual({ answered: 0, handedOver: 0 });
  expect(shareOf({ turns: 2, handOvers: 5 }, 2)).toEqual({ answered: 0, handedOver: 100 });
});
