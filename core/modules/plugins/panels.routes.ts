import { z } from 'zod';
import { invalid } from '../../kernel/errors.ts';
import { defineRoute, type Route } from '../../kernel/http/route.ts';
import { panelActionBody } from '../../shared/plugins.ts';
import type { HostOf } from './index.ts';
import { loadPanels, runPanelAction } from './panels.ts';

const tag = 'plugins';
const name = z.string().regex(/^[A-Za-z][\w.-]{0,79}$/);
const placeQuery = z.strictObject({ conversationId: z.string().max(40).optional(), contactId: z.string().max(40).optional() });

/** Cards of plugins beside a conversation or a contact. */
export const panelRoutes = (host: HostOf): Route[] => [
  defineRoute({
    method: 'get', path: '/api/v1/panels', summary: 'Cards of plugins beside a conversation or a contact', tag,
    access: { policy: 'panel.view' }, query: placeQuery,
    async handle({ ctx, query }) {
      if (!query.conversationId && !query.contactId) throw invalid('conversationId', 'required');
      return { body: { data: await loadPanels(ctx, host(), query), nextCursor: null } };
    },
  }),
  defineRoute({
    method: 'post', path: '/api/v1/panels/:plugin/:panel/actions/:action', summary: 'Run an action of a card', tag,
    access: { policy: 'panel.view' }, params: z.strictObject({ plugin: name, panel: name, action: name }), body: panelActionBody,
    handle: async ({ ctx, params, body }) => ({ body: await runPanelAction(ctx, host(), { ...params, ...body, values: body.values ?? null }) }),
  }),
];
