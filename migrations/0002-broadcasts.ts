import type { Knex } from 'knex';

/** Changes that open screens must see; every process reads the tail of it. */
export async function up(knex: Knex): Promise<void> {
  if (await knex.schema.hasTable('broadcasts')) return;
  await knex.schema.createTable('broadcasts', (table) => {
    table.bigIncrements('id');
    table.string('event_id', 26).notNullable();
    table.string('name', 100).notNullable();
    table.text('payload', 'mediumtext').notNullable();
    table.bigInteger('created_at').notNullable();
  });
}
