import type { Knex } from 'knex';
import { newId } from '../core/kernel/ids.ts';

const conversations = ['view', 'reply', 'note', 'assign', 'change'].map((verb) => `conversations.${verb}`);
const agent = [...conversations, 'contacts.view', 'contacts.edit', 'knowledge.view'];
const lead = [...agent, 'conversations.delete', 'knowledge.edit', 'automation.manage', 'reports.view', 'export.run'];
const admin = [...lead, 'channels.manage', 'plugins.manage', 'people.manage', 'settings.manage', 'tokens.manage', 'audit.view'];

const presets: readonly (readonly [key: string, name: string, permissions: readonly string[]])[] = [
  ['owner', 'Owner', ['*']],
  ['admin', 'Admin', admin],
  ['team-lead', 'Team lead', lead],
  ['agent', 'Agent', agent],
  ['light-agent', 'Light agent', ['conversations.view', 'conversations.note', 'contacts.view', 'knowledge.view']],
  ['knowledge-editor', 'Knowledge editor', ['knowledge.view', 'knowledge.edit']],
  ['analyst', 'Analyst', ['conversations.view', 'contacts.view', 'knowledge.view', 'reports.view', 'export.run']],
];

/** The roles every desk starts with. A preset that is there already, and perhaps changed, is left as it is. */
export async function up(knex: Knex): Promise<void> {
  for (const [key, name, permissions] of presets) {
    if (await knex('roles').where({ key }).first('id')) continue;
    await knex('roles').insert({ uid: newId(), key, name, permissions: JSON.stringify(permissions), scope: 'all', is_system: 1 });
  }
}
