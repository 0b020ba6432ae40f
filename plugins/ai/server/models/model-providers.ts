import { PluginError } from '@plugboard/sdk';
import type { ModelProvider, PluginContext } from '@plugboard/sdk';
import { Fence } from '../prompt/fence.ts';
import type { Parts } from '../parts.ts';
import { costOf, estimateTokens } from './budgets.ts';
import { ModelProblem, problemOf } from './model-problem.ts';
import type { Model } from './model.schema.ts';
import { embeddingModel } from './sdk-model.ts';

/** Ids of the models that are used where no assistant says which: the one of the settings, else the default assistant's. */
export async function defaultModelIds({ settings, assistants }: Pick<Parts, 'settings' | 'assistants'>): Promise<string[]> {
  const { languageModelId } = await settings.get();
  if (languageModelId !== null) return [languageModelId];
  const all = await assistants.list();
  return (all.find(({ isDefault }) => isDefault) ?? all[0])?.modelIds ?? [];
}

/** The models of the settings for the knowledge and for other plugins. They stand there always; `describe` tells whether there is one behind. */
export async function registerModels(ctx: PluginContext, parts: Parts): Promise<void> {
  await ctx.models.register(languageProvider(parts));
  await ctx.models.register(embeddingProvider(ctx, parts));
}

function languageProvider(parts: Parts): ModelProvider {
  const usable = async (): Promise<Model[]> => parts.writer.usable(await defaultModelIds(parts));
  return {
    id: 'ai-language', label: 'model.language', kind: 'language',
    async describe() {
      const [model] = await usable();
      return model ? { name: model.model } : null;
    },
    async *generate({ system, messages, maxTokens }, { signal }) {
      const [model] = await usable();
      if (!model) throw new PluginError('model_needed', 409);
      const { text } = await parts.writer.write({
        modelIds: [model.id], brandId: 'other', system, fence: new Fence(), maxOutputTokens: maxTokens, signal, messages: messages.map(({ role, text: content }) => ({ role, content })),
      });
      yield text;
    },
  };
}

function embeddingProvider(ctx: PluginContext, { settings, models, budgets }: Parts): ModelProvider {
  const chosen = async (): Promise<Model | null> => {
    const { embeddingModelId } = await settings.get();
    return embeddingModelId === null ? null : models.byId(embeddingModelId);
  };
  return {
    id: 'ai-embedding', label: 'model.embedding', kind: 'embedding',
    async describe() {
      const model = await chosen();
      return model ? { name: `${model.model}@${model.connectionId}` } : null;
    },
    async embed(texts, { signal }) {
      const model = await chosen();
      const connection = model ? await models.connection(model.connectionId) : null;
      if (!model || !connection) throw new PluginError('model_needed', 409);
      const tokens = estimateTokens(texts.join(' '));
      const most = costOf(model, { inputTokens: tokens, outputTokens: 0 });
      const hold = most === null ? null : await budgets.hold('other', most);
      if (most !== null && hold === null) throw new ModelProblem('over-budget');
      let cost = 0;
      try {
        const { embedMany } = await import('ai');
        const { embeddings, usage } = await embedMany({
          model: await embeddingModel(ctx.http, { ...connection, apiKey: await models.keyOf(connection) }, model.model), values: texts, maxRetries: 1, abortSignal: signal,
        });
        cost = costOf(model, { inputTokens: Number.isSafeInteger(usage.tokens) ? usage.tokens : tokens, outputTokens: 0 }) ?? 0;
        if (embeddings.length !== texts.length || embeddings.some((vector) => vector.length !== embeddings[0]?.length || vector.some((one) => !Number.isFinite(one)))) throw new ModelProblem('wrong-format', 'vectors');
        return embeddings;
      } catch (error) {
        throw problemOf(error);
      } finally {
        if (hold) await budgets.settle(hold, cost);
      }
    },
  };
}
