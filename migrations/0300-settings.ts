import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  if (await knex.schema.hasTable('settings')) return;
  await knex.schema.createTable('settings', (table) => {
    table.string('scope', 80).notNullable();
    table.string('key', 80).notNullable();
    /** 0 for the value of the whole desk. */
    table.integer('brand_id').notNullable().defaultTo(0);
    table.text('value', 'mediumtext').notNullable();
    table.bigInteger('updated_at').notNullable();
    table.primary(['scope', 'key', 'brand_id']);
  });
}
