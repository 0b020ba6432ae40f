import type { Knex } from 'knex';

/** The first ticket is #1001. */
export async function up(knex: Knex): Promise<void> {
  await knex('sequences').insert({ name: 'ticket', value: 1000 }).onConflict('name').ignore();
}
