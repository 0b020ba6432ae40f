import type { Knex } from 'knex';
import { createTable } from '../core/kernel/db/create-table.ts';

/** What an admin decided about a tool. Without a row it is off. */
export const up = (knex: Knex): Promise<void> => createTable(knex, {
  name: 'tool_settings',
  columns: {
    tool_id: 'varchar(120) COLLATE utf8mb4_bin NOT NULL',
    is_enabled: 'integer NOT NULL DEFAULT 0',
    rules: 'mediumtext NOT NULL',
    effect: 'varchar(10) NOT NULL',
    updated_at: 'bigint NOT NULL',
  },
  unique: { uq_tool_settings: ['tool_id'] },
});
