import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  if (await knex.schema.hasTable('audit_log')) return;
  await knex.schema.createTable('audit_log', (table) => {
    table.increments('id');
    table.bigInteger('at').notNullable();
    table.string('actor_type', 20).notNullable();
    table.string('actor_id', 60).nullable();
    table.string('action', 80).notNullable();
    table.string('object_type', 40).nullable();
    table.string('object_id', 60).nullable();
    table.text('details').notNullable();
    table.string('ip', 45).nullable();
    table.index(['object_type', 'object_id']);
  });
}
