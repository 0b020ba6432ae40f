import type { Knex } from 'knex';
import { createTable } from '../core/kernel/db/create-table.ts';

/** Pages that a contact opened and events of the SDK; the newest of each kind are kept. */
export const up = (knex: Knex): Promise<void> => createTable(knex, {
  name: 'contact_activity',
  columns: {
    contact_id: 'integer NOT NULL',
    kind: 'varchar(10) NOT NULL',
    name: 'text NOT NULL',
    meta: 'text NOT NULL',
    created_at: 'bigint NOT NULL',
  },
  indexes: { ix_contact_activity: ['contact_id', 'kind', 'id'] },
});
