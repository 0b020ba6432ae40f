import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  if (await knex.schema.hasTable('plugin_generation')) return;
  await knex.schema.createTable('plugin_generation', (table) => {
    table.integer('id').primary();
    table.integer('generation').notNullable();
  });
}
