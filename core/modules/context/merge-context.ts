import type { ActionContext } from '../../kernel/context.ts';
import { ContactActivity, ContextEntryRow, type ContextOwnerType } from './context.model.ts';
import { dropOldest } from './set-context.ts';
import { dropOldActivity } from './track.ts';

/** Entries go from one owner to another of the same type; those that are there already win. */
export async function moveContext(tx: ActionContext, type: ContextOwnerType, fromId: number, intoId: number): Promise<void> {
  const own = (id: number) => ContextEntryRow.query(tx.db).where({ owner_type: type, owner_id: id });
  const present = (await own(intoId).select('entry_key')).map((row) => row.entry_key);
  await own(fromId).whereNotIn('entry_key', present).patch({ owner_id: intoId });
  await own(fromId).delete();
  await dropOldest(tx, { type, id: intoId });
}

export const dropContext = async (tx: ActionContext, type: ContextOwnerType, id: number): Promise<void> => {
  await ContextEntryRow.query(tx.db).where({ owner_type: type, owner_id: id }).delete();
};

export const dropActivity = async (tx: ActionContext, contactId: number): Promise<void> => {
  await ContactActivity.query(tx.db).where({ contact_id: contactId }).delete();
};

/** What the one did belongs to the other now; the newest of both stay. */
export async function moveActivity(tx: ActionContext, fromId: number, intoId: number): Promise<void> {
  const moved = await ContactActivity.query(tx.db).where({ contact_id: fromId }).orderBy('id');
  if (moved.length === 0) return;
  // Ids tell the order of one contact's rows: those of both are put in the order of their times.
  const rows = [...await ContactActivity.query(tx.db).where({ contact_id: intoId }), ...moved].sort((a, b) => a.created_at - b.created_at || a.id - b.id);
  await ContactActivity.query(tx.db).whereIn('contact_id', [fromId, intoId]).delete();
  for (const { kind, name, meta, created_at } of rows) await ContactActivity.query(tx.db).insert({ contact_id: intoId, kind, name, meta, created_at });
  await dropOldActivity(tx, intoId, 'event');
  await dropOldActivity(tx, intoId, 'page');
}
