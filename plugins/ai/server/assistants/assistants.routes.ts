import { PluginError } from '@plugboard/sdk';
import type { PluginContext } from '@plugboard/sdk';
import { localized, notFound, refused } from '../fields.ts';
import { byId } from '../ids.ts';
import type { ModelStore } from '../models/model.store.ts';
import { accountFor } from './accounts.ts';
import { presentAssistant } from './assistant.presenter.ts';
import { assistantBody, assistantListSchema, assistantPatch, assistantSchema, openingQuery, openingSchema, type Assistant, type AssistantBody, type AssistantPatch } from './assistant.schema.ts';
import type { AssistantStore } from './assistant.store.ts';

const access = { ability: 'manage' } as const;

export interface AssistantRoutes { store: AssistantStore; models: ModelStore; onChange(assistant: Assistant): Promise<void> }

/** Refuses what is not there. What it had before may stay: a department that is gone now must not lock the form. */
async function checkReferences(ctx: PluginContext, models: ModelStore, input: AssistantBody | Assistant, before?: Assistant): Promise<void> {
  const brands = new Set([...(await ctx.brands.list()).map(({ id }) => id), ...(before && before.brandIds !== 'all' ? before.brandIds : [])]);
  if (input.brandIds !== 'all' && input.brandIds.some((id) => !brands.has(id))) throw refused('brandIds', 'unknown');
  const known = new Set([...(await models.list()).filter(({ kind }) => kind === 'language').map(({ id }) => id), ...(before?.modelIds ?? [])]);
  input.modelIds.forEach((id, index) => { if (!known.has(id)) throw refused(`modelIds.${index}`, 'unknown'); });
  const departments = new Set([...(await ctx.departments.list()).map(({ id }) => id), ...(before ? departmentsOf(before).map(([, id]) => id) : [])]);
  for (const [path, id] of departmentsOf(input)) if (!departments.has(id)) throw refused(path, 'unknown');
}

function departmentsOf({ escalation }: Pick<Assistant, 'escalation'>): [path: string, id: string][] {
  const named: [string, string | null][] = [
    ['escalation.within.departmentId', escalation.within.departmentId], ['escalation.outside.departmentId', escalation.outside.departmentId],
    ...escalation.rules.map(({ departmentId }, index): [string, string | null] => [`escalation.rules.${index}.departmentId`, departmentId]),
  ];
  return named.flatMap(([path, id]) => (id === null ? [] : [[path, id]]));
}

/** Saves over what is there now; with a `version` only over what was read. */
async function change(ctx: PluginContext, { store, models }: AssistantRoutes, id: string, { version, ...body }: AssistantPatch): Promise<Assistant> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const present = await store.byId(id);
    if (!present) throw notFound();
    if (version !== undefined && version !== present.version) break;
    const named = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
    const changed: Assistant = { ...present, ...named };
    await checkReferences(ctx, models, changed, present);
    const saved = await store.save(changed);
    if (saved) return saved;
  }
  const present = await store.byId(id);
  throw present ? new PluginError('stale', 409, { assistant: presentAssistant(present) }) : notFound();
}

/** `/assistants`: what an admin configures; `/opening`: what a page may show before anybody wrote. */
export async function addAssistantRoutes(ctx: PluginContext, deps: AssistantRoutes): Promise<void> {
  const { store, models } = deps;

  await ctx.routes.add({
    method: 'get', path: '/assistants', summary: 'List assistants', access, response: assistantListSchema,
    handle: async () => ({ body: { data: (await store.list()).map(presentAssistant), nextCursor: null } }),
  });

  await ctx.routes.add({
    method: 'post', path: '/assistants', summary: 'Create an assistant', access, body: assistantBody, response: assistantSchema,
    async handle({ body }) {
      await checkReferences(ctx, models, body);
      const made = await store.create(body);
      await deps.onChange(made);
      return { status: 201, body: presentAssistant(made) };
    },
  });

  await ctx.routes.add({
    method: 'get', path: '/assistants/:id', summary: 'Read an assistant', access, params: byId, response: assistantSchema,
    async handle({ params }) {
      const assistant = await store.byId(params.id);
      if (!assistant) throw notFound();
      return { body: presentAssistant(assistant) };
    },
  });

  await ctx.routes.add({
    method: 'patch', path: '/assistants/:id', summary: 'Change an assistant', access, params: byId, body: assistantPatch, response: assistantSchema,
    async handle({ params, body }) {
      const saved = await change(ctx, deps, params.id, body);
      await deps.onChange(saved);
      return { body: presentAssistant(saved) };
    },
  });

  await ctx.routes.add({
    method: 'delete', path: '/assistants/:id', summary: 'Delete an assistant', access, params: byId,
    async handle({ params }) {
      if (!await store.remove(params.id)) throw notFound();
      return { status: 204 };
    },
  });
  await addOpeningRoute(ctx, store);
}

async function addOpeningRoute(ctx: PluginContext, store: AssistantStore): Promise<void> {
  await ctx.routes.add({
    method: 'get', path: '/opening', summary: 'Greeting and suggested questions of the assistant that would answer', access: 'public', query: openingQuery, response: openingSchema, cors: true,
    async handle({ query, locale }) {
      const assistant = accountFor(await store.list(), query.brandId);
      const wanted = query.locale ?? locale;
      return {
        body: {
          assistant: assistant && {
            name: assistant.name, greeting: localized(assistant.greeting, assistant.greetingByLocale, wanted),
            suggestedQuestions: assistant.suggestedQuestionsByLocale[wanted] ?? assistant.suggestedQuestionsByLocale[wanted.split('-')[0] ?? ''] ?? assistant.suggestedQuestions,
          },
        },
        headers: { 'Cache-Control': 'public, max-age=60' },
      };
    },
  });
}
