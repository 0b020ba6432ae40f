import type { Knex } from 'knex';
import { createTable } from '../core/kernel/db/create-table.ts';

/** `claimed_by` is 0 for a company that a proof stands behind; a claim belongs to the one contact that made it, and to nobody else. */
export const up = (knex: Knex): Promise<void> => createTable(knex, {
  name: 'companies',
  columns: {
    uid: 'varchar(26) NOT NULL',
    brand_id: 'integer NOT NULL',
    external_id: 'varchar(200) COLLATE utf8mb4_bin NOT NULL',
    claimed_by: 'integer NOT NULL DEFAULT 0',
    name: 'varchar(200) NULL',
    traits: 'mediumtext NOT NULL',
    created_at: 'bigint NOT NULL',
    updated_at: 'bigint NOT NULL',
  },
  unique: { uq_companies_uid: ['uid'], uq_companies_external: ['brand_id', 'external_id', 'claimed_by'] },
  indexes: { ix_companies_claimed: ['claimed_by', 'id'] },
});
