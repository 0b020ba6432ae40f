import type { Knex } from 'knex';
import { createTable } from '../core/kernel/db/create-table.ts';

/** An article in one language. `brand_id` is the article's, so that an address is unique in a brand and language. Only what is scheduled has a `publish_at`. */
export const up = (knex: Knex): Promise<void> => createTable(knex, {
  name: 'article_texts',
  columns: {
    article_id: 'integer NOT NULL',
    brand_id: 'integer NOT NULL',
    locale: 'varchar(35) NOT NULL',
    title: 'varchar(200) NOT NULL',
    slug: 'varchar(60) NOT NULL',
    summary: 'varchar(500) NOT NULL',
    excerpt: 'varchar(400) NOT NULL',
    status: 'varchar(10) NOT NULL',
    publish_at: 'bigint NULL',
    published_at: 'bigint NULL',
    version: 'integer NOT NULL DEFAULT 0',
    created_at: 'bigint NOT NULL',
    updated_at: 'bigint NOT NULL',
    // Last, so that lists need not read past it.
    body: 'mediumtext NOT NULL',
  },
  unique: { uq_article_texts_locale: ['article_id', 'locale'], uq_article_texts_slug: ['brand_id', 'slug', 'locale'] },
  indexes: {
    ix_article_texts_due: ['publish_at'],
    ix_article_texts_brand: ['brand_id', 'published_at'],
  },
});
