import type { Knex } from 'knex';
import { createTable } from '../core/kernel/db/create-table.ts';

/** By language how many passages there are and how many terms they have together; under `generation` how often anything changed. */
export const up = (knex: Knex): Promise<void> => createTable(knex, {
  name: 'passage_totals',
  columns: { name: 'varchar(40) COLLATE utf8mb4_bin NOT NULL', passages: 'bigint NOT NULL', terms: 'bigint NOT NULL' },
  primary: ['name'],
});
