import type { Knex } from 'knex';
import { createTable } from '../core/kernel/db/create-table.ts';

/** What each operator wants to be told of; who has no row wants the usual. */
export const up = (knex: Knex): Promise<void> => createTable(knex, {
  name: 'notification_preferences',
  columns: { operator_id: 'integer NOT NULL', preferences: 'text NOT NULL', updated_at: 'bigint NOT NULL' },
  primary: ['operator_id'],
});
