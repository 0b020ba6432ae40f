import type { Knex } from 'knex';
import { addColumns } from '../core/kernel/db/alter-table.ts';

/** Who speaks for the desk. `speaker_epoch` is the fencing token: it goes up each time that a turn begins or is taken away. */
export const up = (knex: Knex): Promise<void> => addColumns(knex, 'conversations', {
  ai_state: "varchar(10) NOT NULL DEFAULT 'off'",
  assistant_id: 'integer NULL',
  speaker_epoch: 'integer NOT NULL DEFAULT 0',
});
