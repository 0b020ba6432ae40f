import { expect, it } from 'vitest';
import { addOpening, placesOf, toggleDay } from './week.ts';

const monday = { day: 1, from: '08:00', to: '12:00' };
const afternoon = { day: 1, from: '13:00', to: '18:00' };

it('a day that is opened is open like the one before it', () => {
  expect(toggleDay([monday, afternoon], 3, true)).toEqual([monday, afternoon, { ...monday, day: 3 }, { ...afternoon, day: 3 }]);
  expect(toggleDay([{ ...monday, day: 7 }], 1, true)).toEqual([monday, { ...monday, day: 7 }]);
  expect(toggleDay([], 6, true)).toEqual([{ day: 6, from: '09:00', to: '17:00' }]);
});

it('a day that is closed loses all its openings', () => {
  expect(toggleDay([monday, afternoon, { ...monday, day: 2 }], 1, false)).toEqual([{ ...monday, day: 2 }]);
});

it('one more opening begins after the last one and ends within the day', () => {
  expect(addOpening([monday], 1)).toEqual([monday, { day: 1, from: '13:00', to: '16:00' }]);
  expect(addOpening([{ day: 1, from: '09:00', to: '22:00' }], 1)?.[1]).toEqual({ day: 1, from: '23:00', to: '23:59' });
  expect(addOpening([{ day: 1, from: '09:00', to: '24:00' }], 1)).toBeUndefined();
});

it('tells where the openings of a day stand', () => {
  expect(placesOf([monday, { ...monday, day: 2 }, afternoon], 1)).toEqual([0, 2]);
});
