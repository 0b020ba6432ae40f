import type { Knex } from 'knex';
import { createTable } from '../core/kernel/db/create-table.ts';

/** Carries the sort keys of its conversation, so that a person's own list is one range of one index. */
export const up = (knex: Knex): Promise<void> => createTable(knex, {
  name: 'conversation_assignees',
  columns: {
    conversation_id: 'integer NOT NULL',
    operator_id: 'integer NOT NULL',
    bucket: 'integer NOT NULL',
    last_message_at: 'bigint NOT NULL',
    waiting_key: 'bigint NOT NULL',
  },
  primary: ['conversation_id', 'operator_id'],
  indexes: {
    ix_conversation_assignees_newest: ['operator_id', 'bucket', 'last_message_at', 'conversation_id'],
    ix_conversation_assignees_waiting: ['operator_id', 'bucket', 'waiting_key', 'conversation_id'],
  },
});
