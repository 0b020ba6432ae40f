import type { Knex } from 'knex';
import { addColumns, addIndexes } from '../core/kernel/db/alter-table.ts';

/** Accounts of assistants are found by who provides them: `<plugin>:<provider>:<assistant>`. */
export async function up(knex: Knex): Promise<void> {
  await addColumns(knex, 'operators', { assistant_key: 'varchar(190) NULL' });
  await addIndexes(knex, 'operators', { unique: { uq_operators_assistant_key: ['assistant_key'] } });
}
