import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contrast, inkOn, luminance } from './color.ts';

const color = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

test('text can be read on any colour', () => {
  fc.assert(fc.property(color, (background) => contrast(luminance(background), luminance(inkOn(background))) >= 4.5));
});

test('dark colours take white, light ones black', () => {
  expect(inkOn('#06548c')).toBe('#ffffff');
  expect(inkOn('#ffd400')).toBe('#000000');
});
