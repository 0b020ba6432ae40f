import type { AuditEntryDto } from '../../shared/desk-settings.ts';
import type { AuditRow } from './audit.queries.ts';

export function presentAuditEntry(row: AuditRow): AuditEntryDto {
  return {
    at: new Date(row.at).toISOString(),
    actor: { type: row.actor_type, id: row.actor_id, name: row.actor_name },
    action: row.action,
    object: row.object_type === null ? null : { type: row.object_type, id: row.object_id },
    details: JSON.parse(row.details) as Record<string, unknown>,
    ip: row.ip,
  };
}
