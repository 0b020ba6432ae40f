import { randomUUID } from 'node:crypto';
import type { ToolOutcome } from '@plugboard/sdk';
import { createActionContext } from '../../core/kernel/action-context.ts';
import { newId } from '../../core/kernel/ids.ts';
import { system } from '../../core/kernel/policy/actor.ts';
import { addMessage, type LoadedConversation } from '../../core/modules/conversations/index.ts';
import { callTool } from '../../core/modules/tools/index.ts';
import type { Engine } from './databases.ts';
import { startDesk, type TestDesk } from './desk.ts';
import { manifestOf, ownerOf, pluginFolder, switchOn, writePlugin, type Call } from './plugins.ts';

export interface ToolDesk {
  desk: TestDesk;
  owner: Call;
  /** Plugins of this test. */
  folder: string;
  /** Public id of the assistant's account. */
  assistant: string;
  /** Somebody who wrote, verified unless told, with their conversation. */
  conversationOf(options?: { kind?: string; brandId?: number; text?: string; name?: string }): Promise<LoadedConversation>;
  /** A call by the assistant, in a turn of its own unless told. */
  call(conversation: LoadedConversation, asked: { name: string; input: unknown; runUid?: string; ordinal?: number; isStillMine?: () => Promise<boolean> }): Promise<ToolOutcome>;
}

/** A desk with a plugin `shop` that brings tools, and an assistant that may be asked to call them. */
export async function startToolDesk(database: Engine, shop: { setup: string; more: Record<string, string> }): Promise<ToolDesk> {
  const folder = await pluginFolder();
  await writePlugin(folder, 'shop', { manifest: manifestOf('shop'), ...shop });
  const desk = await startDesk({ database, env: { PLUGBOARD_PLUGIN_PATH: folder } });
  const owner = await ownerOf(desk.url);
  const switched = await switchOn(owner, 'shop');
  if (switched.status !== 200) throw new Error(`the plugin was not switched on: ${JSON.stringify(switched.body)}`);
  const { knex } = desk.kernel.db;
  const assistant = newId();
  const role = await knex('roles').where({ key: 'assistant' }).first('id') as { id: number };
  await knex('operators').insert({ uid: assistant, kind: 'assistant', name: 'Robo', email: `${assistant}@x.test`, role_id: role.id, brand_ids: '"all"', locale: 'en', time_zone: 'UTC', preferences: '{}', is_active: 1, created_at: 1 });
  return {
    desk, owner, folder, assistant,
    async conversationOf({ kind = 'verified', brandId = 1, text = 'Refund me', name = 'Ada' } = {}) {
      const uid = newId();
      await knex('contacts').insert({ uid, kind, brand_id: brandId, name, created_at: 1, updated_at: 1 });
      const { id } = await knex('contacts').where({ uid }).first('id') as { id: number };
      const ctx = createActionContext(desk.kernel, { type: 'contact', id: uid, rowId: id, brandId, name });
      return (await addMessage(ctx, { cid: randomUUID(), kind: 'reply', text, attachmentIds: [], opening: { channel: 'chat', departmentId: null } })).conversation;
    },
    call: (conversation, { name, input, runUid = newId(), ordinal = 1, isStillMine = async () => true }) =>
      callTool(createActionContext(desk.kernel, system), { conversation, assistantUid: assistant, name, input, runUid, ordinal, isStillMine, signal: new AbortController().signal }),
  };
}
