import { z } from 'zod';
import { decodeCursor, encodeCursor, toPage } from '../../kernel/db/cursor.ts';
import { defineRoute, type Route } from '../../kernel/http/route.ts';
import { idParams } from '../../shared/primitives.ts';
import { decisionBody, runToolBody, toolCallListQuery, toolSettingsBody } from '../../shared/tools.ts';
import { decideCall } from './decide-call.ts';
import { runTool } from './run-tool.ts';
import { presentCall, presentCalls } from './tool-call.presenter.ts';
import { countPending, readCall, selectCalls } from './tool-call.queries.ts';
import { changeTool, listTools } from './tool-settings.ts';

const tag = 'tools';
const calls = '/api/v1/tool-calls';
const toolParams = z.strictObject({ id: z.string().max(120).regex(/^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/) });

export const toolRoutes: Route[] = [
  defineRoute({
    method: 'get', path: '/api/v1/tools', tag, summary: 'Tools of active plugins: all of them for those who manage them, else those you may use', access: { policy: 'tool.list' },
    handle: async ({ ctx }) => ({ body: { data: await listTools(ctx), nextCursor: null } }),
  }),
  defineRoute({
    method: 'put', path: '/api/v1/tools/:id', tag, summary: 'Switches a tool on or off, with its rules by assistant and role', access: { policy: 'tool.manage' },
    params: toolParams, body: toolSettingsBody, example: { isEnabled: true, rules: { assistants: { '*': 'ask' }, roles: {} } },
    handle: async ({ ctx, params, body }) => ({ body: await changeTool(ctx, params.id, body) }),
  }),
  defineRoute({
    method: 'get', path: calls, tag, summary: 'Calls of tools in conversations that you may see, the newest first', access: { policy: 'tool-call.view' }, query: toolCallListQuery,
    async handle({ ctx, query: { limit, cursor, ...filter } }) {
      const beforeId = cursor === undefined ? undefined : decodeCursor('tool-calls', cursor, ['number'])[0] as number;
      const { rows, nextCursor } = toPage(await selectCalls(ctx, filter, { limit, beforeId }), limit, (row) => encodeCursor('tool-calls', [row.id]));
      return { body: { data: await presentCalls(ctx, rows), nextCursor } };
    },
  }),
  defineRoute({
    method: 'get', path: `${calls}/counts`, tag, summary: 'How many calls wait for a decision', access: { policy: 'tool-call.view' },
    handle: async ({ ctx }) => ({ body: { pending: ctx.can('tool-call.decide') ? await countPending(ctx) : 0 } }),
  }),
  defineRoute({
    method: 'get', path: `${calls}/:id`, tag, summary: 'One call of a tool', access: { policy: 'tool-call.view' }, params: idParams,
    handle: async ({ ctx, params }) => ({ body: await presentCall(ctx, await readCall(ctx, params.id)) }),
  }),
  defineRoute({
    method: 'post', path: `${calls}/:id/decision`, tag, summary: 'Approves or rejects a call; 409 `decided` when somebody else was faster', access: { policy: 'tool-call.decide' },
    params: idParams, body: decisionBody,
    handle: async ({ ctx, params, body }) => ({ body: await presentCall(ctx, await decideCall(ctx, params.id, body)) }),
  }),
  defineRoute({
    method: 'post', path: '/api/v1/conversations/:id/tool-calls', tag, summary: 'Uses a tool in a conversation, at once or after an approval; the same key again is the same call', access: { policy: 'tool.run' },
    params: idParams, body: runToolBody, perMinute: 60,
    async handle({ ctx, params, body }) {
      const { call, isNew } = await runTool(ctx, params.id, body);
      return { status: isNew ? 201 : 200, body: await presentCall(ctx, call) };
    },
  }),
];
