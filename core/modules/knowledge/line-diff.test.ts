import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineDiff } from './line-diff.ts';

const side = (changes: ReturnType<typeof lineDiff>, left: 'removed' | 'added') => changes.filter(({ kind }) => kind === 'same' || kind === left).flatMap(({ lines }) => lines).join('\n');

describe('lineDiff', () => {
  it('tells what was added and removed, in order', () => {
    expect(lineDiff('a\nb\nc\nd', 'a\nx\nc\nd\ne')).toEqual([
      { kind: 'same', lines: ['a'] }, { kind: 'removed', lines: ['b'] }, { kind: 'added', lines: ['x'] }, { kind: 'same', lines: ['c', 'd'] }, { kind: 'added', lines: ['e'] },
    ]);
    expect(lineDiff('same', 'same')).toEqual([{ kind: 'same', lines: ['same'] }]);
    expect(lineDiff('', 'new')).toEqual([{ kind: 'added', lines: ['new'] }]);
    expect(lineDiff('old', '')).toEqual([{ kind: 'removed', lines: ['old'] }]);
    expect(lineDiff('', '')).toEqual([]);
  });

  it('leads from any text to any other, with no more steps than needed', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ' '), { maxLength: 12 }).map((lines) => lines.join('\n'));
    fc.assert(fc.property(text, text, (before, after) => {
      const changes = lineDiff(before, after);
      expect([side(changes, 'removed'), side(changes, 'added')]).toEqual([before, after]);
    }), { numRuns: 500 });
  });

  it('ends for texts that have nothing in common', () => {
    const many = (letter: string) => Array.from({ length: 20_000 }, (_, index) => `${letter}${index}`).join('\n');
    const changes = lineDiff(many('a'), many('b'));
    expect(changes.map(({ kind, lines }) => [kind, lines.length])).toEqual([['removed', 20_000], ['added', 20_000]]);
  });
});
