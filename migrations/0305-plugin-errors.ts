import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  if (await knex.schema.hasTable('plugin_errors')) return;
  await knex.schema.createTable('plugin_errors', (table) => {
    table.increments('id');
    table.string('plugin_id', 40).notNullable();
    table.string('process', 100).notNullable();
    table.string('stage', 40).notNullable();
    table.string('point', 160).notNullable();
    table.text('message').notNullable();
    table.text('stack').nullable();
    table.bigInteger('at').notNullable();
    table.index(['plugin_id', 'id']);
  });
}
