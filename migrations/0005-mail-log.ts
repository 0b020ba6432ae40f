import type { Knex } from 'knex';

/** Every mail that the desk made: kept without SMTP, else queued, sent or failed. */
export async function up(knex: Knex): Promise<void> {
  if (await knex.schema.hasTable('mail_log')) return;
  await knex.schema.createTable('mail_log', (table) => {
    table.bigIncrements('id');
    table.string('uid', 26).notNullable().unique();
    table.string('idempotency_key', 64).notNullable().unique();
    table.string('message_id', 255).notNullable();
    table.bigInteger('brand_id').nullable();
    table.string('to_address', 320).notNullable();
    table.string('to_name', 200).nullable();
    table.string('from_address', 320).nullable();
    table.string('from_name', 200).nullable();
    table.string('subject', 500).notNullable();
    table.text('text', 'mediumtext').notNullable();
    table.text('html', 'mediumtext').nullable();
    table.text('headers').nullable();
    table.string('status', 10).notNullable();
    table.integer('attempts').notNullable().defaultTo(0);
    table.text('error').nullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('sent_at').nullable();
    table.bigInteger('next_attempt_at').nullable();
    table.index(['status', 'next_attempt_at']);
  });
}
