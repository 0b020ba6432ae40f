import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  if (await knex.schema.hasTable('idempotency_keys')) return;
  await knex.schema.createTable('idempotency_keys', (table) => {
    table.string('key_hash', 64).primary();
    table.string('request_hash', 64).notNullable();
    table.integer('status').nullable();
    table.text('body', 'mediumtext').nullable();
    table.bigInteger('created_at').notNullable().index();
  });
}
