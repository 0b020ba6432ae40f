import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kernel } from '../context.ts';
import { forgetSteps } from '../db/journal.ts';
import { isOwnTable, tablePrefix } from './context/database-api.ts';
import type { PluginDirs } from './discovery.ts';

/** Drops the tables of a plugin and everything it stored. */
export async function removePluginData({ db }: Pick<Kernel, 'db'>, id: string, pluginIds: readonly string[]): Promise<void> {
  for (const table of await tablesOfPlugin(db, id, pluginIds)) await db.knex.schema.dropTableIfExists(table);
  await forgetSteps(db, id);
  await db.knex('plugin_store').where({ plugin_id: id }).delete();
  const ownTemplates = db.knex('email_templates').where('kind', 'like', `${id}.%`);
  await db.knex('email_template_texts').where('template', 'like', `${id}.%`).orWhereIn('template', ownTemplates.clone().select('uid')).delete();
  await ownTemplates.delete();
  await db.knex('plugin_webhook_events').where({ plugin_id: id }).delete();
}

/** Takes an installed plugin's folders away. One that came with the desk stays on disk. */
export async function removePluginFolders(dirs: PluginDirs, id: string): Promise<void> {
  await rm(join(dirs.installed, id), { recursive: true, force: true });
}

async function tablesOfPlugin(db: Kernel['db'], id: string, pluginIds: readonly string[]): Promise<string[]> {
  const like = `${tablePrefix(id).replaceAll('_', '\\_')}%`;
  const rows: { name: string }[] = db.dialect === 'mysql'
    ? await db.knex('information_schema.tables').whereRaw('table_schema = database()').where('table_name', 'like', like).select({ name: 'table_name' })
    : await db.knex('sqlite_master').where({ type: 'table' }).whereRaw("name LIKE ? ESCAPE '\\'", [like]).select('name');
  return rows.map((row) => row.name).filter((name) => isOwnTable(id, name, pluginIds));
}
