import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  if (await knex.schema.hasTable('sessions')) return;
  await knex.schema.createTable('sessions', (table) => {
    table.increments('id');
    table.string('uid', 26).notNullable().unique();
    table.integer('operator_id').unsigned().notNullable().index();
    table.string('token_hash', 64).notNullable().unique();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('last_used_at').notNullable();
    table.bigInteger('expires_at').notNullable().index();
    table.string('ip', 45).notNullable();
    table.string('user_agent', 300).notNullable();
  });
}
