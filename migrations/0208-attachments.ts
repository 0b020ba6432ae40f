import type { Knex } from 'knex';
import { createTable } from '../core/kernel/db/create-table.ts';

export const up = (knex: Knex): Promise<void> => createTable(knex, {
  name: 'attachments',
  columns: {
    uid: 'varchar(26) NOT NULL',
    message_id: 'integer NULL',
    conversation_id: 'integer NULL',
    owner_type: 'varchar(20) NOT NULL',
    owner_id: 'integer NOT NULL',
    name: 'varchar(255) NOT NULL',
    type: 'varchar(150) NOT NULL',
    size: 'bigint NOT NULL',
    file_key: 'varchar(60) NOT NULL',
    is_image: 'integer NOT NULL DEFAULT 0',
    width: 'integer NULL',
    height: 'integer NULL',
    created_at: 'bigint NOT NULL',
  },
  unique: { uq_attachments_uid: ['uid'] },
  indexes: {
    ix_attachments_message: ['message_id', 'created_at'],
    ix_attachments_owner: ['owner_type', 'owner_id', 'created_at'],
  },
});
