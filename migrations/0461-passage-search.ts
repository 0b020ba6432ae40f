import type { Knex } from 'knex';

/** The terms of each passage under its id: `title|headings|tags|text`, written so that both engines cut them alike. */
export async function up(knex: Knex): Promise<void> {
  const isMysql = (knex.client as { dialect: string }).dialect === 'mysql';
  await knex.raw(isMysql
    ? 'CREATE TABLE IF NOT EXISTS passage_search (rowid INT UNSIGNED NOT NULL PRIMARY KEY, terms MEDIUMTEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL, FULLTEXT KEY ft_passage_search (terms)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4'
    : "CREATE VIRTUAL TABLE IF NOT EXISTS passage_search USING fts5(terms, tokenize='ascii')");
}
