import { execute, selectRows, type Binding } from '../../kernel/db/statement.ts';
import type { ActionContext } from '../../kernel/context.ts';
import { moveContactMessages } from '../messages/index.ts';

/**
 * Gives the conversations of one contact to another. Their rows are locked first, so that a message that is being written
 * comes before and goes along. A cid that began a conversation of both stays with the one that is there already.
 */
export async function moveConversations(tx: ActionContext, fromId: number, into: { id: number; uid: string }): Promise<number[]> {
  const lock = tx.kernel.db.dialect === 'mysql' ? ' FOR UPDATE' : '';
  const rows = await selectRows<{ id: number; opening_cid: string | null }>(tx.db, `SELECT id, opening_cid FROM conversations WHERE contact_id = ? ORDER BY id${lock}`, [fromId]);
  const cids = rows.flatMap(({ opening_cid: cid }) => cid ?? []);
  const taken = new Set(cids.length === 0 ? [] : (await selectTaken(tx, into.id, cids)).map(({ opening_cid: cid }) => cid));
  for (const { id, opening_cid: cid } of rows) {
    await execute(tx.db, 'UPDATE conversations SET contact_id = ?, opening_cid = ?, change_version = change_version + 1, updated_at = ? WHERE id = ?',
      [into.id, cid !== null && taken.has(cid) ? null : cid, tx.now, id]);
  }
  const ids = rows.map(({ id }) => id);
  await moveContactMessages(tx, ids, fromId, into);
  return ids;
}

const batch = 500;

async function selectTaken(tx: ActionContext, contactId: number, cids: readonly string[]): Promise<{ opening_cid: string }[]> {
  const found: { opening_cid: string }[] = [];
  for (let start = 0; start < cids.length; start += batch) {
    const some = cids.slice(start, start + batch);
    const bindings: Binding[] = [contactId, ...some];
    found.push(...await selectRows<{ opening_cid: string }>(tx.db, `SELECT opening_cid FROM conversations WHERE contact_id = ? AND opening_cid IN (${some.map(() => '?').join(', ')})`, bindings));
  }
  return found;
}
