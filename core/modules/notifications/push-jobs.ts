import webPush from 'web-push';
import type { Kernel } from '../../kernel/context.ts';
import { createOutbound, OutboundRefused, type Outbound } from '../../kernel/http/outbound.ts';
import type { NotificationHint } from './notify.ts';
import { PushSubscription } from './push-subscription.model.ts';
import { readVapid } from './vapid.ts';

type Payload = NotificationHint['notification'] | { id: string; event: 'test'; conversationId: null; author: string; subject: null; text: string; at: string };
interface PushJob { subscriptionId: number; payload: Payload }

const job = 'notifications.push';
const ttlSeconds = 12 * 60 * 60;
/** A browser that refused so often is gone, whatever its push service says. */
const maxFailures = 20;

/** One job for each browser of these operators; a repeated event adds none. */
export async function addPushJobs(kernel: Kernel, payload: Payload, operatorIds: readonly number[]): Promise<void> {
  if (operatorIds.length === 0) return;
  const subscriptions = await PushSubscription.query(kernel.db.knex).whereIn('operator_id', operatorIds).select('id');
  for (const { id } of subscriptions) await kernel.jobs.add(job, { subscriptionId: id, payload } satisfies PushJob, { id: `${payload.id}:${id}` });
}

/** Sends at once to one browser: a person waits for the answer. */
export async function pushNow(kernel: Kernel, subscription: PushSubscription, payload: Payload): Promise<'sent' | 'gone' | 'failed'> {
  return send(kernel, createOutbound({ allowPrivateNetwork: kernel.config.allowPrivateNetwork }), subscription, payload);
}

export function definePushJob(kernel: Kernel): void {
  const outbound = createOutbound({ allowPrivateNetwork: kernel.config.allowPrivateNetwork });
  kernel.jobs.define<PushJob>(job, async ({ data }) => {
    const subscription = await PushSubscription.query(kernel.db.knex).findById(data.subscriptionId);
    if (subscription && await send(kernel, outbound, subscription, data.payload) === 'failed') throw new Error('the push service did not take it');
  }, { attempts: 4, timeoutMs: 30_000, concurrency: 4 });
}

async function send(kernel: Kernel, outbound: Outbound, subscription: PushSubscription, payload: Payload): Promise<'sent' | 'gone' | 'failed'> {
  const { endpoint, p256dh, auth } = subscription;
  const request = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, JSON.stringify(payload), {
    vapidDetails: await readVapid(kernel), TTL: ttlSeconds, urgency: 'high', contentEncoding: 'aes128gcm',
  });
  const headers = Object.fromEntries(Object.entries(request.headers as Record<string, string | number>).map(([name, value]) => [name, String(value)]));
  const status = await outbound.fetch(endpoint, { method: 'POST', headers, body: request.body ?? '', timeoutMs: 10_000, maxBytes: 64 * 1024 }).then((response) => response.status, (error: unknown) => {
    kernel.log.info({ err: error, subscription: subscription.uid }, 'a push service could not be reached');
    return error instanceof OutboundRefused ? 410 : 0;
  });
  return settle(kernel, subscription, status);
}

async function settle(kernel: Kernel, subscription: PushSubscription, status: number): Promise<'sent' | 'gone' | 'failed'> {
  const row = PushSubscription.query(kernel.db.knex).findById(subscription.id);
  if (status >= 200 && status < 300) {
    await row.patch({ failures: 0, last_used_at: Date.now() });
    return 'sent';
  }
  if (status === 404 || status === 410 || status === 403 || subscription.failures + 1 >= maxFailures) {
    await row.delete();
    return 'gone';
  }
  await row.patch({ failures: subscription.failures + 1 });
  return 'failed';
}
