import type { Knex } from 'knex';
import { selectRows } from '../../kernel/db/statement.ts';
import type { RunStatus } from '../../shared/assistants.ts';
import { AssistantRun } from './assistant-run.model.ts';

const hour = 60 * 60 * 1000;

export const findRun = (db: Knex, uid: string): Promise<AssistantRun | undefined> => AssistantRun.query(db).findOne({ uid }).execute();

/** The run that answers a message, whichever way it ended. */
export const findRunOf = (db: Knex, conversationId: number, seq: number): Promise<AssistantRun | undefined> =>
  AssistantRun.query(db).where({ conversation_id: conversationId, trigger_seq: seq }).orderBy('id', 'desc').first().execute();

export async function lastContactReply(db: Knex, conversationId: number): Promise<{ seq: number; text: string } | null> {
  const [row] = await selectRows<{ seq: number; text: string }>(db,
    "SELECT seq, text FROM messages WHERE conversation_id = ? AND kind = 'reply' AND author_type = 'contact' ORDER BY seq DESC LIMIT 1", [conversationId]);
  return row ?? null;
}

/** Answers that an assistant gave in a conversation. */
export async function countAnswers(db: Knex, conversationId: number): Promise<number> {
  const [row] = await selectRows<{ answers: number }>(db,
    "SELECT COUNT(*) AS answers FROM messages WHERE conversation_id = ? AND kind = 'reply' AND author_type = 'assistant'", [conversationId]);
  return Number(row?.answers ?? 0);
}

/** Turns of one contact within the last hour, drafts among them. Of those that a newer message made needless, which cost something too, each third one counts. */
export async function countTurns(db: Knex, contactId: number, now: number): Promise<number> {
  const rows = await selectRows<{ status: RunStatus; turns: number }>(db, 'SELECT status, COUNT(*) AS turns FROM assistant_runs WHERE contact_id = ? AND created_at > ? GROUP BY status', [contactId, now - hour]);
  return rows.reduce((sum, { status, turns }) => sum + (status === 'superseded' ? Math.floor(Number(turns) / 3) : Number(turns)), 0);
}

export const selectRunsOf = (db: Knex, conversationId: number, limit: number): Promise<AssistantRun[]> =>
  AssistantRun.query(db).where({ conversation_id: conversationId }).orderBy('id', 'desc').limit(limit).execute();

export async function isBusy(db: Knex, conversationId: number, now: number): Promise<boolean> {
  return (await AssistantRun.query(db).where({ conversation_id: conversationId, status: 'running' }).where('lease_until', '>', now).select('id').first()) !== undefined;
}

/** The newest draft that nobody put away. */
export const findSuggestion = (db: Knex, conversationId: number): Promise<AssistantRun | undefined> =>
  AssistantRun.query(db).where({ conversation_id: conversationId }).whereIn('status', ['drafted', 'superseded']).whereNull('dismissed_at').whereNot({ text: '' }).orderBy('id', 'desc').first().execute();

/** Conversations in which an assistant speaks. Each of them leaves the list once it is released. */
export async function selectHeld(db: Knex, operatorId: number, limit: number): Promise<string[]> {
  const rows = await selectRows<{ uid: string }>(db, `SELECT c.uid FROM conversation_assignees a CROSS JOIN conversations c ON c.id = a.conversation_id
    WHERE a.operator_id = ? AND c.assistant_id = ? AND c.ai_state = 'active' ORDER BY c.id LIMIT ?`, [operatorId, operatorId, limit]);
  return rows.map(({ uid }) => uid);
}
