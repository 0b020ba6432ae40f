import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  if (await knex.schema.hasTable('departments')) return;
  await knex.schema.createTable('departments', (table) => {
    table.increments('id');
    table.string('uid', 26).notNullable().unique();
    table.string('name', 200).notNullable().unique();
    table.integer('is_public').notNullable().defaultTo(1);
    table.integer('position').notNullable().defaultTo(0);
  });
}
