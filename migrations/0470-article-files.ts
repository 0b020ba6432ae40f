import type { Knex } from 'knex';
import { createTable } from '../core/kernel/db/create-table.ts';

/** Pictures and files of an article. */
export const up = (knex: Knex): Promise<void> => createTable(knex, {
  name: 'article_files',
  columns: {
    uid: 'varchar(26) NOT NULL',
    article_id: 'integer NOT NULL',
    name: 'varchar(255) NOT NULL',
    type: 'varchar(150) NOT NULL',
    size: 'bigint NOT NULL',
    file_key: 'varchar(60) NOT NULL',
    is_image: 'integer NOT NULL DEFAULT 0',
    created_at: 'bigint NOT NULL',
  },
  unique: { uq_article_files_uid: ['uid'] },
  indexes: { ix_article_files_article: ['article_id', 'id'] },
});
