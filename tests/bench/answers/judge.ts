import type { Passage } from '@plugboard/sdk';
import { statesOne, type SetQuestion } from './load-set.ts';

/** The desk's own default: below it an assistant hands over. */
const threshold = 50;

export interface Judged {
  question: SetQuestion;
  confidence: number;
  /** The set's ids of the articles whose passages were found, best first. */
  found: (string | undefined)[];
  /** Place of the first passage from an expected article, from 1; 0 when there is none. */
  rank: number;
  isAnswered: boolean;
  /** Sure enough, from the right article, and it states the fact. */
  isRight: boolean;
  /** Sure enough, and from an article that does not answer it (where none does, each is wrong). */
  isWrong: boolean;
  /** Passages that a visitor must never see. */
  leaks: number;
  milliseconds: number;
}

export function judge(question: SetQuestion, answer: { passages: readonly Passage[]; confidence: number; milliseconds: number }, articleOf: (documentId: string) => string | undefined): Judged {
  const { passages, confidence, milliseconds } = answer;
  const found = passages.map(({ documentId }) => articleOf(documentId));
  const isExpected = (id: string | undefined) => id !== undefined && question.expects.includes(id);
  const first = passages[0];
  const isAnswered = first !== undefined && confidence >= threshold;
  return {
    question, confidence, milliseconds, found, isAnswered,
    rank: found.findIndex(isExpected) + 1,
    isRight: isAnswered && isExpected(found[0]) && statesOne(first.text, question.says),
    isWrong: isAnswered && !isExpected(found[0]),
    leaks: passages.filter(({ audience }) => audience !== 'public').length,
  };
}

export interface Score {
  questions: number;
  answerable: number;
  /** Shares of the answerable questions. */
  recallAt1: number;
  recallAt5: number;
  meanReciprocalRank: number;
  answeredRightly: number;
  /** The right article, but a passage of it that leaves the fact out. */
  besideThePoint: number;
  handedOver: number;
  /** Share of the answerable questions that got another article's passage. */
  wrongArticle: number;
  /** Share of the unanswerable questions that got an answer. */
  answeredInVain: number;
  /** Both together, as a share of all questions. */
  answeredWrongly: number;
  leaks: number;
}

const share = (rows: readonly Judged[], is: (row: Judged) => boolean) => (rows.length === 0 ? Number.NaN : rows.filter(is).length / rows.length);

export function scoreOf(all: readonly Judged[]): Score {
  const answerable = all.filter(({ question }) => question.expects.length > 0);
  const unanswerable = all.filter(({ question }) => question.expects.length === 0);
  return {
    questions: all.length,
    answerable: answerable.length,
    recallAt1: share(answerable, ({ rank }) => rank === 1),
    recallAt5: share(answerable, ({ rank }) => rank >= 1 && rank <= 5),
    meanReciprocalRank: answerable.length === 0 ? Number.NaN : answerable.reduce((sum, { rank }) => sum + (rank === 0 ? 0 : 1 / rank), 0) / answerable.length,
    answeredRightly: share(answerable, ({ isRight }) => isRight),
    besideThePoint: share(answerable, ({ isAnswered, isRight, isWrong }) => isAnswered && !isRight && !isWrong),
    handedOver: share(answerable, ({ isAnswered }) => !isAnswered),
    wrongArticle: share(answerable, ({ isWrong }) => isWrong),
    answeredInVain: share(unanswerable, ({ isWrong }) => isWrong),
    answeredWrongly: share(all, ({ isWrong }) => isWrong),
    leaks: all.reduce((sum, { leaks }) => sum + leaks, 0),
  };
}
