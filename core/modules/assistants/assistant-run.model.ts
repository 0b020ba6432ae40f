import type { HandOverReason } from '@plugboard/sdk';
import { Model } from 'objection';
import type { RunStatus } from '../../shared/assistants.ts';

/** One turn of an assistant. JSON columns are kept as text. */
export class AssistantRun extends Model {
  static override tableName = 'assistant_runs';
  declare id: number;
  declare uid: string;
  declare conversation_id: number;
  declare brand_id: number;
  declare contact_id: number;
  /** The assistant's account. */
  declare operator_id: number;
  declare mode: 'answer' | 'suggest';
  declare status: RunStatus;
  declare reason: HandOverReason | null;
  declare epoch: number;
  /** The contact's message that it answers. */
  declare trigger_seq: number;
  declare locale: string;
  declare question: string;
  declare text: string;
  declare sources: string | null;
  declare trace: string | null;
  declare confidence: number | null;
  declare message_uid: string | null;
  declare latency_ms: number | null;
  declare error: string | null;
  declare contact_rating: 'up' | 'down' | null;
  declare operator_rating: 'up' | 'down' | null;
  declare rating_comment: string | null;
  /** A run whose lease ended with its process is never run again: a person goes on. */
  declare lease_until: number;
  declare dismissed_at: number | null;
  declare created_at: number;
  declare finished_at: number | null;
}
