import type { ConversationsApi } from '@plugboard/sdk';
import type { Kernel } from '../../kernel/context.ts';
import { selectRows, type Binding } from '../../kernel/db/statement.ts';
import { readBrand } from '../brands/index.ts';
import { decodePlace, encodePlace } from '../conversations/index.ts';

const list = 'conversations.resolved';
const closedBucket = 5;

interface Row { id: number; uid: string; contact_uid: string; brand_uid: string; brand_locale: string; subject: string | null; language: string | null; last_message_at: number; answers: number }

/** Conversations that are closed and no spam, the newest first. */
export async function resolvedConversations(kernel: Kernel, { brandId, limit, cursor }: { brandId?: string | undefined; limit: number; cursor?: string | undefined }): ReturnType<ConversationsApi['resolved']> {
  const { knex } = kernel.db;
  const brand = brandId === undefined ? null : await readBrand(knex, brandId);
  const place = cursor ? decodePlace(list, cursor) : { key: Number.MAX_SAFE_INTEGER, id: Number.MAX_SAFE_INTEGER };
  const bindings: Binding[] = [closedBucket, ...(brand ? [brand.id] : []), place.key, place.key, place.id, limit + 1];
  const rows = await selectRows<Row>(knex, `SELECT c.id, c.uid, c.subject, c.language, c.last_message_at, b.uid AS brand_uid, b.locale AS brand_locale,
    (SELECT ct.uid FROM contacts ct WHERE ct.id = c.contact_id) AS contact_uid,
    (SELECT COUNT(*) FROM messages m WHERE m.conversation_id = c.id AND m.author_type = 'assistant' AND m.kind = 'reply') AS answers
    FROM conversations c CROSS JOIN brands b ON b.id = c.brand_id
    WHERE c.bucket = ?${brand ? ' AND c.brand_id = ?' : ''} AND c.last_message_at <= ? AND (c.last_message_at < ? OR c.id < ?)
    ORDER BY c.last_message_at DESC, c.id DESC LIMIT ?`, bindings);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    data: page.map((row) => ({
      id: row.uid, contactId: row.contact_uid, brandId: row.brand_uid, subject: row.subject, locale: row.language ?? row.brand_locale,
      closedAt: new Date(row.last_message_at).toISOString(), wasAnsweredByAssistant: Number(row.answers) > 0,
    })),
    nextCursor: rows.length > limit && last ? encodePlace(list, { key: last.last_message_at, id: last.id }) : null,
  };
}
