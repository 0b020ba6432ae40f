import { describe, expect, it } from 'vitest';
import { labelled, pathOf, pointsOf, yOf } from './chart-scale.ts';

const box = { width: 120, height: 60, start: 10, end: 10, top: 5, bottom: 5 };

describe('points', () => {
  it('fill the box: nothing at the foot, a hundred at the top, the newest at the end', () => {
    expect(pointsOf([0, 50, 100], box)).toEqual([{ index: 0, value: 0, x: 10, y: 55 }, { index: 1, value: 50, x: 60, y: 30 }, { index: 2, value: 100, x: 110, y: 5 }]);
  });

  it('are mirrored where one reads from right to left', () => {
    expect(pointsOf([0, 100], box, true).map(({ x }) => x)).toEqual([110, 10]);
  });

  it('a single one stands in the middle; none is none', () => {
    expect(pointsOf([40], box)).toMatchObject([{ x: 60 }]);
    expect(pointsOf([], box)).toEqual([]);
    expect(pointsOf([null, null], box)).toEqual([]);
  });

  it('stay inside whatever the value', () => {
    expect([yOf(-5, box), yOf(140, box)]).toEqual([55, 5]);
  });
});

it('a line breaks where a value is missing', () => {
  expect(pathOf(pointsOf([0, 100, null, 100, 0], box))).toBe('M10 55L35 5M85 5L110 55');
});

it('labels are thinned out, and the newest always has one', () => {
  expect(labelled(5, 10)).toEqual([0, 1, 2, 3, 4]);
  expect(labelled(10, 4)).toEqual([0, 3, 6, 9]);
  expect(labelled(11, 4)).toEqual([1, 4, 7, 10]);
  expect(labelled(0, 4)).toEqual([]);
});
