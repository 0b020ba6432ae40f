import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex('plugin_generation').insert({ id: 1, generation: 0 }).onConflict('id').ignore();
}
