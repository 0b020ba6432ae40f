import type { Knex } from 'knex';
import { createTable } from '../core/kernel/db/create-table.ts';

/** Addresses that articles had before; they lead to the present one. */
export const up = (knex: Knex): Promise<void> => createTable(knex, {
  name: 'article_slugs',
  columns: { brand_id: 'integer NOT NULL', slug: 'varchar(60) NOT NULL', locale: 'varchar(35) NOT NULL', article_id: 'integer NOT NULL' },
  primary: ['brand_id', 'slug', 'locale'],
  indexes: { ix_article_slugs_article: ['article_id'] },
});
