import type { Knex } from 'knex';
import { newId } from '../core/kernel/ids.ts';

const given: Readonly<Record<string, readonly string[]>> = {
  admin: ['assistants.manage', 'assistants.use', 'tools.approve'],
  'team-lead': ['assistants.use', 'tools.approve'],
  agent: ['assistants.use'],
};

/** The presets learn what came with assistants, and assistants get the role that their accounts have. */
export async function up(knex: Knex): Promise<void> {
  for (const [key, added] of Object.entries(given)) {
    const role = await knex<{ id: number; key: string; permissions: string }>('roles').where({ key }).first('id', 'permissions');
    if (!role) continue;
    const permissions = [...new Set([...JSON.parse(role.permissions) as string[], ...added])];
    await knex('roles').where({ id: role.id }).update({ permissions: JSON.stringify(permissions) });
  }
  if (await knex('roles').where({ key: 'assistant' }).first('id')) return;
  const permissions = ['view', 'reply', 'note', 'assign', 'change'].map((verb) => `conversations.${verb}`);
  await knex('roles').insert({ uid: newId(), key: 'assistant', name: 'AI assistant', permissions: JSON.stringify(permissions), scope: 'all', is_system: 1 });
}
