import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  if (await knex.schema.hasTable('roles')) return;
  await knex.schema.createTable('roles', (table) => {
    table.increments('id');
    table.string('uid', 26).notNullable().unique();
    table.string('key', 40).nullable().unique();
    table.string('name', 200).notNullable().unique();
    table.text('permissions').notNullable();
    table.string('scope', 20).notNullable();
    table.integer('is_system').notNullable().defaultTo(0);
  });
}
