import { Model } from 'objection';

/** One line of the audit log: who did what to which object. Lines are only ever added. */
export class AuditEntry extends Model {
  static override tableName = 'audit_log';
  declare id: number;
  declare at: number;
  declare actor_type: string;
  declare actor_id: string | null;
  declare action: string;
  declare object_type: string | null;
  declare object_id: string | null;
  declare details: string;
  declare ip: string | null;
}
