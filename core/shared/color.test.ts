import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contrast, inkOn, luminance } from './color.ts';

test('black and white are the ends of the scale', () => {
  expect(luminance('#000000')).toBe(0);
  expect(luminance('#ffffff')).toBeCloseTo(1);
  expect(contrast('#ffffff', '#000000')).toBeCloseTo(21);
});

test('contrast does not depend on the order', () => {
  expect(contrast('#06548c', '#ffffff')).toBe(contrast('#ffffff', '#06548c'));
});

test('the ink is readable on every colour that an admin may pick', () => {
  const color = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);
  fc.assert(fc.property(color, (background) => contrast(background, inkOn(background)) >= 4.5), { numRuns: 5_000 });
});
