import type { ContextEntry } from '@plugboard/sdk';
import type { ActionContext } from '../../kernel/context.ts';
import { ContextKey } from './context.model.ts';

/** Anybody may send keys that nobody has heard of: the list of a brand stays readable. */
const mostKeys = 500;
/** "Last seen" is true to this much. */
const everyMs = 5 * 60_000;
/** What nobody described and was not seen for so long makes room for whatever comes. */
const unseenMs = 7 * 24 * 60 * 60_000;

/** Keeps the list of the keys that were seen in a brand. What an admin wrote about one stays. */
export async function rememberKeys(tx: ActionContext, brandId: number, entries: Record<string, ContextEntry | null>, isTrusted: boolean): Promise<void> {
  const set = Object.entries(entries).flatMap(([key, entry]) => entry ? [{ key, entry }] : []);
  if (set.length === 0) return;
  const known = new Map((await ContextKey.query(tx.db).where({ brand_id: brandId }).whereIn('entry_key', set.map(({ key }) => key))).map((row) => [row.entry_key, row]));
  let room = set.every(({ key }) => known.has(key)) ? 0 : mostKeys - await ContextKey.query(tx.db).where({ brand_id: brandId }).resultSize();
  for (const { key, entry } of set) {
    const row = known.get(key);
    const seen = { label: entry.label, type: entry.type, last_seen_at: tx.now };
    if (row) {
      if (row.label !== entry.label || row.type !== entry.type || row.last_seen_at < tx.now - everyMs) await ContextKey.query(tx.db).findById(row.id).patch(seen);
    } else if (room > 0 || await makeRoom(tx, brandId, isTrusted)) {
      // Two people may bring the same new key at once: the second one finds it there.
      await tx.db('context_keys').insert({ brand_id: brandId, entry_key: key, description: '', first_seen_at: tx.now, ...seen }).onConflict(['brand_id', 'entry_key']).ignore();
      room = Math.max(0, room - 1);
    }
  }
}

/** Strangers fill the list up, but keep nothing out of it that somebody vouches for. */
async function makeRoom(tx: ActionContext, brandId: number, isTrusted: boolean): Promise<boolean> {
  const eldest = await ContextKey.query(tx.db).where({ brand_id: brandId, description: '' }).orderBy('last_seen_at').orderBy('id').first();
  if (!eldest || (!isTrusted && eldest.last_seen_at > tx.now - unseenMs)) return false;
  return await ContextKey.query(tx.db).where({ id: eldest.id, description: '' }).delete() > 0;
}
