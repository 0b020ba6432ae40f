import type { Knex } from 'knex';
import { createTable } from '../core/kernel/db/create-table.ts';

/** What an embedding model made of a passage: numbers of 32 bits, one after the other. */
export const up = (knex: Knex): Promise<void> => createTable(knex, {
  name: 'passage_vectors',
  columns: { passage_id: 'integer NOT NULL', model: 'varchar(200) COLLATE utf8mb4_bin NOT NULL', vector: 'mediumblob NOT NULL' },
  primary: ['passage_id'],
  indexes: { ix_passage_vectors_model: ['model', 'passage_id'] },
});
