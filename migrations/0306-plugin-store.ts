import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  if (await knex.schema.hasTable('plugin_store')) return;
  await knex.schema.createTable('plugin_store', (table) => {
    table.string('plugin_id', 40).notNullable();
    /** Empty, `conversation:<id>` or `contact:<id>`. */
    table.string('scope', 60).notNullable();
    table.string('key', 200).notNullable();
    table.text('value', 'mediumtext').notNullable();
    table.bigInteger('updated_at').notNullable();
    table.primary(['plugin_id', 'scope', 'key']);
  });
}
