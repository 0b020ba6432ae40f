import webPush from 'web-push';
import type { Kernel } from '../../kernel/context.ts';
import { createOutbound, OutboundRefused, type Outbound } from '../../kernel/http/outbound.ts';
import { Operator } from '../operators/index.ts';
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
  const operator = await Operator.query(kernel.db.knex).findById(subscription.operator_id).where({ is_active: 1 }).whereNull('removed_at').select('locale');
  if (!operator) return settle(kernel, subscription, 410);
  const message = { ...payload, ...words(kernel, payload, operator.locale) };
  const request = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, JSON.stringify(message), {
    vapidDetails: await readVapid(kernel), TTL: ttlSeconds, urgency: 'high', contentEncoding: 'aes128gcm',
  });
  const headers = Object.fromEntries(Object.entries(request.headers as Record<string, string | number>).map(([name, value]) => [name, String(value)]));
  const status = await outbound.fetch(endpoint, { method: 'POST', headers, body: request.body ?? '', timeoutMs: 10_000, maxBytes: 64 * 1024 }).then((response) => response.status, (error: unknown) => {
    kernel.log.info({ err: error, subscription: subscription.uid }, 'a push service could not be reached');
    return error instanceof OutboundRefused ? 410 : 0;
  });
  return settle(kernel, subscription, status);
}

const titles = { 'conversation.created': 'created', 'contact.replied': 'replied', mentioned: 'mentioned', assigned: 'assigned', test: 'testTitle' } as const;

/** What the worker shows above the text, in the reader's language: it has no texts of its own. */
function words({ i18n }: Kernel, { event, author }: Payload, locale: string): { title: string; lang: string; dir: 'ltr' | 'rtl' } {
  const name = author || i18n.t('common:push.somebody', locale);
  return { title: i18n.t(`common:push.${titles[event]}`, locale, { name }), lang: locale, dir: i18n.direction(locale) };
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
