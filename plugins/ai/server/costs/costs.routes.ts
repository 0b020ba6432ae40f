import type { PluginContext } from '@plugboard/sdk';
import type { AssistantStore } from '../assistants/assistant.store.ts';
import { reachOf } from '../reach.ts';
import type { SettingsStore } from '../settings/settings.store.ts';
import { costQuery, costSchema, turnListQuery, turnPageSchema, type CostQuery } from './cost.schema.ts';
import type { TurnStore } from './turn.store.ts';

/** `/costs` and `/turns`: what answers took and how they were rated. */
export async function addCostRoutes(ctx: PluginContext, { turns, assistants, settings }: { turns: TurnStore; assistants: AssistantStore; settings: SettingsStore }): Promise<void> {
  const labels = async (by: CostQuery['by']): Promise<Map<string, string> | null> => {
    if (by === 'assistant') return new Map((await assistants.list()).map(({ id, name }) => [id, name]));
    if (by === 'brand') return new Map((await ctx.brands.list()).map(({ id, name }) => [id, name]));
    return null;
  };

  await ctx.routes.add({
    method: 'get', path: '/costs', summary: 'Answers, tokens, cost, hand-overs, latency and ratings', access: { ability: 'view-costs' }, query: costQuery, response: costSchema,
    async handle({ query }) {
      const { total, rows } = await turns.figures(query);
      const names = await labels(query.by);
      return { body: { currency: (await settings.get()).currency, total, rows: rows.map((row) => ({ ...row, label: names ? names.get(row.key) ?? null : row.key })) } };
    },
  });

  await ctx.routes.add({
    method: 'get', path: '/turns', summary: 'List turns, to try them again or to make cases of them', access: { ability: 'manage' }, query: turnListQuery, response: turnPageSchema,
    handle: async ({ query, actor }) => ({ body: await turns.list({ ...query, reach: await reachOf(ctx, actor) }) }),
  });
}
