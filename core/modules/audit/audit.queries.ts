import type { Knex } from 'knex';
import { AuditEntry } from './audit-entry.model.ts';

export type AuditRow = AuditEntry & { actor_name: string | null };

/** Newest first, with one row more than asked for to know whether there is a next page. */
export async function selectAudit(db: Knex, options: { limit: number; beforeId: number | undefined }): Promise<AuditRow[]> {
  const query = AuditEntry.query(db)
    .leftJoin('operators', 'operators.uid', 'audit_log.actor_id')
    .select('audit_log.*', 'operators.name as actor_name')
    .orderBy('audit_log.id', 'desc')
    .limit(options.limit + 1);
  if (options.beforeId !== undefined) query.where('audit_log.id', '<', options.beforeId);
  return (await query) as AuditRow[];
}
