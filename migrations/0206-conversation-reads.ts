import type { Knex } from 'knex';
import { createTable } from '../core/kernel/db/create-table.ts';

/** How far each operator has read. */
export const up = (knex: Knex): Promise<void> => createTable(knex, {
  name: 'conversation_reads',
  columns: { conversation_id: 'integer NOT NULL', operator_id: 'integer NOT NULL', seq: 'integer NOT NULL' },
  primary: ['conversation_id', 'operator_id'],
});
