import type { Knex } from 'knex';
import type { ContactActivityDto, ContextEntryDto } from '../../shared/sdk-api.ts';
import { ContactActivity, ContextEntryRow, type ContextOwnerType } from './context.model.ts';
import { activityKept } from './track.ts';

interface Owner { type: ContextOwnerType; id: number }

/** Entries of a contact and of its company: errors first, then the newest. */
export async function selectContext(db: Knex, owners: readonly Owner[]): Promise<ContextEntryDto[]> {
  const rows = (await Promise.all(owners.map((owner) => ContextEntryRow.query(db).where({ owner_type: owner.type, owner_id: owner.id })))).flat();
  const rank = (row: ContextEntryRow) => (row.type === 'error' ? 0 : 1);
  return rows.sort((a, b) => rank(a) - rank(b) || b.updated_at - a.updated_at || b.id - a.id).map((row) => ({
    key: row.entry_key, label: row.label, type: row.type, value: JSON.parse(row.value) as unknown, isTrusted: row.is_trusted === 1, of: row.owner_type, updatedAt: new Date(row.updated_at).toISOString(),
  }));
}

/** Newest first. */
export async function selectActivity(db: Knex, contactId: number): Promise<ContactActivityDto[]> {
  const kinds = ['page', 'event'] as const;
  const rows = (await Promise.all(kinds.map((kind) => ContactActivity.query(db).where({ contact_id: contactId, kind }).orderBy('id', 'desc').limit(activityKept)))).flat();
  return rows.sort((a, b) => b.created_at - a.created_at || b.id - a.id).map((row) => ({
    kind: row.kind, name: row.name, meta: JSON.parse(row.meta) as Record<string, unknown>, at: new Date(row.created_at).toISOString(),
  }));
}
