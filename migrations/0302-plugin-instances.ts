import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  if (await knex.schema.hasTable('plugin_instances')) return;
  await knex.schema.createTable('plugin_instances', (table) => {
    table.string('plugin_id', 40).notNullable();
    table.string('process', 100).notNullable();
    table.string('phase', 20).notNullable();
    table.string('stage', 40).nullable();
    table.text('error').nullable();
    table.string('version', 60).nullable();
    /** Generation of the desired state that this row answers. */
    table.integer('generation').notNullable();
    table.bigInteger('seen_at').notNullable();
    table.primary(['plugin_id', 'process']);
    table.index(['process']);
  });
}
