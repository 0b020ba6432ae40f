import type { PluginContext } from '@plugboard/sdk';
import { answerTurn, type TurnResult } from '../answering/answer-turn.ts';
import type { Assistant } from '../assistants/assistant.schema.ts';
import type { Parts } from '../parts.ts';
import { readerOf, trialTurn } from '../trial-turn.ts';
import type { BenchResult } from './bench.schema.ts';
import type { BenchCase, BenchRun } from './bench.store.ts';
import { failedCase, scoreCase, scoresOf } from './score.ts';

/** Runs what is left of a run, case by case; a job that was cut off goes on where it was. */
export async function runBench(ctx: PluginContext, parts: Parts, runId: string, signal: AbortSignal): Promise<void> {
  const { bench, assistants } = parts;
  const run = await bench.run(runId);
  if (!run || run.state === 'done' || run.state === 'failed') return;
  const assistant = await assistants.byId(run.assistantId);
  if (!assistant) return bench.end(runId, { state: 'failed', promptVersion: null, model: null, scores: null, costMicros: run.costMicros });
  await bench.start(runId);
  const done = new Set((await bench.results(runId)).map(({ caseId }) => caseId));
  let last: TurnResult | null = null;
  let costMicros = 0;
  for (const benchCase of await bench.enabledCases(assistant.brandIds)) {
    if (done.has(benchCase.id)) continue;
    signal.throwIfAborted();
    const { result, turn } = await runCase(ctx, parts, assistant, benchCase, signal);
    await bench.addResult(runId, result);
    last = turn ?? last;
    costMicros += turn?.trace.costMicros ?? 0;
  }
  const scores = scoresOf(await bench.results(runId));
  await bench.end(runId, { state: 'done', promptVersion: last?.trace.promptVersion ?? null, model: last?.trace.model ?? null, scores, costMicros });
  await assistants.setScores(assistant.id, scores);
}

async function runCase(ctx: PluginContext, { writer, settings }: Parts, assistant: Assistant, benchCase: BenchCase, signal: AbortSignal): Promise<{ result: BenchResult; turn: TurnResult | null }> {
  const messages: { author: 'contact' | 'assistant'; text: string }[] = [];
  const passages = new Map<string, string>();
  let turn: TurnResult | null = null;
  const { reader, allows } = readerOf(benchCase.audience, benchCase.operatorId ?? null);
  try {
    for (const question of benchCase.questions) {
      messages.push({ author: 'contact', text: question });
      turn = await answerTurn({ ctx, writer, settings: () => settings.get() }, {
        assistant, turn: trialTurn({ brandId: benchCase.brandId, locale: benchCase.locale, messages: [...messages], assistantId: assistant.id }), failed: 0, reader, signal, emit: async () => {},
        allows: (passage) => {
          const isAllowed = allows(passage);
          if (isAllowed) passages.set(passage.id, `${passage.title}\n${passage.headings.join(' ')}\n${passage.text}`);
          return isAllowed;
        },
        callTool: async () => ({ status: 'refused', reason: 'not in a test' }),
      });
      messages.push({ author: 'assistant', text: turn.text || (turn.handOver?.message ?? '') });
    }
  } catch (error) {
    signal.throwIfAborted();
    ctx.log.warn('a case of the bench failed', { case: benchCase.id, reason: String(error) });
    return { result: failedCase(benchCase), turn: null };
  }
  return turn ? { result: scoreCase(benchCase, turn, [...passages.values(), ...benchCase.questions, assistant.instructions, ctx.t('say.introduction', { name: assistant.name }, turn.locale)]), turn } : { result: failedCase(benchCase), turn };
}

/** Queues a run of all cases of the assistant's brands. */
export async function startBench(ctx: Pick<PluginContext, 'jobs'>, { bench, assistants }: Pick<Parts, 'bench' | 'assistants'>, assistantId: string, cause: BenchRun['cause']): Promise<BenchRun | null> {
  const assistant = await assistants.byId(assistantId);
  const cases = assistant ? await bench.enabledCases(assistant.brandIds) : [];
  if (!assistant || cases.length === 0) return null;
  const run = await bench.addRun(assistantId, cause, cases.length);
  await ctx.jobs.add('bench-run', { runId: run.id }, { id: run.id });
  return run;
}
