import type { PluginContext, z } from '@plugboard/sdk';
import { iso, notFound, refused } from '../fields.ts';
import { byId } from '../ids.ts';
import { checkConnection } from './check-connection.ts';
import {
  checkAnswer, checkBody, connectionBody, connectionListSchema, connectionPatch, connectionSchema, modelBody, modelListSchema, modelPatch, modelSchema, type Connection, type Model,
} from './model.schema.ts';
import type { ModelStore } from './model.store.ts';

const access = { ability: 'manage' } as const;

const presentConnection = ({ id, name, kind, baseUrl, keySealed, keyLast4, createdAt, updatedAt }: Connection): z.output<typeof connectionSchema> => ({
  id, name, kind, baseUrl, apiKey: { set: keySealed !== null, last4: keyLast4 }, createdAt: iso(createdAt), updatedAt: iso(updatedAt),
});
const presentModel = (model: Model, embeddingId: string | null): z.output<typeof modelSchema> => ({ ...model, isEmbedding: model.id === embeddingId, createdAt: iso(model.createdAt), updatedAt: iso(model.updatedAt) });

export interface ModelRoutes { store: ModelStore; embeddingId(): Promise<string | null>; onChange(modelId: string): Promise<void> }

/** `/connections` and `/models`: what answers are written with. */
export async function addModelRoutes(ctx: PluginContext, deps: ModelRoutes): Promise<void> {
  await addConnectionRoutes(ctx, deps.store);
  const { store, embeddingId, onChange } = deps;
  const need = async (id: string): Promise<Model> => {
    const model = await store.byId(id);
    if (!model) throw notFound();
    return model;
  };
  const needConnection = async (id: string | undefined): Promise<void> => {
    if (id !== undefined && !await store.connection(id)) throw refused('connectionId', 'unknown');
  };

  await ctx.routes.add({
    method: 'get', path: '/models', summary: 'List models', access, response: modelListSchema,
    async handle() {
      const chosen = await embeddingId();
      return { body: { data: (await store.list()).map((model) => presentModel(model, chosen)), nextCursor: null } };
    },
  });

  await ctx.routes.add({
    method: 'post', path: '/models', summary: 'Add a model', access, body: modelBody, response: modelSchema,
    async handle({ body }) {
      await needConnection(body.connectionId);
      return { status: 201, body: presentModel(await store.add(body), await embeddingId()) };
    },
  });

  await ctx.routes.add({
    method: 'patch', path: '/models/:id', summary: 'Change a model', access, params: byId, body: modelPatch, response: modelSchema,
    async handle({ params, body }) {
      const present = await need(params.id);
      await needConnection(body.connectionId);
      const changed = await store.change(present, body);
      await onChange(params.id);
      return { body: presentModel(changed, await embeddingId()) };
    },
  });

  await ctx.routes.add({
    method: 'delete', path: '/models/:id', summary: 'Remove a model; assistants that used it go on with the next one', access, params: byId,
    async handle({ params }) {
      if (!await store.remove(params.id)) throw notFound();
      await onChange(params.id);
      return { status: 204 };
    },
  });
}

async function addConnectionRoutes(ctx: PluginContext, store: ModelStore): Promise<void> {
  const need = async (id: string): Promise<Connection> => {
    const connection = await store.connection(id);
    if (!connection) throw notFound();
    return connection;
  };

  await ctx.routes.add({
    method: 'get', path: '/connections', summary: 'List connections to model endpoints', access, response: connectionListSchema,
    handle: async () => ({ body: { data: (await store.connections()).map(presentConnection), nextCursor: null } }),
  });

  await ctx.routes.add({
    method: 'post', path: '/connections', summary: 'Add a connection to a model endpoint', access, body: connectionBody, response: connectionSchema,
    handle: async ({ body }) => ({ status: 201, body: presentConnection(await store.addConnection(body)) }),
  });

  await ctx.routes.add({
    method: 'patch', path: '/connections/:id', summary: 'Change a connection; another address clears its key', access, params: byId, body: connectionPatch, response: connectionSchema,
    handle: async ({ params, body }) => ({ body: presentConnection(await store.changeConnection(await need(params.id), body)) }),
  });

  await ctx.routes.add({
    method: 'delete', path: '/connections/:id', summary: 'Remove a connection with its models', access, params: byId,
    async handle({ params }) {
      await store.removeConnection((await need(params.id)).id);
      return { status: 204 };
    },
  });

  await ctx.routes.add({
    method: 'post', path: '/connections/check', summary: 'Try a connection and a model', access, body: checkBody, response: checkAnswer, perMinute: 60,
    async handle({ body, locale }, { signal }) {
      const saved = body.id === undefined ? null : await store.connection(body.id);
      const isSame = saved !== null && saved.baseUrl === body.baseUrl && saved.kind === body.kind;
      const apiKey = body.apiKey === undefined && isSame ? await store.keyOf(saved) : body.apiKey ?? null;
      return { body: await checkConnection(ctx, { ...body, apiKey }, locale, signal) };
    },
  });
}
