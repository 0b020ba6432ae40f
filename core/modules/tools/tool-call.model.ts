import type { CallStatus } from '../../shared/assistants.ts';
import type { ToolRule } from '../../shared/tools.ts';

/** What an admin decided about a tool. `effect` is what the tool did when they decided it. */
export interface ToolSettingsRow { tool_id: string; is_enabled: number; /** JSON. */ rules: string; effect: 'read' | 'write'; updated_at: number }
export interface ToolRules { assistants: Record<string, ToolRule>; roles: Record<string, ToolRule> }

/** Columns of a call. */
export interface ToolCallRow {
  id: number;
  uid: string;
  tool_id: string;
  /** The tool's name as models know it. */
  model_name: string;
  effect: 'read' | 'write';
  scope: 'contact' | 'conversation' | 'desk';
  conversation_id: number;
  /** Whose data it is about; who that is by now is asked when it runs. */
  contact_id: number;
  actor_type: 'assistant' | 'operator';
  actor_id: number;
  actor_uid: string;
  actor_name: string;
  /** Of an assistant's turn; `ordinal` counts the calls of the turn from 1. */
  run_uid: string | null;
  ordinal: number | null;
  /** When the turn was lost: it starts nothing any more. */
  run_ended_at: number | null;
  /** An operator's own key: the same one again is the same call. */
  request_key: string | null;
  needs_approval: number;
  status: CallStatus;
  /** JSON, as it was asked for. */
  input: string;
  /** JSON: the plugin's texts that name the tool and stand in its preview, so that they can be read with the plugin off. */
  texts: string;
  preview: string | null;
  result: string | null;
  error: string | null;
  /** Who runs it, or ran it last. */
  claim_token: string | null;
  /** Until when a call that runs is believed to run; by the database's clock. */
  lease_until: number | null;
  started_at: number | null;
  decided_by: number | null;
  decided_by_uid: string | null;
  decided_by_name: string | null;
  decided_at: number | null;
  reason: string | null;
  /** When the assistant heard what was decided. */
  told_at: number | null;
  expires_at: number;
  created_at: number;
  updated_at: number;
}

/** A call with what its neighbours are called. */
export interface ListedCall extends ToolCallRow { conversation_uid: string; conversation_subject: string | null; contact_name: string | null }

/** What may still be decided: what waits, and a write that began and whose end nobody knows or that failed. It goes out under the same key again. */
export const decidable = "(status = 'pending' OR (status = 'failed' AND effect = 'write' AND started_at IS NOT NULL)) AND expires_at > ?";
export const isDecidable = (call: ToolCallRow, now: number): boolean =>
  call.expires_at > now && (call.status === 'pending' || (call.status === 'failed' && call.effect === 'write' && call.started_at !== null));

/** Text keys of a tool, and the plugin's texts behind these and those in its preview. */
export interface CallTexts { label: string; pluginName: string; texts: Record<string, Record<string, string>> }

/** See docs/limits.md. */
export const toolLimits = {
  callsPerTurn: 8,
  /** Of one conversation, whoever asks. */
  callsPerHour: 60,
  pendingPerConversation: 20,
  approvalMs: 24 * 3_600_000,
  inputBytes: 32 * 1024,
  resultBytes: 32 * 1024,
  previewBytes: 32 * 1024,
  /** A call is bounded at 30 s by the plugin host; a process that died is known by this. */
  leaseMs: 60_000,
} as const;

/** Why a call failed, where the desk knows it; everything else is the plugin's own words. */
export const callErrors = {
  interrupted: 'interrupted, outcome unknown', timeout: 'timeout', paused: 'paused', failed: 'failed', previewFailed: 'preview_failed', unverified: 'contact_not_verified', changed: 'contact_changed',
} as const;
