import type { Knex } from 'knex';
import { createTable } from '../core/kernel/db/create-table.ts';

/** `fingerprint` is a hash of what the author sent under a cid, before filters: a repeat is told from another message by it. */
export const up = (knex: Knex): Promise<void> => createTable(knex, {
  name: 'messages',
  columns: {
    uid: 'varchar(26) NOT NULL',
    conversation_id: 'integer NOT NULL',
    seq: 'integer NOT NULL',
    kind: 'varchar(10) NOT NULL',
    is_public: 'integer NOT NULL',
    author_type: 'varchar(20) NOT NULL',
    author_id: 'integer NULL',
    author_uid: 'varchar(26) NULL',
    author_name: 'varchar(200) NOT NULL',
    cid: 'varchar(36) NULL',
    fingerprint: 'varchar(43) NULL',
    text: 'mediumtext NOT NULL',
    html: 'mediumtext NOT NULL',
    event: 'text NULL',
    attachment_count: 'integer NOT NULL DEFAULT 0',
    created_at: 'bigint NOT NULL',
  },
  unique: {
    uq_messages_seq: ['conversation_id', 'seq'],
    uq_messages_cid: ['conversation_id', 'author_type', 'author_id', 'cid'],
  },
});
