import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { ActionContext } from '../../kernel/context.ts';
import { AppError, notFound } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import type { OperatorActor } from '../../kernel/policy/actor.ts';
import type { PushSubscriptionDto, pushSubscriptionBody } from '../../shared/notifications.ts';
import { pushNow } from './push-jobs.ts';
import { PushSubscription } from './push-subscription.model.ts';

const maxPerOperator = 20;
const iso = (ms: number): string => new Date(ms).toISOString();

const present = (row: PushSubscription): PushSubscriptionDto => ({
  id: row.uid, device: row.device, createdAt: iso(row.created_at), lastUsedAt: row.last_used_at === null ? null : iso(row.last_used_at), isFailing: row.failures > 2,
});

export async function listSubscriptions(ctx: ActionContext, actor: OperatorActor): Promise<PushSubscriptionDto[]> {
  return (await PushSubscription.query(ctx.db).where({ operator_id: actor.rowId }).orderBy('id', 'desc')).map(present);
}

/** A browser belongs to whoever subscribed in it last. The oldest goes when somebody has too many. */
export async function addSubscription(ctx: ActionContext, actor: OperatorActor, body: z.output<typeof pushSubscriptionBody>, device: string): Promise<PushSubscriptionDto> {
  const endpoint_hash = createHash('sha256').update(body.endpoint).digest('hex');
  const columns = { operator_id: actor.rowId, endpoint: body.endpoint, p256dh: body.keys.p256dh, auth: body.keys.auth, device: device.slice(0, 200), failures: 0 };
  return ctx.transaction(async (tx) => {
    const known = await PushSubscription.query(tx.db).findOne({ endpoint_hash }).forUpdate();
    if (known) return present(await PushSubscription.query(tx.db).patchAndFetchById(known.id, columns));
    const own = await PushSubscription.query(tx.db).where({ operator_id: actor.rowId }).orderBy('id', 'desc').select('id');
    const tooMany = own.slice(maxPerOperator - 1).map(({ id }) => id);
    if (tooMany.length > 0) await PushSubscription.query(tx.db).whereIn('id', tooMany).delete();
    return present(await PushSubscription.query(tx.db).insertAndFetch({ ...columns, uid: newId(), endpoint_hash, created_at: tx.now, last_used_at: null }));
  });
}

export async function removeSubscription(ctx: ActionContext, actor: OperatorActor, id: string): Promise<void> {
  if (await PushSubscription.query(ctx.db).where({ uid: id, operator_id: actor.rowId }).delete() === 0) throw notFound('push_subscription');
}

/** Sends a test to one of one's own browsers. */
export async function testSubscription(ctx: ActionContext, actor: OperatorActor, id: string): Promise<void> {
  const subscription = await PushSubscription.query(ctx.db).findOne({ uid: id, operator_id: actor.rowId });
  if (!subscription) throw notFound('push_subscription');
  const text = ctx.kernel.i18n.t('common:push.test', ctx.locale);
  const outcome = await pushNow(ctx.kernel, subscription, { id: newId(), event: 'test', conversationId: null, author: '', subject: null, text, at: iso(ctx.now) });
  if (outcome === 'gone') throw new AppError(410, 'push_gone');
  if (outcome === 'failed') throw new AppError(502, 'push_failed');
}
