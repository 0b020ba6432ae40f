import { Model } from 'objection';
import type { mailStatuses } from '../../shared/desk-settings.ts';

/** A mail that the desk made, as the kernel's mail keeps it. Read here, written there. */
export class LoggedMail extends Model {
  static override tableName = 'mail_log';
  declare id: number;
  declare uid: string;
  declare message_id: string;
  declare brand_id: number | null;
  declare to_address: string;
  declare to_name: string | null;
  declare from_address: string | null;
  declare from_name: string | null;
  declare subject: string;
  declare text: string;
  declare html: string | null;
  declare status: (typeof mailStatuses)[number];
  declare attempts: number;
  declare error: string | null;
  declare created_at: number;
  declare sent_at: number | null;
  declare next_attempt_at: number | null;
}
