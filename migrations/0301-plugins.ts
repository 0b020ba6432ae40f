import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  if (await knex.schema.hasTable('plugins')) return;
  await knex.schema.createTable('plugins', (table) => {
    table.string('id', 40).primary();
    table.string('desired', 10).notNullable();
    table.string('version', 60).nullable();
    /** Version whose migrations and install or upgrade step were done. */
    table.string('installed_version', 60).nullable();
    /** How far the once-per-installation steps are: off, starting, on, stopping. */
    table.string('cluster_state', 10).notNullable().defaultTo('off');
    table.text('consented').notNullable();
    /** Events it listens to, and with how many handlers, as last seen by a process. */
    table.text('listens').notNullable();
    table.bigInteger('changed_at').notNullable();
  });
}
