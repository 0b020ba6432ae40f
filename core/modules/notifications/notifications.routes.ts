import { unauthenticated } from '../../kernel/errors.ts';
import type { ActionContext } from '../../kernel/context.ts';
import { defineRoute } from '../../kernel/http/route.ts';
import { isStaff, type OperatorActor } from '../../kernel/policy/actor.ts';
import { notificationPreferences, pushParams, pushSubscriptionBody } from '../../shared/notifications.ts';
import { forgetListeners } from './listeners.ts';
import { readPreferences, savePreferences } from './notification.queries.ts';
import { addSubscription, listSubscriptions, removeSubscription, testSubscription } from './subscriptions.ts';
import { pushPublicKey } from './vapid.ts';

const tag = 'notifications';
const access = { policy: 'notification.manage-own' } as const;
const preferencesPath = '/api/v1/notification-preferences';
const pushPath = '/api/v1/push-subscriptions';

/** As a browser's push service gives one. */
const sampleSubscription = {
  endpoint: 'https://push.example.com/wpush/v2/gAAAAABk', expirationTime: null,
  keys: { p256dh: 'BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM', auth: 'tBHItJI5svbpez7KI4CCXg' },
};

function self({ actor }: ActionContext): OperatorActor {
  if (!isStaff(actor)) throw unauthenticated();
  return actor;
}

export const notificationRoutes = [
  defineRoute({
    method: 'get', path: preferencesPath, tag, summary: 'What one is told of, and how', access,
    responses: { 200: notificationPreferences },
    handle: async ({ ctx }) => ({ body: await readPreferences(ctx.db, self(ctx).rowId) }),
  }),
  defineRoute({
    method: 'put', path: preferencesPath, tag, summary: 'Choose what one is told of, and how', access,
    body: notificationPreferences, responses: { 200: notificationPreferences },
    async handle({ ctx, body }) {
      await savePreferences(ctx.db, self(ctx).rowId, body, ctx.now);
      forgetListeners(ctx.kernel);
      return { body };
    },
  }),
  defineRoute({
    method: 'get', path: pushPath, tag, summary: 'Browsers that show notifications, and the key that a new one needs', access,
    handle: async ({ ctx }) => ({ body: { key: await pushPublicKey(ctx.kernel), data: await listSubscriptions(ctx, self(ctx)), nextCursor: null } }),
  }),
  defineRoute({
    method: 'post', path: pushPath, tag, summary: 'Show notifications in this browser', access, body: pushSubscriptionBody, example: sampleSubscription,
    handle: async ({ ctx, body, headers }) => ({ status: 201, body: await addSubscription(ctx, self(ctx), body, String(headers['user-agent'] ?? '')) }),
  }),
  defineRoute({
    method: 'post', path: `${pushPath}/:id/test`, tag, summary: 'Send a test notification', access, params: pushParams, perMinute: 10,
    async handle({ ctx, params }) {
      await testSubscription(ctx, self(ctx), params.id);
      return { status: 204 };
    },
  }),
  defineRoute({
    method: 'delete', path: `${pushPath}/:id`, tag, summary: 'Show no notifications in that browser any more', access, params: pushParams,
    async handle({ ctx, params }) {
      await removeSubscription(ctx, self(ctx), params.id);
      return { status: 204 };
    },
  }),
];
