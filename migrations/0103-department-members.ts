import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  if (await knex.schema.hasTable('department_members')) return;
  await knex.schema.createTable('department_members', (table) => {
    table.integer('department_id').unsigned().notNullable();
    table.integer('operator_id').unsigned().notNullable().index();
    table.primary(['department_id', 'operator_id']);
  });
}
