import type { Knex } from 'knex';
import { createTable } from '../core/kernel/db/create-table.ts';

/** Numbers that count up without gaps, such as those of tickets. */
export const up = (knex: Knex): Promise<void> => createTable(knex, {
  name: 'sequences',
  columns: { name: 'varchar(60) NOT NULL', value: 'bigint NOT NULL' },
  primary: ['name'],
});
