import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createActionContext } from '../../core/kernel/action-context.ts';
import type { ActionContext, Kernel } from '../../core/kernel/context.ts';
import { createLocalBus } from '../../core/kernel/bus/create-bus.ts';
import { createLocalFiles } from '../../core/kernel/files/local-files.ts';
import { createHooks, type HookKind, type HookListener } from '../../core/kernel/hooks/create-hooks.ts';
import { loadI18n } from '../../core/kernel/i18n/load-i18n.ts';
import type { OutboxEntry } from '../../core/kernel/outbox/outbox.ts';
import { createOutbox } from '../../core/kernel/outbox/create-outbox.ts';
import { PluginCalls } from '../../core/kernel/plugins/plugin-calls.ts';
import { createPolicies } from '../../core/kernel/policy/policy.ts';
import { createRealtime } from '../../core/kernel/realtime/create-realtime.ts';
import { createSearch } from '../../core/kernel/search/search.ts';
import { createSecrets } from '../../core/kernel/secrets/create-secrets.ts';
import { newId } from '../../core/kernel/ids.ts';
import { system, type Actor, type ContactActor, type OperatorActor } from '../../core/kernel/policy/actor.ts';
import { permissions } from '../../core/shared/people.ts';
import { attachmentsModule } from '../../core/modules/attachments/index.ts';
import { createContact } from '../../core/modules/contacts/index.ts';
import { contactsModule } from '../../core/modules/contacts/index.ts';
import { addMessage, conversationsModule, type AddedMessage } from '../../core/modules/conversations/index.ts';
import { messagesModule } from '../../core/modules/messages/index.ts';
import { presenceModule } from '../../core/modules/presence/index.ts';
import { eventually, makeTestDatabase, type Engine } from './databases.ts';

const root = join(import.meta.dirname, '../..');
export const conversationModules = [contactsModule, attachmentsModule, messagesModule, conversationsModule, presenceModule];

export interface Named { id: number; uid: string }

/** The kernel on a fresh database with the conversation modules on top: commands and queries without HTTP or plugins. */
export interface ConversationDesk {
  readonly kernel: Kernel;
  /** Where its sockets listen. */
  readonly url: string;
  /** The same desk as another process has it: sockets and broadcasts of its own. */
  anotherProcess(): Promise<{ kernel: Kernel; url: string; stop(): Promise<void> }>;
  /** Adds what a plugin would add; answers the function that takes it away. */
  listen(kind: HookKind, name: string, handle: HookListener['handle']): () => void;
  readonly brand: Named;
  brandCalled(slug: string): Promise<Named>;
  departmentCalled(name: string): Promise<Named>;
  operator(name: string, can?: Partial<Pick<OperatorActor, 'permissions' | 'scope' | 'brandIds' | 'departmentIds'>>): Promise<ActionContext>;
  contact(fields?: { name?: string; email?: string; brand?: Named }): Promise<ActionContext>;
  as(ctx: ActionContext): ActionContext;
  /** A contact's message: a new conversation unless one is named. */
  write(ctx: ActionContext, text: string, options?: { cid?: string; conversationId?: string; departmentId?: string; attachmentIds?: string[]; ip?: string }): Promise<AddedMessage>;
  /** An operator's message. */
  answer(ctx: ActionContext, conversationId: string, text: string, options?: { cid?: string; kind?: 'reply' | 'note'; expectedSeq?: number; attachmentIds?: string[] }): Promise<AddedMessage>;
  /** What went to sockets of contacts, as it was sent. */
  readonly sentToContact: readonly SentToContact[];
  /** Events as plugins would be told of them, in their order. */
  readonly events: readonly OutboxEntry[];
  /** Every broadcast so far has reached the sockets of this process. */
  allDelivered(): Promise<void>;
  stop(): Promise<void>;
}

export interface SentToContact { contactId: string; event: string; payload: unknown }

