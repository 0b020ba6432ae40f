import type { Knex } from 'knex';
import { createTable } from '../core/kernel/db/create-table.ts';

/** Every text that was saved, the newest of a language being the present one. */
export const up = (knex: Knex): Promise<void> => createTable(knex, {
  name: 'article_revisions',
  columns: {
    uid: 'varchar(26) NOT NULL',
    article_id: 'integer NOT NULL',
    locale: 'varchar(35) NOT NULL',
    title: 'varchar(200) NOT NULL',
    summary: 'varchar(500) NOT NULL',
    body: 'mediumtext NOT NULL',
    author_id: 'integer NULL',
    created_at: 'bigint NOT NULL',
  },
  unique: { uq_article_revisions_uid: ['uid'] },
  indexes: { ix_article_revisions_text: ['article_id', 'locale', 'id'] },
});
