import type { Knex } from 'knex';
import { addColumns } from '../core/kernel/db/alter-table.ts';

/** What an assistant's answer stands on, as JSON. */
export const up = (knex: Knex): Promise<void> => addColumns(knex, 'messages', { sources: 'text NULL' });
