import fc from 'fast-check';
import { expect, it } from 'vitest';
import { AppError } from '../errors.ts';
import { decodeCursor, encodeCursor, toPage } from './cursor.ts';

it('gives back what went in', () => {
  fc.assert(fc.property(fc.maxSafeInteger(), fc.string({ maxLength: 50 }), (id, text) => {
    expect(decodeCursor('list', encodeCursor('list', [text, id]), ['string', 'number'])).toEqual([text, id]);
  }));
});

it('refuses cursors of other lists, other types and no cursors at all', () => {
  const wrong = [encodeCursor('other', [1]), encodeCursor('list', ['1']), encodeCursor('list', [1, 2]), encodeCursor('list', [null]), encodeCursor('list', [1.5]), '', 'ä', '[]', 'x'.repeat(3000)];
  for (const text of wrong) expect(() => decodeCursor('list', text, ['number']), text).toThrow(AppError);
});

it('never throws anything but a refusal', () => {
  fc.assert(fc.property(fc.string(), (text) => {
    try {
      decodeCursor('list', text, ['number']);
    } catch (error) {
      expect((error as AppError).status).toBe(400);
    }
  }));
});

it('cuts a page and says where the next begins', () => {
  expect(toPage([1, 2, 3], 2, String)).toEqual({ rows: [1, 2], nextCursor: '2' });
  expect(toPage([1, 2], 2, String)).toEqual({ rows: [1, 2], nextCursor: null });
  expect(toPage([], 2, String)).toEqual({ rows: [], nextCursor: null });
});
