import { z } from 'zod';
import { defineRoute } from '../../kernel/http/route.ts';
import { changeConversationBody, conversationListQuery } from '../../shared/conversations.ts';
import { idParams } from '../../shared/primitives.ts';
import { changeConversation } from './change-conversation.ts';
import { countViews } from './conversation-counts.ts';
import { presentDetail } from './conversation.presenter.ts';
import { readConversation } from './conversation.queries.ts';
import { escalateConversation } from './escalate-conversation.ts';
import { listConversations } from './list-conversations.ts';
import { markRead } from './mark-read.ts';

const tag = 'conversations';
const path = '/api/v1/conversations';

export const conversationRoutes = [
  defineRoute({
    method: 'get', path, tag, summary: 'A page of the inbox', access: { policy: 'conversation.list' }, query: conversationListQuery,
    handle: async ({ ctx, query }) => ({ body: await listConversations(ctx, query) }),
  }),
  defineRoute({
    method: 'get', path: `${path}/counts`, tag, summary: 'How many conversations each view has, counted up to 1000', access: { policy: 'conversation.list' },
    handle: async ({ ctx }) => ({ body: await countViews(ctx) }),
  }),
  defineRoute({
    method: 'get', path: `${path}/:id`, tag, summary: 'A conversation without its messages', access: { policy: 'conversation.view' }, params: idParams,
    handle: async ({ ctx, params }) => ({ body: await presentDetail(ctx, await readConversation(ctx, params.id)) }),
  }),
  defineRoute({
    method: 'patch', path: `${path}/:id`, tag, summary: 'Changes the conversation that was seen in `version`; 409 `stale` carries the present one',
    access: { policy: 'conversation.edit' }, params: idParams, body: changeConversationBody,
    handle: async ({ ctx, params, body }) => ({ body: await presentDetail(ctx, await changeConversation(ctx, params.id, body)) }),
  }),
  defineRoute({
    method: 'post', path: `${path}/:id/escalation`, tag, summary: 'Makes the conversation a ticket with a number', access: { policy: 'conversation.change' }, params: idParams,
    handle: async ({ ctx, params }) => ({ body: await presentDetail(ctx, await escalateConversation(ctx, params.id)) }),
  }),
  defineRoute({
    method: 'post', path: `${path}/:id/read`, tag, summary: 'Moves your read mark on', access: { policy: 'conversation.read' }, params: idParams,
    body: z.strictObject({ seq: z.number().int().min(0) }), perMinute: 1_200,
    async handle({ ctx, params, body }) {
      await markRead(ctx, params.id, body.seq);
      return { status: 204 };
    },
  }),
];
