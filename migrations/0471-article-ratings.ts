import type { Knex } from 'knex';
import { createTable } from '../core/kernel/db/create-table.ts';

/** What a reader thinks of an article: the last word of each counts. `reader` is a contact, or a hash that means nothing tomorrow. */
export const up = (knex: Knex): Promise<void> => createTable(knex, {
  name: 'article_ratings',
  columns: { article_id: 'integer NOT NULL', reader: 'varchar(64) NOT NULL', rating: 'varchar(4) NOT NULL', created_at: 'bigint NOT NULL' },
  primary: ['article_id', 'reader'],
});
