import type { Knex } from 'knex';
import { selectRows, type Binding } from '../../../kernel/db/statement.ts';

export interface Resolved { id: number; uid: string; brand_id: number; subject: string | null; language: string | null; last_seq: number; contact_name: string | null; contact_email: string | null; known_seq: string | null; known_brand: number | null }

/** Which conversations people have finished; the same words for those that are taken in and those that stay. */
export const finishedSql = `c.is_spam = 0 AND c.status IN ('resolved', 'closed')`;

export interface ResolvedFilter { sourceId: number; since: number; brandId: number | null; departmentIds: readonly number[]; beforeId: number; limit: number }

/** Finished conversations that people answered, newest first, with how far they were read before. */
export async function selectResolved(db: Knex, { sourceId, since, brandId, departmentIds, beforeId, limit }: ResolvedFilter): Promise<Resolved[]> {
  const bindings: Binding[] = [sourceId, beforeId, since];
  const brand = brandId === null ? '' : ' AND c.brand_id = ?';
  if (brandId !== null) bindings.push(brandId);
  const departments = departmentIds.length === 0 ? '' : ` AND c.department_id IN (${departmentIds.map(() => '?').join(', ')})`;
  bindings.push(...departmentIds, limit);
  return selectRows<Resolved>(db, `SELECT c.id, c.uid, c.brand_id, c.subject, c.language, c.last_seq, ct.name AS contact_name, ct.email AS contact_email, d.etag AS known_seq, d.brand_id AS known_brand
    FROM conversations c JOIN contacts ct ON ct.id = c.contact_id
    LEFT JOIN knowledge_documents d ON d.conversation_id = c.id AND d.source_id = ? AND d.state = 'ready' AND d.is_indexed = 1
    WHERE c.id < ? AND c.last_message_at >= ? AND ${finishedSql}${brand}${departments}
      AND EXISTS (SELECT 1 FROM messages m JOIN operators o ON o.id = m.author_id AND o.kind = 'human'
        WHERE m.conversation_id = c.id AND m.author_type = 'operator' AND m.kind = 'reply' AND m.is_public = 1)
    ORDER BY c.id DESC LIMIT ?`, bindings);
}

/** Is it still one that may be learned from? */
export async function isFinished(db: Knex, id: number): Promise<boolean> {
  const rows = await selectRows(db, `SELECT 1 AS yes FROM conversations c WHERE c.id = ? AND ${finishedSql}`, [id]);
  return rows.length > 0;
}
