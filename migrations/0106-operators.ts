import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  if (await knex.schema.hasTable('operators')) return;
  await knex.schema.createTable('operators', (table) => {
    table.increments('id');
    table.string('uid', 26).notNullable().unique();
    table.string('kind', 20).notNullable();
    table.string('name', 200).notNullable();
    table.string('email', 254).notNullable().unique();
    table.string('password_hash', 255).nullable();
    table.integer('role_id').unsigned().notNullable().index();
    table.text('brand_ids').notNullable();
    table.string('locale', 35).notNullable();
    table.string('time_zone', 60).notNullable();
    table.integer('is_active').notNullable().defaultTo(1);
    table.text('preferences').notNullable();
    table.bigInteger('last_seen_at').nullable();
    table.bigInteger('removed_at').nullable();
    table.bigInteger('created_at').notNullable();
  });
}
