import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitMarkdown } from './split-markdown.ts';

const sentence = (word: string) => `${word} ${'says something about itself and then goes on for a while. '.repeat(6)}`.trim();
const wordsIn = (text: string): string[] => text.match(/[\p{L}\p{N}]+/gu) ?? [];

describe('splitMarkdown', () => {
  it('leaves a short document whole', () => {
    expect(splitMarkdown('# Returns\n\nThirty days.\n\n## By post\n\nUse the label.', 'Returns')).toEqual([{ headings: ['By post'], text: 'Thirty days.\n\n## By post\n\nUse the label.' }]);
  });

  it('cuts a long one by its sections and knows the headings above', () => {
    const pieces = splitMarkdown(['## Post', sentence('One'), sentence('Two'), '### Abroad', sentence('Three'), sentence('Four'), '## Shop', sentence('Five')].join('\n\n'));
    expect(pieces.map(({ headings, text }) => [headings, /\b(One|Three|Five)\b/.exec(text)?.[0]])).toEqual([[['Post'], 'One'], [['Post', 'Abroad'], 'Three'], [['Shop'], 'Five']]);
    for (const { text } of pieces) expect(text.length).toBeLessThanOrEqual(1_200);
    expect(pieces.every(({ text }) => !/\n#+ [^\n]*$/.test(text)), 'a heading belongs to what follows').toBe(true);
  });

  it('keeps lists and tables whole, and the head of a table that is too long', () => {
    const list = Array.from({ length: 12 }, (_, index) => `- item ${index} with some words to it`).join('\n');
    const rows = Array.from({ length: 60 }, (_, index) => `| country ${index} | ${index} days |`).join('\n');
    const pieces = splitMarkdown(`${sentence('Intro')}\n\n${sentence('More')}\n\n${list}\n\n| Where | When |\n|---|---|\n${rows}`);
    expect(pieces.some(({ text }) => text.includes(list))).toBe(true);
    const tables = pieces.filter(({ text }) => text.includes('country'));
    expect(tables.length).toBeGreaterThan(1);
    for (const { text } of tables) expect(text).toContain('| Where | When |');
  });

  it('takes no heading out of a block of code', () => {
    expect(splitMarkdown(`${sentence('A')}\n\n\`\`\`\n# not a heading\n\`\`\``)[0]?.headings).toEqual([]);
  });

  it('loses no word and cuts no sign, whatever the text', () => {
    fc.assert(fc.property(fc.array(fc.oneof(fc.lorem({ maxCount: 60 }), fc.string({ unit: 'grapheme', maxLength: 40 }), fc.constantFrom('# H one', '## H two', '- item', '| a | b |', '```', '', '😀'.repeat(700), '長い文'.repeat(600))), { maxLength: 25 }), (lines) => {
      const markdown = lines.join('\n');
      const pieces = splitMarkdown(markdown);
      for (const { text } of pieces) {
        expect(text.length).toBeLessThanOrEqual(1_300);
        expect(text).not.toMatch(/^[\udc00-\udfff]|[\ud800-\udbff]$/);
      }
      const left = pieces.map(({ text, headings }) => `${text} ${headings.join(' ')}`).join(' ');
      for (const word of wordsIn(markdown).filter((candidate) => candidate.length < 30)) expect(left).toContain(word);
    }), { numRuns: 60 });
  });
});
