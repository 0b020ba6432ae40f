import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  if (await knex.schema.hasTable('plugin_webhook_events')) return;
  await knex.schema.createTable('plugin_webhook_events', (table) => {
    table.increments('id');
    table.string('plugin_id', 40).notNullable();
    table.string('receiver', 60).notNullable();
    table.string('event_id', 200).notNullable();
    table.text('headers', 'mediumtext').nullable();
    /** Base64 of the raw body; emptied once it was handled. */
    table.text('body', 'mediumtext').nullable();
    table.bigInteger('received_at').notNullable().index();
    table.unique(['plugin_id', 'receiver', 'event_id']);
  });
}
