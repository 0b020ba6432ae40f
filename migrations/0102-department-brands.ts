import type { Knex } from 'knex';

/** A department without a row here serves every brand. */
export async function up(knex: Knex): Promise<void> {
  if (await knex.schema.hasTable('department_brands')) return;
  await knex.schema.createTable('department_brands', (table) => {
    table.integer('department_id').unsigned().notNullable();
    table.integer('brand_id').unsigned().notNullable().index();
    table.primary(['department_id', 'brand_id']);
  });
}
