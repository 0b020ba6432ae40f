import type { Knex } from 'knex';
import { createTable } from '../core/kernel/db/create-table.ts';

export const up = (knex: Knex): Promise<void> => createTable(knex, {
  name: 'conversation_tags',
  columns: { conversation_id: 'integer NOT NULL', tag: 'varchar(50) COLLATE utf8mb4_bin NOT NULL' },
  primary: ['conversation_id', 'tag'],
  indexes: { ix_conversation_tags_tag: ['tag', 'conversation_id'] },
});
