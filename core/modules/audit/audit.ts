import type { ActionContext } from '../../kernel/context.ts';
import { AuditEntry } from './audit-entry.model.ts';

export interface AuditObject { type: string; id: string | null }

/**
 * Writes who did what, in the transaction of the change itself. `details` names what changed; never give it
 * a password, a token or the value of a secret.
 */
export async function audit(ctx: ActionContext, action: string, object: AuditObject | null, details: Record<string, unknown> = {}, ip?: string): Promise<void> {
  await AuditEntry.query(ctx.db).insert({
    at: ctx.now,
    actor_type: ctx.actor.type,
    actor_id: ctx.actor.id,
    action,
    object_type: object?.type ?? null,
    object_id: object?.id ?? null,
    details: JSON.stringify(details),
    ip: ip?.slice(0, 45) ?? null,
  });
}
