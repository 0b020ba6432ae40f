import { describe, expect, it } from 'vitest';
import { fieldLabel, lineOf, shapeOf } from './field-value.ts';

describe('fields of traits and context', () => {
  it.each([['plan_name', 'Plan name'], ['planName', 'Plan name'], ['billing.state', 'Billing state'], ['MRR', 'MRR'], ['MRR_eur', 'MRR eur'], ['Seats used', 'Seats used'], ['___', '___'], ['größe', 'Größe']])('calls %s "%s"', (key, label) => {
    expect(fieldLabel(key)).toBe(label);
  });

  it.each([
    [null, 'empty'], ['', 'empty'], [[], 'empty'], [{}, 'empty'], [false, 'flag'], [0, 'number'], ['2026-01-02', 'time'], ['2026-01-02T10:00:00Z', 'time'], ['2026-99-99', 'text'],
    ['https://a.example/x', 'link'], ['javascript:alert(1)', 'text'], ['https://a b', 'text'], ['words', 'text'], [['a', 1], 'words'], [[{ a: 1 }], 'items'], [{ a: 1 }, 'fields'],
  ])('draws %j as %s', (value, shape) => {
    expect(shapeOf(value)).toBe(shape);
  });

  it('says the depths in one line without any braces', () => {
    expect(lineOf({ a: [{ b_c: null, d: [1, 2] }] })).toBe('A: B c: —, D: 1, 2');
  });
});
