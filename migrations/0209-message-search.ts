import type { Knex } from 'knex';

/** Text to search, one row per message under the message's id, apart from the messages themselves so that it stays narrow. */
export async function up(knex: Knex): Promise<void> {
  const isMysql = (knex.client as { dialect: string }).dialect === 'mysql';
  await knex.raw(isMysql
    ? 'CREATE TABLE IF NOT EXISTS message_search (rowid INT UNSIGNED NOT NULL PRIMARY KEY, text MEDIUMTEXT NOT NULL, FULLTEXT KEY ft_message_search (text)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4'
    : "CREATE VIRTUAL TABLE IF NOT EXISTS message_search USING fts5(text, content='', contentless_delete=1, tokenize='trigram')");
}
