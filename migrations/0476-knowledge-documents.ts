import type { Knex } from 'knex';
import { createTable } from '../core/kernel/db/create-table.ts';

/**
 * What a source consists of: pages, the one text of a file, conversations. For a site it is also the list of addresses that are
 * still to be fetched: those that run `seen_run` met and not yet fetched. `markdown` is what was read last, so that another
 * audience or brand needs no fetching.
 */
export const up = (knex: Knex): Promise<void> => createTable(knex, {
  name: 'knowledge_documents',
  columns: {
    uid: 'varchar(26) NOT NULL',
    source_id: 'integer NOT NULL',
    address_hash: 'varchar(64) NOT NULL',
    conversation_id: 'integer NULL',
    brand_id: 'integer NULL',
    title: 'varchar(500) NOT NULL',
    url: 'varchar(2000) NULL',
    locale: 'varchar(35) NULL',
    state: 'varchar(20) NOT NULL',
    error: 'text NULL',
    depth: 'integer NOT NULL DEFAULT 0',
    seen_run: 'integer NOT NULL DEFAULT 0',
    fetched_run: 'integer NOT NULL DEFAULT 0',
    tries: 'integer NOT NULL DEFAULT 0',
    etag: 'varchar(500) NULL',
    last_modified: 'varchar(100) NULL',
    content_hash: 'varchar(64) NULL',
    markdown: 'mediumtext NULL',
    is_indexed: 'integer NOT NULL DEFAULT 0',
    passage_count: 'integer NOT NULL DEFAULT 0',
    created_at: 'bigint NOT NULL',
    updated_at: 'bigint NOT NULL',
  },
  unique: {
    uq_knowledge_documents_uid: ['uid'],
    uq_knowledge_documents_address: ['source_id', 'address_hash'],
  },
  indexes: {
    ix_knowledge_documents_list: ['source_id', 'state', 'id'],
    ix_knowledge_documents_content: ['source_id', 'content_hash'],
    ix_knowledge_documents_conversation: ['conversation_id'],
  },
});
