import type { Knex } from 'knex';
import { createTable } from '../core/kernel/db/create-table.ts';

/** What is happening for a contact or a company right now: one entry per key. */
export const up = (knex: Knex): Promise<void> => createTable(knex, {
  name: 'context_entries',
  columns: {
    owner_type: 'varchar(10) NOT NULL',
    owner_id: 'integer NOT NULL',
    entry_key: 'varchar(80) COLLATE utf8mb4_bin NOT NULL',
    label: 'varchar(120) NOT NULL',
    type: 'varchar(20) NOT NULL',
    value: 'mediumtext NOT NULL',
    is_trusted: 'integer NOT NULL',
    updated_at: 'bigint NOT NULL',
  },
  unique: { uq_context_entries: ['owner_type', 'owner_id', 'entry_key'] },
});
