import type { Knex } from 'knex';
import { createTable } from '../core/kernel/db/create-table.ts';

/** Figures that readers change, apart from the articles so that reading never waits for writing. */
export const up = (knex: Knex): Promise<void> => createTable(knex, {
  name: 'article_stats',
  columns: { article_id: 'integer NOT NULL', views: 'bigint NOT NULL DEFAULT 0', up: 'integer NOT NULL DEFAULT 0', down: 'integer NOT NULL DEFAULT 0' },
  primary: ['article_id'],
});
