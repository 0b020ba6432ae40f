import type { Knex } from 'knex';
import { createTable } from '../core/kernel/db/create-table.ts';

/** Shelves of a brand's help centre, up to three deep. `texts` is JSON by language. */
export const up = (knex: Knex): Promise<void> => createTable(knex, {
  name: 'article_categories',
  columns: {
    uid: 'varchar(26) NOT NULL',
    brand_id: 'integer NOT NULL',
    parent_id: 'integer NULL',
    slug: 'varchar(60) NOT NULL',
    audience: 'varchar(10) NOT NULL',
    icon: 'varchar(60) NULL',
    position: 'integer NOT NULL DEFAULT 0',
    texts: 'mediumtext NOT NULL',
    created_at: 'bigint NOT NULL',
    updated_at: 'bigint NOT NULL',
  },
  unique: { uq_article_categories_uid: ['uid'], uq_article_categories_slug: ['brand_id', 'slug'] },
  indexes: { ix_article_categories_place: ['brand_id', 'parent_id', 'position'] },
});
