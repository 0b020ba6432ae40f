import { manifestSchema } from '../index.ts';
import type {
  CallActor, EventHooks, EventName, FilterHooks, FilterName, GuardHooks, GuardName, HttpMethod, MailResult, PluginContext, PluginDefinition, PluginMail, PluginManifest, PluginResponse, SdkCaller, SettingsCheck, SettingsOf,
} from '../index.ts';
import { memoryContext, type LogLine, type SentMail, type TestDeskParts } from './memory-context.ts';
import { memoryHttp, type TestHttp, type TestRequest } from './memory-http.ts';
import { MemoryJobs } from './memory-jobs.ts';
import { Registry, testCall } from './registry.ts';
import { callRoute, postWebhook } from './test-calls.ts';

export interface TestHostOptions<M extends PluginManifest> {
  plugin: PluginDefinition<M>;
  settings?: Partial<SettingsOf<M>>;
  /** Answers what the plugin asks of the outside; without it everything is a 404. */
  http?: TestHttp;
  clock?: { now(): number };
  /** Texts of the plugin by key. */
  texts?: Record<string, string>;
  desk?: TestDeskParts;
  /** What the desk answers to a mail; `queued` unless told. */
  mailResult?: (mail: PluginMail) => MailResult | undefined;
}

export interface RouteCall { method: HttpMethod; path: string; claim?: string; query?: Record<string, string>; body?: unknown; headers?: Record<string, string>; actor?: CallActor; contactId?: string; /** Who calls a route that the customer's keys open. */ sdk?: SdkCaller }

/** A plugin, set up on a host that keeps everything in memory. */
export interface TestHost {
  readonly ctx: PluginContext;
  readonly registered: Registry;
  readonly requests: TestRequest[];
  readonly mails: SentMail[];
  readonly log: LogLine[];
  readonly jobs: { drain(): Promise<number>; tick(name: string): Promise<void>; readonly waiting: MemoryJobs['waiting'] };
  readonly webhooks: { post(id: string, request: { headers?: Record<string, string>; body: string | Uint8Array }): Promise<{ status: 202 | 401; isRepeated: boolean }> };
  /** Tells the plugin's listeners of an event, one after the other. */
  fire<N extends EventName>(name: N, event: EventHooks[N], eventId?: string): Promise<void>;
  filter<N extends FilterName>(name: N, value: FilterHooks[N]['value'], context: FilterHooks[N]['context']): Promise<FilterHooks[N]['value']>;
  guard<N extends GuardName>(name: N, input: GuardHooks[N]['input']): Promise<{ deny: string } | undefined>;
  request(call: RouteCall): Promise<PluginResponse>;
  changeSettings(values: Record<string, unknown>): Promise<void>;
  checkSettings(values: Record<string, unknown>): Promise<SettingsCheck>;
  dispose(): Promise<void>;
}

/** Sets a plugin up. `dispose` takes it down again as the desk does. */
export async function createTestHost<M extends PluginManifest>(options: TestHostOptions<M>): Promise<TestHost> {
  const { plugin } = options;
  const manifest = manifestSchema.parse(plugin.manifest);
  const registry = new Registry();
  const requests: TestRequest[] = [];
  const mails: SentMail[] = [];
  const log: LogLine[] = [];
  const defaults = Object.fromEntries(manifest.settings.map((field) => [field.key, field.default]));
  let values: Record<string, unknown> = { ...defaults, ...options.settings };
  const watchers: (() => void | Promise<void>)[] = [];
  const jobs = new MemoryJobs(registry, () => options.clock?.now() ?? Date.now());
  const http = memoryHttp(options.http ?? (() => undefined), manifest.permissions, requests);
  const ctx = memoryContext({
    id: manifest.id, version: manifest.version, registry, jobs, http, mails, log, texts: options.texts ?? {}, desk: options.desk ?? {}, mailResult: options.mailResult,
    settings: { get: async () => ({ ...values }), onChange: async (handler) => void watchers.push(handler) },
  });
  await plugin.setup(ctx as never);
  const seenEvents = new Set<string>();
  let fired = 0;
  return {
    ctx, registered: registry, requests, mails, log,
    jobs: { drain: () => jobs.drain(), tick: (name) => jobs.tick(name), waiting: jobs.waiting },
    webhooks: { post: (id, request) => postWebhook(registry, seenEvents, id, request) },
    async fire(name, event, eventId) {
      fired += 1;
      const full = { ...event, eventId: eventId ?? `event-${fired}`, occurredAt: new Date(options.clock?.now() ?? Date.now()).toISOString() };
      for (const handler of registry.events.get(name) ?? []) await handler(full as never, testCall() as never);
    },
    async filter(name, value, context) {
      let current = value;
      for (const { handler } of byPriority(registry.filters.get(name))) current = await handler(structuredClone(current) as never, context as never, testCall() as never) as typeof value;
      return current;
    },
    async guard(name, input) {
      for (const { handler } of byPriority(registry.guards.get(name))) {
        const denial = await handler(input as never, testCall() as never) as { deny: string } | undefined;
        if (denial) return denial;
      }
      return undefined;
    },
    request: (call) => callRoute(registry, call),
    async changeSettings(change) {
      values = { ...values, ...change };
      for (const watcher of watchers) await watcher();
    },
    checkSettings: async (given) => await plugin.checkSettings?.({ ...values, ...given } as never, { http, log: ctx.log, signal: new AbortController().signal }) ?? { ok: true },
    dispose: () => registry.dispose(),
  };
}

const byPriority = <T extends { priority: number }>(handlers: readonly T[] = []): T[] => [...handlers].sort((a, b) => a.priority - b.priority);
