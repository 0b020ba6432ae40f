import type { Knex } from 'knex';
import type { Database } from './database.ts';
import { isUniqueViolation } from './database-errors.ts';

/** Table with one row per migration step: core has the plugin id ''. */
export const journalTable = 'schema_steps';

interface JournalRow { plugin_id: string; name: string; finished_at: number | null }

const keyLength = 150;

/** Makes the two tables that a migration itself needs. Processes that start together may both try. */
export async function ensureJournal(db: Database): Promise<void> {
  await createOnce(db, journalTable, (table) => {
    table.string('plugin_id', 40).notNullable();
    table.string('name', keyLength).notNullable();
    table.bigInteger('started_at').notNullable();
    table.bigInteger('finished_at').nullable();
    table.primary(['plugin_id', 'name']);
  });
  await createOnce(db, 'locks', (table) => {
    table.string('name', keyLength).primary();
    table.string('owner', keyLength).notNullable();
    table.bigInteger('fence').notNullable();
    table.bigInteger('expires_at').notNullable();
  });
}

async function createOnce(db: Database, name: string, build: (table: Knex.CreateTableBuilder) => void): Promise<void> {
  if (await db.knex.schema.hasTable(name)) return;
  try {
    await db.knex.schema.createTable(name, build);
  } catch (error) {
    if (!(await db.knex.schema.hasTable(name))) throw error;
  }
}

/** Names of the finished steps. */
export async function finishedSteps(knex: Knex, pluginId: string): Promise<Set<string>> {
  const rows = await knex<JournalRow>(journalTable).where({ plugin_id: pluginId }).whereNotNull('finished_at').select('name');
  return new Set(rows.map((row) => row.name));
}

export const isAnyStepFinished = async (knex: Knex): Promise<boolean> =>
  (await knex(journalTable).whereNotNull('finished_at').first('name')) !== undefined;

export async function markStarted(knex: Knex, pluginId: string, name: string): Promise<void> {
  try {
    await knex(journalTable).insert({ plugin_id: pluginId, name, started_at: Date.now(), finished_at: null });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
  }
}

export const markFinished = (knex: Knex, pluginId: string, name: string) =>
  knex(journalTable).where({ plugin_id: pluginId, name }).update({ finished_at: Date.now() });

/** Forgets the steps of a plugin whose tables were dropped, so that it can be installed anew. */
export async function forgetSteps(db: Database, pluginId: string): Promise<void> {
  await db.knex(journalTable).where({ plugin_id: pluginId }).delete();
}
