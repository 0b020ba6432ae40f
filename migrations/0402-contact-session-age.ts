import type { Knex } from 'knex';
import { addColumns } from '../core/kernel/db/alter-table.ts';

/** How long a session lives without use; a year where nothing is said. */
export const up = (knex: Knex): Promise<void> => addColumns(knex, 'contact_sessions', { max_age_ms: 'bigint NULL' });
