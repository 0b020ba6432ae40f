import type { Knex } from 'knex';
import { createTable } from '../core/kernel/db/create-table.ts';

/** Context keys that were seen in a brand, and what an admin wrote about them for the AI. */
export const up = (knex: Knex): Promise<void> => createTable(knex, {
  name: 'context_keys',
  columns: {
    brand_id: 'integer NOT NULL',
    entry_key: 'varchar(80) COLLATE utf8mb4_bin NOT NULL',
    label: 'varchar(120) NOT NULL',
    type: 'varchar(20) NOT NULL',
    description: 'text NOT NULL',
    first_seen_at: 'bigint NOT NULL',
    last_seen_at: 'bigint NOT NULL',
  },
  unique: { uq_context_keys: ['brand_id', 'entry_key'] },
});
