import { describe, expect, it } from 'vitest';
import { audiences } from '@plugboard/sdk';
import { loadFresh, loadSet, questionKinds, splits, statesOne, type SetQuestion } from './load-set.ts';

const { articles, questions } = loadSet();
const countOf = <T>(rows: readonly T[], is: (row: T) => boolean) => rows.filter(is).length;
const wordsOf = (text: string) => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
const isAnswerable = (question: SetQuestion) => question.expects.length > 0;

describe('articles of the answer set', () => {
  it('are enough, in each language and for each audience', () => {
    expect(articles.length).toBeGreaterThanOrEqual(70);
    expect(countOf(articles, ({ locale }) => locale === 'en')).toBeGreaterThanOrEqual(56);
    expect(countOf(articles, ({ locale }) => locale === 'de')).toBeGreaterThanOrEqual(8);
    expect(countOf(articles, ({ locale }) => locale === 'ar')).toBeGreaterThanOrEqual(6);
    expect(countOf(articles, ({ audience }) => audience === 'internal')).toBe(4);
    expect(countOf(articles, ({ audience }) => audience === 'signed-in')).toBe(3);
    expect(articles.filter(({ audience }) => !audiences.includes(audience))).toEqual([]);
  });

  it('have ids of their own, and 120 to 450 words', () => {
    expect(new Set(articles.map(({ id }) => id)).size).toBe(articles.length);
    const odd = articles.map(({ id, markdown }) => ({ id, words: wordsOf(markdown) })).filter(({ words }) => words < 120 || words > 450);
    expect(odd).toEqual([]);
  });
});

describe('questions of the answer set', () => {
  it('are enough, and so are those that nobody can answer', () => {
    expect(questions.length).toBeGreaterThanOrEqual(190);
    expect(countOf(questions, (question) => !isAnswerable(question))).toBeGreaterThanOrEqual(45);
    expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length);
  });

  it('are asked once', () => {
    const texts = questions.map(({ text }) => text.toLowerCase().replace(/[^\p{L}\p{N}?]+/gu, ' ').trim());
    expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);
  });

  it('expect public articles that are there, and facts that these state', () => {
    const byId = new Map(articles.map((article) => [article.id, article]));
    const wrong = questions.filter(isAnswerable).flatMap(({ id, expects, says }) => [
      ...expects.filter((expected) => byId.get(expected)?.audience !== 'public').map((expected) => `${id}: ${expected} is no public article`),
      ...says.filter((fact) => !expects.some((expected) => statesOne(byId.get(expected)?.markdown ?? '', [fact]))).map((fact) => `${id}: no article says ${fact}`),
      ...(says.length < 1 || says.length > 3 ? [`${id}: ${says.length} facts`] : []),
    ]);
    expect(wrong).toEqual([]);
  });

  it('expect nothing when they are unanswerable or meant for insiders', () => {
    const odd = questions.filter((question) => isAnswerable(question) === ['unanswerable', 'internal-only'].includes(question.kind) || (!isAnswerable(question) && question.says.length > 0));
    expect(odd).toEqual([]);
  });

  it('are of a known kind, and each kind is spread alike over both parts', () => {
    expect(questions.filter(({ kind }) => !questionKinds.includes(kind))).toEqual([]);
    for (const kind of questionKinds) {
      const ofKind = questions.filter((question) => question.kind === kind);
      const tuned = countOf(ofKind, ({ split }) => split === splits[0]);
      expect(Math.abs(tuned - ofKind.length * 0.55), kind).toBeLessThanOrEqual(1);
    }
  });
});

describe('the small desks of other trades', () => {
  it('have questions of their own, and articles that state what answers them', () => {
    const all = loadFresh();
    const ids = all.flatMap((set) => set.questions.map(({ id }) => id));
    expect([all.length, ids.length, new Set(ids).size]).toEqual([3, 60, 60]);
    const wrong = all.flatMap((set) => set.questions.flatMap((question) => [
      ...question.says.filter((fact) => !question.expects.some((id) => statesOne(set.articles.find((article) => article.id === id)?.markdown ?? '', [fact]))).map((fact) => `${question.id}: no article says ${fact}`),
      ...(isAnswerable(question) === (question.kind === 'unanswerable') || isAnswerable(question) !== question.says.length > 0 ? [`${question.id}: ${question.kind}`] : []),
    ]));
    expect(wrong).toEqual([]);
  });
});

describe('a fact', () => {
  it('is found under marks and over line ends, and as a regular expression', () => {
    expect(statesOne('You have **30\ndays** to return it', ['30 days'])).toBe(true);
    expect(statesOne('| tents | 5 |', ['/tents\\W*5/'])).toBe(true);
    expect(statesOne('You have 45 days', ['30 days', '60 days'])).toBe(false);
  });
});
