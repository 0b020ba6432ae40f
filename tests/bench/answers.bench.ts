import { engines, startAnsweringDesk, type AnsweringDesk, type Engine } from './answers/desk.ts';
import { judge, scoreOf, type Judged } from './answers/judge.ts';
import { loadFresh, loadSet, questionKinds, splits, type SetQuestion } from './answers/load-set.ts';
import { varyWords } from './answers/vary-words.ts';
import { atLeastRow, atMostRow, grid, percentile, type BenchOptions, type Figure, type Row } from './figure.ts';

const manyPassages = 10_000;
const warmUp = 10;
const print = (text: string) => process.stdout.write(`${text}\n`);
const percent = (share: number) => (Number.isNaN(share) ? '–' : `${(share * 100).toFixed(1)} %`);

async function askAll(desk: AnsweringDesk, questions: readonly SetQuestion[]): Promise<Judged[]> {
  for (const { text, locale } of questions.slice(0, warmUp)) await desk.ask(text, locale);
  const judged: Judged[] = [];
  for (const question of questions) {
    const start = performance.now();
    const answer = await desk.ask(question.text, question.locale);
    judged.push(judge(question, { ...answer, milliseconds: performance.now() - start }, desk.articleOf));
  }
  return judged;
}

function timesOf(judged: readonly Judged[]): { median: number; p95: number } {
  const sorted = judged.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  return { median: percentile(sorted, 0.5), p95: percentile(sorted, 0.95) };
}

/** One line per kind, so that one sees what is weak. */
function kindTable(judged: readonly Judged[]): string {
  const lines = [...questionKinds, 'all'].map((kind) => {
    const score = scoreOf(kind === 'all' ? judged : judged.filter(({ question }) => question.kind === kind));
    return [
      kind, String(score.questions), percent(score.recallAt1), percent(score.recallAt5), Number.isNaN(score.meanReciprocalRank) ? '–' : score.meanReciprocalRank.toFixed(2),
      percent(score.answeredRightly), percent(score.besideThePoint), percent(score.handedOver), percent(score.wrongArticle), percent(score.answeredInVain),
    ];
  });
  return grid([['kind', 'asked', 'recall@1', 'recall@5', 'MRR', 'right', 'beside it', 'handed over', 'wrong article', 'in vain'], ...lines]);
}

function failureOf({ question, confidence, found, isWrong, isAnswered, rank }: Judged): string {
  const what = isWrong ? 'wrong' : isAnswered ? 'beside the point' : 'handed over';
  if (question.split === 'held-out') return `  ${what}  ${question.id}`;
  return `  ${what}  ${question.id}  confidence ${Math.round(confidence)}, place ${rank || '–'}  “${question.text}”\n      expected ${question.expects.join(', ') || 'nothing'}; found ${found.slice(0, 3).join(', ') || 'nothing'}`;
}

/** Of the held-out part only ids are shown, never texts. */
function printFailures(judged: readonly Judged[]): void {
  const failures = judged.filter(({ question, isRight, isAnswered }) => (question.expects.length > 0 ? !isRight : isAnswered));
  print(failures.map(failureOf).join('\n'));
}

function scoreRows(label: string, judged: readonly Judged[]): Row[] {
  const score = scoreOf(judged);
  const times = timesOf(judged);
  const plain = (figure: string, value: number, unit = ''): Row => ({ figure: `${figure}, ${label}`, value, unit });
  return [
    plain('recall@1', score.recallAt1),
    atLeastRow(`recall@5, ${label}`, '', score.recallAt5, 0.9),
    plain('mean reciprocal rank', score.meanReciprocalRank),
    atLeastRow(`answered rightly, of the answerable, ${label}`, '', score.answeredRightly, 0.75),
    plain('right article, fact missing, of the answerable', score.besideThePoint),
    plain('handed over, of the answerable', score.handedOver),
    plain('wrong article, of the answerable', score.wrongArticle),
    plain('answered in vain, of the unanswerable', score.answeredInVain),
    atMostRow(`answered wrongly, of all, ${label}`, '', score.answeredWrongly, 0.05),
    atMostRow(`passages that are not for visitors, ${label}`, '', score.leaks, 0),
    plain('time of an answer, median', times.median, 'ms'),
    plain('time of an answer, p95', times.p95, 'ms'),
  ];
}

/** Each trade has a desk to itself: what is known there is as little as a newcomer's. */
async function measureFresh(engine: Engine, { isVerbose }: BenchOptions): Promise<Row[]> {
  const judged: Judged[] = [];
  for (const { articles, questions } of loadFresh()) {
    const desk = await startAnsweringDesk(engine);
    try {
      await desk.index(articles);
      judged.push(...await askAll(desk, questions));
    } finally {
      await desk.stop();
    }
  }
  print(`\n${engine}, fresh\n${kindTable(judged)}`);
  if (isVerbose) printFailures(judged);
  return scoreRows(`fresh, ${engine}`, judged);
}

async function measureAnswers(engine: Engine, { isVerbose }: BenchOptions): Promise<Row[]> {
  const { articles, questions } = loadSet();
  const desk = await startAnsweringDesk(engine);
  try {
    print(`${engine}: ${articles.length} articles, ${await desk.index(articles)} passages, ${questions.length} questions`);
    const judged = await askAll(desk, questions);
    return splits.flatMap((split) => {
      const part = judged.filter(({ question }) => question.split === split);
      print(`\n${engine}, ${split}\n${kindTable(part)}`);
      if (isVerbose) printFailures(part);
      return scoreRows(`${split}, ${engine}`, part);
    });
  } finally {
    await desk.stop();
  }
}

/** The set again and again with other words, until there are enough passages; the real one is among them. */
async function measureAmongMany(engine: Engine): Promise<Row[]> {
  const { articles, questions } = loadSet();
  const desk = await startAnsweringDesk(engine);
  try {
    let passages = await desk.index(articles);
    const few = { passages, ...timesOf(await askAll(desk, questions)) };
    for (let copy = 1; passages < manyPassages; copy += 1) passages += await desk.index(articles.map((article) => varyWords(article, copy)));
    const judged = await askAll(desk, questions);
    const many = timesOf(judged);
    return [
      { figure: `answer among ${few.passages} passages, p95, ${engine}`, value: few.p95, unit: 'ms' },
      { figure: `answer among ${passages} passages, median, ${engine}`, value: many.median, unit: 'ms' },
      atMostRow(`answer among ${passages} passages, p95, ${engine}`, 'ms', many.p95, 30),
      { figure: `growth of the median, ${Math.round(passages / few.passages)} times the passages, ${engine}`, value: many.median / few.median, unit: '×' },
    ];
  } finally {
    await desk.stop();
  }
}

async function onEach(measure: (engine: Engine) => Promise<Row[]>): Promise<Row[]> {
  const rows: Row[] = [];
  for (const engine of engines) rows.push(...await measure(engine));
  return rows;
}

/** How well visitors' questions are answered out of the knowledge base, without a model. */
export const answers: Figure = { name: 'answers', run: (options) => onEach(async (engine) => [...await measureAnswers(engine, options), ...await measureFresh(engine, options)]) };

/** How long that takes when the knowledge base is large. */
export const answersAmongMany: Figure = { name: 'answers-10k', run: () => onEach(measureAmongMany) };
