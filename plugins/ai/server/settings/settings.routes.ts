import { PluginError } from '@plugboard/sdk';
import type { PluginContext } from '@plugboard/sdk';
import { refused } from '../fields.ts';
import type { Budgets } from '../models/budgets.ts';
import type { ModelStore } from '../models/model.store.ts';
import { settingsBody, settingsSchema } from './settings.schema.ts';
import type { SettingsStore } from './settings.store.ts';

const access = { ability: 'manage' } as const;

/** `/settings`: budgets, embeddings, the bench. */
export async function addSettingsRoutes(ctx: PluginContext, { store, models, budgets }: { store: SettingsStore; models: ModelStore; budgets: Budgets }): Promise<void> {
  const read = async () => ({ ...await store.get(), today: await budgets.today() });

  await ctx.routes.add({ method: 'get', path: '/settings', summary: 'Read what counts for all assistants', access, response: settingsSchema, handle: async () => ({ body: await read() }) });

  await ctx.routes.add({
    method: 'put', path: '/settings', summary: 'Change what counts for all assistants', access, body: settingsBody, response: settingsSchema,
    async handle({ body }) {
      const known = await models.list();
      for (const [path, kind] of [['embeddingModelId', 'embedding'], ['languageModelId', 'language']] as const) {
        if (body[path] !== null && !known.some((model) => model.id === body[path] && model.kind === kind)) throw refused(path, 'unknown');
      }
      const version = body.version ?? (await store.get()).version;
      if (!await store.save({ ...body, version })) throw new PluginError('stale', 409, { settings: await read() });
      return { body: await read() };
    },
  });
}
