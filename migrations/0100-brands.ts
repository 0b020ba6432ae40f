import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  if (await knex.schema.hasTable('brands')) return;
  await knex.schema.createTable('brands', (table) => {
    table.increments('id');
    table.string('uid', 26).notNullable().unique();
    table.string('slug', 60).notNullable().unique();
    table.string('name', 200).notNullable();
    table.string('locale', 35).notNullable();
    table.string('color', 7).notNullable();
    table.bigInteger('created_at').notNullable();
  });
}
