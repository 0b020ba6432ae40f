import type { Knex } from 'knex';
import { createTable } from '../core/kernel/db/create-table.ts';

/** The words that exist, each with how many passages have it. By beginning and end, those that are almost alike are found. */
export const up = (knex: Knex): Promise<void> => createTable(knex, {
  name: 'passage_terms',
  columns: {
    term: 'varchar(80) COLLATE utf8mb4_bin NOT NULL',
    passages: 'integer NOT NULL',
    head: 'varchar(8) COLLATE utf8mb4_bin NOT NULL',
    tail: 'varchar(12) COLLATE utf8mb4_bin NOT NULL',
    letters: 'integer NOT NULL',
  },
  primary: ['term'],
  indexes: { ix_passage_terms_head: ['head', 'letters', 'passages'], ix_passage_terms_tail: ['tail', 'letters', 'passages'] },
});
