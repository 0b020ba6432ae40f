import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  if (await knex.schema.hasTable('api_tokens')) return;
  await knex.schema.createTable('api_tokens', (table) => {
    table.increments('id');
    table.string('uid', 26).notNullable().unique();
    table.integer('operator_id').unsigned().notNullable().index();
    table.string('name', 200).notNullable();
    table.string('token_hash', 64).notNullable().unique();
    table.text('scopes').notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('last_used_at').nullable();
    table.bigInteger('expires_at').nullable();
    table.bigInteger('revoked_at').nullable();
  });
}
