import type { Knex } from 'knex';
import { createTable } from '../core/kernel/db/create-table.ts';

/** What the languages of an article share. `reach` is who may read it when its category and those above have had their say. */
export const up = (knex: Knex): Promise<void> => createTable(knex, {
  name: 'articles',
  columns: {
    uid: 'varchar(26) NOT NULL',
    brand_id: 'integer NOT NULL',
    category_id: 'integer NULL',
    audience: 'varchar(10) NOT NULL',
    reach: 'varchar(10) NOT NULL',
    is_pinned: 'integer NOT NULL DEFAULT 0',
    tags: 'text NOT NULL',
    related: 'text NOT NULL',
    first_locale: 'varchar(35) NOT NULL',
    author_id: 'integer NULL',
    version: 'integer NOT NULL DEFAULT 0',
    created_at: 'bigint NOT NULL',
    updated_at: 'bigint NOT NULL',
  },
  unique: { uq_articles_uid: ['uid'] },
  indexes: {
    ix_articles_updated: ['updated_at', 'id'],
    ix_articles_brand: ['brand_id', 'updated_at', 'id'],
    ix_articles_category: ['category_id'],
  },
});
