import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderText } from '../../../core/modules/messages/render-text.ts';
import { fromRuns, mark, runsOf } from './marked-text.ts';
import type { MarkedText, Run } from './marked-text.ts';
import { fromMarkdown, toMarkdown } from './serialize.ts';

const plain = (text: string): MarkedText => fromRuns([{ text, marks: 0 }]);
const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
const marksOfTag: Record<string, number> = { strong: mark.bold, em: mark.italic, code: mark.code };

/** What a reader of the server's HTML sees. */
function seen(html: string): MarkedText {
  const runs: Run[] = [];
  let marks: number[] = [];
  for (const [piece] of html.matchAll(/<[^>]*>|[^<]+/g)) {
    const tag = /^<(\/?)(\w+)/.exec(piece);
    if (!tag) runs.push({ text: piece.replace(/&(amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? ''), marks: marks.reduce((all, one) => all | one, 0) });
    else if (tag[2] === 'br' || (tag[2] === 'p' && tag[1] === '' && runs.length > 0)) runs.push({ text: '\n', marks: 0 });
    else if (tag[1]) marks = marksOfTag[tag[2] ?? ''] ? marks.slice(0, -1) : marks;
    else if (marksOfTag[tag[2] ?? '']) marks = [...marks, marksOfTag[tag[2] ?? ''] ?? 0];
  }
  return fromRuns(runs);
}
const lines = (text: string) => text.split('\n').filter((line) => line.trim() !== '').join('\n');

describe('what is typed literally arrives literally', () => {
  test.each(['2*3*4', 'snake_case_name', '/var/_tmp_/*', '**not bold**', '*a* _b_ `c`', '``` ', 'C:\\_x_\\*', '[x](https://evil.test)', '__init__.py', 'a*', '`', '**`x`**', '_ _', '* item', '![a](b)', 'https://x.test/_a_*b*', '(*)', '***', '``'])('%s', (text) => {
    expect(lines(seen(renderText(toMarkdown(plain(text)))).text)).toBe(lines(text));
    expect(seen(renderText(toMarkdown(plain(text)))).marks.every((marks) => marks === 0)).toBe(true);
  });

  test('whatever it is', () => {
    const piece = fc.constantFrom('*', '**', '_', '__', '`', '```', '[', ']', '(', ')', ' ', '\n', 'a', 'b1', 'é', '👋', 'https://a.test/', '<b>', '&amp;', '\\', ']( ', 'مرحبا');
    fc.assert(fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
      const text = pieces.join('');
      const shown = seen(renderText(toMarkdown(plain(text))));
      expect(lines(shown.text)).toBe(lines(text));
      expect(shown.marks.every((marks) => marks === 0)).toBe(true);
    }), { numRuns: 5_000 });
  });

  test('needs no hidden sign where the text is plain', () => {
    expect(toMarkdown(plain('2*3*4 in /a_b/c_d, [sic] (or so) 5 * 6'))).toBe('2*3*4 in /a_b/c_d, [sic] (or so) 5 * 6');
  });
});

describe('marks', () => {
  const run = fc.record({ text: fc.constantFrom('word', 'two words', 'a*b', 'x_y', '2`3', '*', ' lead', 'trail ', '[a](https://b.test)', 'https://a.test/x_y', '…', '👋', 'é'), marks: fc.constantFrom(0, 1, 2, 3, 4) });

  test('say in Markdown what the editor shows', () => {
    expect(toMarkdown(fromRuns([{ text: 'a ', marks: 0 }, { text: 'bold', marks: 1 }, { text: ' and ', marks: 0 }, { text: 'both', marks: 3 }, { text: ' `', marks: 0 }, { text: 'x*y', marks: 4 }])))
      .toBe('a **bold** and **_both_** ``x*y`');
  });

  test('the text arrives whatever the marks, and nothing is marked that was not', () => {
    fc.assert(fc.property(fc.array(run, { minLength: 1, maxLength: 6 }), (runs) => {
      const wanted = fromRuns(runs);
      const shown = seen(renderText(toMarkdown(wanted)));
      expect(shown.text.trim()).toBe(wanted.text.trim());
      const offset = wanted.text.length - wanted.text.trimStart().length;
      const shift = shown.text.length - shown.text.trimStart().length;
      [...shown.text.trim()].join('').split('').forEach((character, at) => {
        if (/\s/.test(character)) return;
        expect(((shown.marks[at + shift] ?? 0) & ~(wanted.marks[at + offset] ?? 0))).toBe(0);
      });
    }), { numRuns: 5_000 });
  });

  test('of plain words are all kept', () => {
    const word = fc.record({ text: fc.constantFrom('word', 'two words', ' a', 'b ', 'é', '1'), marks: fc.constantFrom(0, 1, 2, 3, 4) });
    fc.assert(fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), (runs) => {
      const wanted = fromRuns(runs);
      const shown = fromMarkdown(toMarkdown(wanted));
      expect(shown.text).toBe(wanted.text);
      wanted.text.split('').forEach((character, at) => { if (!/\s/.test(character)) expect(shown.marks[at]).toBe(wanted.marks[at]); });
    }), { numRuns: 3_000 });
  });

  test('a draft comes back as it was', () => {
    const draft = fromRuns([{ text: 'a\n\n', marks: 0 }, { text: 'b', marks: 1 }, { text: ' *c*', marks: 0 }]);
    expect(runsOf(fromMarkdown(toMarkdown(draft)))).toEqual(runsOf(draft));
  });
});
