import { definePlugin } from '@plugboard/sdk';
import type { PluginContext } from '@plugboard/sdk';
import { manifest } from '../manifest.ts';
import { addAssistantRoutes } from './assistants/assistants.routes.ts';
import { createDefaultAssistant } from './assistants/default-assistant.ts';
import { addBenchRoutes } from './bench/bench.routes.ts';
import { benchAfterChange, defineBenchJobs } from './bench/bench-jobs.ts';
import { caseFromAnswer, importCases } from './bench/make-cases.ts';
import { startBench } from './bench/run-bench.ts';
import { addCostRoutes } from './costs/costs.routes.ts';
import { defaultModelIds, registerModels } from './models/model-providers.ts';
import { addModelRoutes } from './models/models.routes.ts';
import { createParts, type Parts } from './parts.ts';
import { addPlaygroundRoutes } from './playground/playground.routes.ts';
import { askDraft, replayTurn } from './playground/try-answer.ts';
import { assistantProvider } from './provider.ts';
import { draftArticle } from './questions/draft-article.ts';
import { groupQuestion, isUnanswered } from './questions/group-question.ts';
import { addQuestionRoutes } from './questions/questions.routes.ts';
import { addSettingsRoutes } from './settings/settings.routes.ts';

export default definePlugin({
  manifest,
  async setup(ctx) {
    const parts = createParts(ctx);
    await ctx.assistants.register(assistantProvider(ctx, parts));
    await registerModels(ctx, parts);
    await addRoutes(ctx, parts);
    await defineBenchJobs(ctx, parts);
    await learn(ctx, parts);
    await ctx.jobs.cron('sweep', '17 3 * * *', async () => {
      const now = Date.now();
      for (const kept of [parts.budgets, parts.attempts, parts.turns]) await kept.sweep(now);
    });
  },
  cluster: { activate: createDefaultAssistant },
});

async function addRoutes(ctx: PluginContext, parts: Parts): Promise<void> {
  const { assistants, models, settings, budgets, questions, bench, turns, writer } = parts;
  await addAssistantRoutes(ctx, { store: assistants, models, onChange: ({ id }) => benchAfterChange(ctx, parts, [id], 'assistant') });
  await addModelRoutes(ctx, {
    store: models, embeddingId: async () => (await settings.get()).embeddingModelId,
    onChange: async (modelId) => benchAfterChange(ctx, parts, (await assistants.list()).filter(({ modelIds }) => modelIds.includes(modelId)).map(({ id }) => id), 'model'),
  });
  await addSettingsRoutes(ctx, { store: settings, models, budgets });
  await addQuestionRoutes(ctx, { store: questions, draft: (question, wishes, signal) => draftArticle({ ctx, store: questions, writer, defaultModelIds: () => defaultModelIds(parts) }, question, wishes, signal) });
  await addBenchRoutes(ctx, {
    store: bench, start: (assistantId) => startBench(ctx, parts, assistantId, 'hand'), importCases: (input, actor) => importCases(ctx, parts, input, actor), caseFromAnswer: (input, actor) => caseFromAnswer(ctx, parts, input, actor),
  });
  await addCostRoutes(ctx, { turns, assistants, settings });
  await addPlaygroundRoutes(ctx, { ask: async (body, actor) => askDraft(ctx, parts, body, actor), replay: (runId, actor) => replayTurn(ctx, parts, runId, actor) });
}

/** What happens in the desk that the plugin learns from. */
async function learn(ctx: PluginContext, parts: Parts): Promise<void> {
  await ctx.hooks.on('assistant.turn-ended', async (event) => {
    if (isUnanswered(event)) await groupQuestion(parts.questions, event, Date.parse(event.occurredAt));
  });
  await ctx.hooks.on('assistant.answer-rated', ({ runId, by, rating }) => parts.turns.rate(runId, by, rating));
  await ctx.hooks.on('knowledge.changed', async ({ brandId }) => {
    const concerned = (await parts.assistants.list()).filter(({ brandIds }) => brandId === null || brandIds === 'all' || brandIds.includes(brandId));
    await benchAfterChange(ctx, parts, concerned.map(({ id }) => id), 'knowledge');
  });
}
