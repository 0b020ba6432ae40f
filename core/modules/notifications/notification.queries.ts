import type { Knex } from 'knex';
import { selectRows } from '../../kernel/db/statement.ts';
import { defaultNotificationPreferences, notificationPreferences, type NotificationPreferences } from '../../shared/notifications.ts';

interface PreferencesRow { operator_id: number; preferences: string; updated_at: number }

/** What was kept by an older version and no longer fits counts as not chosen. */
function parsed(text: string | undefined): NotificationPreferences {
  const result = notificationPreferences.safeParse(text === undefined ? undefined : JSON.parse(text));
  return result.success ? result.data : defaultNotificationPreferences;
}

export async function readPreferences(db: Knex, operatorId: number): Promise<NotificationPreferences> {
  const [row] = await selectRows<PreferencesRow>(db, 'SELECT preferences FROM notification_preferences WHERE operator_id = ?', [operatorId]);
  return parsed(row?.preferences);
}

export async function savePreferences(db: Knex, operatorId: number, preferences: NotificationPreferences, now: number): Promise<void> {
  await db<PreferencesRow>('notification_preferences').insert({ operator_id: operatorId, preferences: JSON.stringify(preferences), updated_at: now })
    .onConflict('operator_id').merge(['preferences', 'updated_at']);
}

export interface ListenerRow { uid: string; locale: string; time_zone: string; preferences: NotificationPreferences }

/** People who can be told of something: active operators, never assistants. */
export async function selectListeners(db: Knex): Promise<ListenerRow[]> {
  const rows = await selectRows<{ uid: string; locale: string; time_zone: string; chosen: string | null }>(db, `SELECT o.uid, o.locale, o.time_zone,
    (SELECT p.preferences FROM notification_preferences p WHERE p.operator_id = o.id) AS chosen
    FROM operators o WHERE o.kind = 'human' AND o.is_active = 1 AND o.removed_at IS NULL`, []);
  return rows.map(({ chosen, ...row }) => ({ ...row, preferences: parsed(chosen ?? undefined) }));
}

/** How far each operator has read. */
export async function readMarks(db: Knex, conversationId: number): Promise<ReadonlyMap<number, number>> {
  const rows = await selectRows<{ operator_id: number; seq: number }>(db, 'SELECT operator_id, seq FROM conversation_reads WHERE conversation_id = ?', [conversationId]);
  return new Map(rows.map((row) => [row.operator_id, row.seq]));
}

/** Highest seq of a reply that the contact wrote; with `before`, below that seq. */
export async function lastContactSeq(db: Knex, conversationId: number, before = Number.MAX_SAFE_INTEGER): Promise<number> {
  const [row] = await selectRows<{ seq: number }>(db, `SELECT seq FROM messages
    WHERE conversation_id = ? AND seq < ? AND author_type = 'contact' AND kind = 'reply' ORDER BY seq DESC LIMIT 1`, [conversationId, before]);
  return row?.seq ?? 0;
}