async function serve(kernel: Kernel): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  kernel.realtime.attach(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export async function startConversationDesk(engine: Engine): Promise<ConversationDesk> {
  const test = await makeTestDatabase(engine);
  const { config, log, db } = test;
  const i18n = await loadI18n(join(root, 'locales'));
  const hooks = createHooks({
    declarations: conversationModules.flatMap((module) => module.hooks ? [module.hooks] : []), calls: new PluginCalls(), log, text: (key, locale) => i18n.t(key, locale),
  });
  const bus = createLocalBus(log);
  const parts = {
    config, log, db, i18n, hooks, bus,
    outbox: createOutbox({ db, bus, log, process: config.process }),
    policies: createPolicies(conversationModules.flatMap((module) => module.policies ? [module.policies] : [])),
    secrets: createSecrets({ config }),
    files: await createLocalFiles(config.dataDir),
    search: createSearch(),
  };
  const kernel = parts as typeof parts & Kernel;
  Object.assign(kernel, { realtime: createRealtime(kernel, async () => null) });
  const sentToContact: SentToContact[] = [];
  const { realtime } = kernel;
  Object.assign(kernel, {
    realtime: {
      ...realtime,
      toContact(contactId: string, event: string, payload: unknown) {
        sentToContact.push({ contactId, event, payload });
        realtime.toContact(contactId, event, payload);
      },
    },
  });
  const context = (actor: Actor = system) => createActionContext(kernel, actor);
  const broadcasts = new Map(conversationModules.flatMap((module) => Object.entries(module.broadcasts ?? {})));
  let delivered = 0;
  kernel.outbox.onBroadcast(async (entry) => {
    await broadcasts.get(entry.name)?.(entry, context());
    delivered += 1;
  });
  const events: OutboxEntry[] = [];
  kernel.outbox.onEvent(async (entry) => { events.push(entry); });
  await kernel.outbox.start();
  await presenceModule.start?.(kernel, context);
  const url = await serve(kernel);
  const { knex } = kernel.db;
  const insert = async (table: string, row: Record<string, unknown>): Promise<Named> => {
    const uid = newId();
    const [id] = await knex(table).insert({ uid, ...row });
    return { id: Number(id), uid };
  };
  const brandCalled = (slug: string) => insert('brands', { slug, name: slug, locale: 'en', color: '#06548c', created_at: 1 });
  const brand = await brandCalled('acme');
  const fresh = (ctx: ActionContext) => createActionContext(kernel, ctx.actor);

  return {
    kernel, brand, url,
    async anotherProcess() {
      const other = { ...kernel, outbox: createOutbox({ db, bus, log, process: 'another' }), realtime: createRealtime(kernel, async () => null) };
      other.outbox.onBroadcast(async (entry) => { await broadcasts.get(entry.name)?.(entry, createActionContext(other, system)); });
      other.outbox.onEvent(async (entry) => { events.push(entry); });
      await other.outbox.start();
      return {
        kernel: other, url: await serve(other),
        async stop() {
          await other.outbox.stop();
          await other.realtime.close();
        },
      };
    },
    listen: (kind, name, handle) => hooks.add(kind, name, { pluginId: 'listener', priority: 10, handle, track: (work) => work() }), brandCalled,
    departmentCalled: (name) => insert('departments', { name, is_public: 1, position: 0 }),
    async operator(name, can = {}) {
      const { id, uid } = await insert('operators', {
        kind: 'human', name, email: `${randomUUID()}@example.com`, role_id: 1, brand_ids: '"all"', locale: 'en', time_zone: 'UTC', preferences: '{}', is_active: 1, created_at: 1,
      });
      return createActionContext(kernel, { type: 'operator', id: uid, rowId: id, name, permissions: new Set(permissions), scope: 'all', brandIds: 'all', departmentIds: new Set(), sessionId: null, ...can });
    },
    async contact({ name, email, brand: of = brand } = {}) {
      const row = await createContact(createActionContext(kernel, system), { brandId: of.id, brandUid: of.uid, ...(name ? { name } : {}), ...(email ? { email } : {}) });
      const actor: ContactActor = { type: 'contact', id: row.uid, rowId: row.id, brandId: of.id, name: name ?? '' };
      return createActionContext(kernel, actor);
    },
    as: fresh,
    write: (ctx, text, { cid = randomUUID(), conversationId, departmentId, attachmentIds = [], ip } = {}) => addMessage(fresh(ctx), {
      cid, kind: 'reply', text, attachmentIds, ...(conversationId ? { conversationId } : { opening: { channel: 'chat', departmentId: departmentId ?? null, ip } }),
    }),
    answer: (ctx, conversationId, text, { cid = randomUUID(), kind = 'reply', expectedSeq, attachmentIds = [] } = {}) =>
      addMessage(fresh(ctx), { cid, kind, text, attachmentIds, conversationId, expectedSeq }),
    sentToContact,
    events,
    allDelivered: () => eventually('all broadcasts are delivered', async () => delivered === Number((await knex('broadcasts').count({ rows: '*' }).first())?.rows)),
    async stop() {
      await presenceModule.stop?.(kernel);
      await kernel.outbox.stop();
      await kernel.realtime.close();
      await bus.close();
      await test.close();
    },
  };
}
