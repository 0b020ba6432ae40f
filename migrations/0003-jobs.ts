import type { Knex } from 'knex';

/** The job queue of the database. A failed job has `failed_at` and is out of reach of the workers. */
export async function up(knex: Knex): Promise<void> {
  if (await knex.schema.hasTable('jobs')) return;
  await knex.schema.createTable('jobs', (table) => {
    table.bigIncrements('id');
    table.string('name', 150).notNullable();
    table.string('dedupe_key', 64).nullable().unique();
    table.text('data', 'mediumtext').notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('available_at').notNullable();
    table.string('claim_token', 40).nullable().index();
    table.integer('attempts').notNullable().defaultTo(0);
    table.text('error').nullable();
    table.bigInteger('failed_at').nullable().index();
    table.index(['name', 'available_at', 'id']);
  });
}
