import type { Knex } from 'knex';
import { addColumns } from '../core/kernel/db/alter-table.ts';

/** Keys for the customers' servers live beside personal tokens; `brand_id` null stands for every brand. */
export const up = (knex: Knex): Promise<void> => addColumns(knex, 'api_tokens', {
  kind: "varchar(20) NOT NULL DEFAULT 'personal'",
  brand_id: 'integer NULL',
});
