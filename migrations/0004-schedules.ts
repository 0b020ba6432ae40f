import type { Knex } from 'knex';

/** The last tick of each schedule that some process has taken. */
export async function up(knex: Knex): Promise<void> {
  if (await knex.schema.hasTable('schedules')) return;
  await knex.schema.createTable('schedules', (table) => {
    table.string('name', 150).primary();
    table.bigInteger('last_tick').notNullable();
  });
}
