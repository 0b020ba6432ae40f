import type { Knex } from 'knex';

/** Events that wait to be told to plugins. `available_at` is the end of the lease, or when to try again. */
export async function up(knex: Knex): Promise<void> {
  if (await knex.schema.hasTable('outbox')) return;
  await knex.schema.createTable('outbox', (table) => {
    table.bigIncrements('id');
    table.string('event_id', 26).notNullable();
    table.string('name', 100).notNullable();
    table.text('payload', 'mediumtext').notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('available_at').notNullable().defaultTo(0);
    table.string('claim_token', 40).nullable().index();
    table.integer('attempts').notNullable().defaultTo(0);
    table.index(['available_at', 'id']);
  });
}
