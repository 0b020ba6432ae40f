import type { ContextEntry } from '@plugboard/sdk';
import type { ActionContext } from '../../kernel/context.ts';
import { invalid } from '../../kernel/errors.ts';
import { contextSchema, sdkLimits } from '../../shared/sdk-api.ts';
import { plainJson } from '../contacts/index.ts';
import { ContextEntryRow, type ContextOwner } from './context.model.ts';
import { rememberKeys } from './remember-keys.ts';

export type ContextChange = Record<string, ContextEntry | null>;

/**
 * Sets and clears entries; `null` for all of them clears what there is. What nobody vouches for neither replaces nor clears
 * what a proof stands behind. Answers whether anything changed. To be called with the owner's row locked.
 */
export async function setContext(tx: ActionContext, owner: ContextOwner, entries: ContextChange | null, isTrusted: boolean): Promise<boolean> {
  const own = () => ContextEntryRow.query(tx.db).where({ owner_type: owner.type, owner_id: owner.id });
  const mayTouch = () => isTrusted ? own() : own().where({ is_trusted: 0 });
  if (entries === null) return await mayTouch().delete() > 0;
  const change = checkContext(entries);
  const cleared = Object.keys(change).filter((key) => change[key] === null);
  let changes = cleared.length === 0 ? 0 : await mayTouch().whereIn('entry_key', cleared).delete();
  const present = new Map((await own()).map((row) => [row.entry_key, row]));
  for (const [key, entry] of Object.entries(change)) {
    const known = present.get(key);
    if (entry === null || (known?.is_trusted === 1 && !isTrusted)) continue;
    const row = { label: entry.label, type: entry.type, value: JSON.stringify(entry.value ?? null), is_trusted: isTrusted ? 1 : 0, updated_at: tx.now };
    if (known) await ContextEntryRow.query(tx.db).findById(known.id).patch(row);
    else await ContextEntryRow.query(tx.db).insert({ owner_type: owner.type, owner_id: owner.id, entry_key: key, ...row });
    changes += 1;
  }
  if (changes === 0) return false;
  await dropOldest(tx, owner);
  await rememberKeys(tx, owner.brandId, change, isTrusted);
  return true;
}

/** Holds the limits of entries wherever they come from. */
export function checkContext(entries: ContextChange): ContextChange {
  const checked = contextSchema.safeParse(plainJson(entries));
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  throw invalid(['context', ...issue?.path ?? []].join('.'), issue?.code === 'custom' ? issue.message : 'invalid');
}

/** The newest fifty stay. What nobody vouches for goes first, so that it pushes out nothing that is proved. */
export async function dropOldest(tx: ActionContext, owner: Pick<ContextOwner, 'type' | 'id'>): Promise<void> {
  const rows = await ContextEntryRow.query(tx.db).where({ owner_type: owner.type, owner_id: owner.id }).select('id', 'is_trusted', 'updated_at');
  if (rows.length <= sdkLimits.contextEntries) return;
  const kept = rows.sort((a, b) => b.is_trusted - a.is_trusted || b.updated_at - a.updated_at || b.id - a.id);
  await ContextEntryRow.query(tx.db).whereIn('id', kept.slice(sdkLimits.contextEntries).map(({ id }) => id)).delete();
}
