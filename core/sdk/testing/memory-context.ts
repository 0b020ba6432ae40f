import type { KeyValueStore, MailResult, PluginContext, PluginLog, PluginMail, RealtimeHandle, SecretsApi, StoreScope } from '../index.ts';
import { memoryDatabase } from './memory-database.ts';
import type { MemoryJobs } from './memory-jobs.ts';
import type { Registry } from './registry.ts';

/** What of the desk a test provides itself; a call to the rest is refused with its name. */
export type TestDeskParts = Partial<Pick<PluginContext, 'contacts' | 'conversations' | 'files' | 'brands' | 'departments' | 'operators' | 'knowledge'>>;
/** A mail as the plugin gave it. */
export type SentMail = PluginMail;
export interface LogLine { level: keyof PluginLog; message: string; data?: Record<string, unknown> }

export interface ContextParts {
  id: string;
  version: string;
  registry: Registry;
  jobs: MemoryJobs;
  http: PluginContext['http'];
  settings: PluginContext['settings'];
  texts: Record<string, string>;
  desk: TestDeskParts;
  mails: SentMail[];
  /** What the desk answers to a mail; queued unless told. */
  mailResult?: ((mail: PluginMail) => MailResult | undefined) | undefined;
  log: LogLine[];
}

/** A `PluginContext` that keeps everything in memory. */
export function memoryContext(parts: ContextParts): PluginContext {
  const { registry } = parts;
  const text = (key: string, values: Record<string, string | number> = {}): string =>
    (parts.texts[key] ?? key).replace(/\{\{\s*(\w+)\s*\}\}/g, (all, name: string) => String(values[name] ?? all));
  return {
    plugin: { id: parts.id, version: parts.version },
    publicUrl: 'https://desk.test',
    ...registrations(registry),
    jobs: parts.jobs.api(),
    emails: {
      template: async (template) => void registry.templates.set(template.id, template),
      send: async (mail) => {
        if (!registry.templates.has(mail.template)) throw new Error(`no template ${mail.template}`);
        if (!parts.mails.some(({ idempotencyKey }) => idempotencyKey === mail.idempotencyKey)) parts.mails.push(structuredClone(mail));
        return parts.mailResult?.(mail) ?? { status: 'queued' };
      },
    },
    store: memoryStore(),
    secrets: memorySecrets(parts.id),
    settings: parts.settings,
    http: parts.http,
    db: memoryDatabase(parts.id),
    ...deskOf(parts.desk),
    i18n: { locales: async () => ['en'], texts: async () => parts.texts },
    t: text,
    log: logInto(parts.log),
    onDispose: (disposer) => void registry.disposers.push(disposer),
  };
}

type Registrations = Pick<PluginContext, 'hooks' | 'routes' | 'realtime' | 'channels' | 'assistants' | 'models' | 'tools' | 'panels' | 'webhooks' | 'search' | 'commands' | 'automation' | 'identity'>;

function registrations(registry: Registry): Registrations {
  const push = <T>(map: Map<string, T[]>, key: string, value: T): void => void map.set(key, [...(map.get(key) ?? []), value]);
  const handle: RealtimeHandle = { toContact: async () => {}, disconnectContact: async () => {}, disconnectSession: async () => {} };
  const automation = async (part: { id: string }): Promise<void> => void registry.automation.set(part.id, part as never);
  return {
    hooks: {
      filter: async (name, handler, options) => push(registry.filters, name, { priority: options?.priority ?? 10, handler: handler as never }),
      guard: async (name, handler, options) => push(registry.guards, name, { priority: options?.priority ?? 10, handler: handler as never }),
      on: async (name, handler) => push(registry.events, name, handler as never),
    },
    routes: { add: async (route) => void registry.routes.push(route as never) },
    realtime: { namespace: async (definition) => { registry.namespaces.set(definition.name, definition as never); return handle; } },
    channels: {
      register: async (provider) => {
        registry.channels.set(provider.id, provider);
        return { receive: async () => { throw new Error('no desk in this test takes messages: give createTestHost what `receive` should answer'); } };
      },
    },
    assistants: { register: async (provider) => void registry.assistants.set(provider.id, provider), runs: async () => ({ data: [], nextCursor: null }) },
    models: {
      register: async (provider) => void registry.models.set(provider.id, provider),
      list: async () => [...registry.models.values()].map(({ id, label, kind }) => ({ id, label, kind })),
      generate: () => { throw new Error('no model of another plugin is in this test'); },
    },
    tools: { register: async (provider) => void registry.tools.set(provider.name, provider as never) },
    panels: { register: async (place, provider) => void registry.panels.set(provider.id, { ...provider, place }) },
    webhooks: { receive: async (receiver) => void registry.webhooks.set(receiver.id, receiver), url: async (id) => `https://desk.test/hooks/test/${id}/token` },
    search: { provider: async (provider) => void registry.search.set(provider.id, provider) },
    commands: { add: async (command) => void registry.commands.set(command.id, command) },
    identity: { register: async (provider) => void registry.identities.set(provider.id, provider) },
    automation: { trigger: automation, condition: automation, action: automation },
  };
}

/** Sealed text tells nothing, and opens only where it was sealed, as in the desk. */
function memorySecrets(pluginId: string): SecretsApi {
  const sealed = new Map<string, { text: string; place: string }>();
  return {
    async seal(text, place) {
      const key = `sealed.${pluginId}.${sealed.size + 1}`;
      sealed.set(key, { text, place });
      return key;
    },
    async open(key, place) {
      const found = sealed.get(key);
      if (found?.place !== place) throw new Error('this was not sealed here');
      return found.text;
    },
  };
}

function memoryStore(): KeyValueStore {
  const values = new Map<string, string>();
  const place = (key: string, scope?: StoreScope): string => `${JSON.stringify(scope ?? null)} ${key}`;
  return {
    async get<T>(key: string, scope?: StoreScope) {
      const value = values.get(place(key, scope));
      return value === undefined ? undefined : JSON.parse(value) as T;
    },
    set: async (key, value, scope) => void values.set(place(key, scope), JSON.stringify(value)),
    delete: async (key, scope) => void values.delete(place(key, scope)),
  };
}

function deskOf(given: TestDeskParts): Required<TestDeskParts> {
  const refusing = (name: string): never => new Proxy({}, {
    get: (_target, call) => (call === 'sessions' ? refusing(`${name}.sessions`) : () => Promise.reject(new Error(`ctx.${name}.${String(call)} was called: give createTestHost a \`desk.${name}\``))),
  }) as never;
  return {
    contacts: given.contacts ?? refusing('contacts'), conversations: given.conversations ?? refusing('conversations'), files: given.files ?? refusing('files'),
    brands: given.brands ?? refusing('brands'), departments: given.departments ?? refusing('departments'), operators: given.operators ?? refusing('operators'),
    knowledge: given.knowledge ?? refusing('knowledge'),
  };
}

function logInto(lines: LogLine[]): PluginLog {
  const at = (level: keyof PluginLog) => (message: string, data?: Record<string, unknown>): void => void lines.push({ level, message, ...(data ? { data } : {}) });
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
