import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ReadAudience } from '@plugboard/sdk';

/** An article of the help centre of a made-up shop for outdoor gear. */
export interface SetArticle { id: string; title: string; locale: string; audience: ReadAudience; tags: string[]; markdown: string }

export const questionKinds = ['direct', 'paraphrase', 'typo', 'keyword', 'multi', 'cross-language', 'unanswerable', 'internal-only'] as const;
export type QuestionKind = (typeof questionKinds)[number];

/** Retrieval is tuned on the one part and judged by the other: nobody looks at the questions of `held-out` to make it better. */
export const splits = ['tune', 'held-out'] as const;
export type Split = (typeof splits)[number] | 'fresh';

export interface SetQuestion {
  id: string;
  kind: QuestionKind;
  locale: string;
  text: string;
  /** Articles that answer it; none when a visitor has to be handed over. */
  expects: string[];
  /** A right passage contains one of these: plain words, or a regular expression between slashes. */
  says: string[];
  split: Split;
}

export interface AnswerSet { articles: SetArticle[]; questions: SetQuestion[] }

const folder = import.meta.dirname;
const frontMatter = /^---\n([\s\S]*?)\n---\n+([\s\S]*)$/;

function readArticle(file: string): SetArticle {
  const [, head, markdown] = frontMatter.exec(readFileSync(join(folder, 'articles', file), 'utf8')) ?? [];
  if (head === undefined || markdown === undefined) throw new Error(`${file} has no front matter`);
  const fields = new Map(head.split('\n').map((line): [string, string] => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]));
  const field = (name: string): string => {
    const value = fields.get(name);
    if (!value) throw new Error(`${file} has no ${name}`);
    return value;
  };
  return { id: field('id'), title: field('title'), locale: field('locale'), audience: field('audience') as ReadAudience, tags: field('tags').split(', '), markdown };
}

const readQuestions = (split: (typeof splits)[number]): SetQuestion[] => (JSON.parse(readFileSync(join(folder, `questions.${split}.json`), 'utf8')) as Omit<SetQuestion, 'split'>[])
  .map((question) => ({ ...question, split }));

/** The articles and questions, in the same order each time. */
export const loadSet = (): AnswerSet => ({ articles: readdirSync(join(folder, 'articles')).sort().map(readArticle), questions: splits.flatMap(readQuestions) });

const trades = ['dentist', 'hotel', 'software'] as const;

/** Small desks of other trades, so that nothing is made to fit the shop; one set for each. */
export const loadFresh = (): AnswerSet[] => trades.map((trade) => {
  const { articles, questions } = JSON.parse(readFileSync(join(folder, 'fresh', `${trade}.json`), 'utf8')) as { articles: Omit<SetArticle, 'audience' | 'tags'>[]; questions: Omit<SetQuestion, 'split'>[] };
  return { articles: articles.map((article) => ({ ...article, audience: 'public', tags: [] })), questions: questions.map((question) => ({ ...question, split: 'fresh' })) };
});

/** As a reader sees it: no emphasis or code marks, one kind of space, small letters. */
const plain = (text: string): string => text.replace(/[*_`]/g, '').replace(/\s+/g, ' ').toLowerCase();

/** Whether a passage states one of the facts. */
export function statesOne(passage: string, says: readonly string[]): boolean {
  const text = plain(passage);
  return says.some((fact) => (/^\/.+\/$/.test(fact) ? new RegExp(fact.slice(1, -1), 'iu').test(text) : text.includes(plain(fact))));
}
