import type { ActionContext } from '../../kernel/context.ts';
import { actorCache } from './actor-cache.ts';

/** Bus topic and broadcast: what somebody may do has changed, `{ operatorId }`, or everybody with null. */
export const operatorsChanged = 'operators:changed';

/**
 * Runs a change of who may do what, and tells every process, so that known actors are loaded anew and open
 * sockets follow at once. The row in the outbox is for certain, the hint on the bus for speed.
 */
export async function changePermissions<T>(ctx: ActionContext, operatorId: string | null, work: (tx: ActionContext) => Promise<T>): Promise<T> {
  const result = await ctx.transaction(async (tx) => {
    const done = await work(tx);
    await tx.broadcast(operatorsChanged, { operatorId });
    return done;
  });
  actorCache(ctx.kernel).forget(operatorId);
  await ctx.kernel.bus.publish(operatorsChanged, { operatorId });
  return result;
}
