import type { Knex } from 'knex';
import { createTable } from '../core/kernel/db/create-table.ts';

/** Pieces of articles, pages, files and other texts that answers stand on. `digest` tells whether one is still the same. */
export const up = (knex: Knex): Promise<void> => createTable(knex, {
  name: 'passages',
  columns: {
    uid: 'varchar(40) NOT NULL',
    kind: 'varchar(16) NOT NULL',
    document_id: 'varchar(80) COLLATE utf8mb4_bin NOT NULL',
    source_id: 'varchar(80) COLLATE utf8mb4_bin NULL',
    brand_id: 'integer NULL',
    audience: 'varchar(12) NOT NULL',
    locale: 'varchar(35) NOT NULL',
    position: 'integer NOT NULL',
    title: 'varchar(600) NOT NULL',
    headings: 'text NOT NULL',
    tags: 'text NOT NULL',
    url: 'text NULL',
    text: 'mediumtext NOT NULL',
    digest: 'varchar(43) COLLATE utf8mb4_bin NOT NULL',
    term_count: 'integer NOT NULL',
    version: 'integer NOT NULL',
    created_at: 'bigint NOT NULL',
  },
  unique: { uq_passages_uid: ['uid'] },
  indexes: { ix_passages_document: ['kind', 'document_id', 'locale', 'position'], ix_passages_source: ['source_id'], ix_passages_version: ['version'] },
});
