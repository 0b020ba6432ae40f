import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import type { Middleware } from 'koa';
import { createActionContext } from './kernel/action-context.ts';
import type { Config } from './kernel/config/config.ts';
import type { Kernel } from './kernel/context.ts';
import { closeKernel, createKernel, type BuiltKernel } from './kernel/create-kernel.ts';
import { closeServer, unusedConnections } from './kernel/http/close-server.ts';
import { createHttpApp } from './kernel/http/http-app.ts';
import { Idempotency } from './kernel/http/idempotency.ts';
import { HttpMetrics } from './kernel/http/metrics.ts';
import { mountRoutes } from './kernel/http/mount-routes.ts';
import { RateLimits } from './kernel/http/rate-limit.ts';
import { SdkCallers } from './kernel/http/sdk-callers.ts';
import type { Route } from './kernel/http/route.ts';
import type { Module } from './kernel/module.ts';
import { pluginHttp } from './kernel/plugins/http.ts';
import { createPluginHost, type PluginHost } from './kernel/plugins/plugin-host.ts';
import { system, type Actor } from './kernel/policy/actor.ts';
import { createAssistantsModule } from './modules/assistants/index.ts';
import { attachmentsModule } from './modules/attachments/index.ts';
import { auditModule } from './modules/audit/index.ts';
import { brandsModule } from './modules/brands/index.ts';
import { createChannelsModule, createPluginServices } from './modules/channels/index.ts';
import { companiesModule } from './modules/companies/index.ts';
import { contactsModule } from './modules/contacts/index.ts';
import { contextModule } from './modules/context/index.ts';
import { conversationsModule } from './modules/conversations/index.ts';
import { departmentsModule } from './modules/departments/index.ts';
import { deskSettingsModule } from './modules/desk-settings/index.ts';
import { createEmailTemplatesModule } from './modules/email-templates/index.ts';
import { helpCentreApp } from './modules/help-centre/index.ts';
import { identityModule } from './modules/identity/index.ts';
import { knowledgeModule } from './modules/knowledge/index.ts';
import { knowledgeSourcesModule } from './modules/knowledge-sources/index.ts';
import { mailLogModule } from './modules/mail-log/index.ts';
import { messagesModule } from './modules/messages/index.ts';
import { notificationsModule } from './modules/notifications/index.ts';
import { operatorsModule } from './modules/operators/index.ts';
import { createPluginsModule, setupDepsOf } from './modules/plugins/index.ts';
import { presenceModule } from './modules/presence/index.ts';
import { createRetrievalModule } from './modules/retrieval/index.ts';
import { createRolesModule } from './modules/roles/index.ts';
import { createSdkApiModule } from './modules/sdk-api/index.ts';
import { createSessionsModule, loadSession, resolveSession } from './modules/sessions/index.ts';
import { createSetupModule, prepareSetup } from './modules/setup/index.ts';
import { adminApp, apiDocsApp, systemEndpoints, systemRoutes, type SystemDeps } from './modules/surfaces/index.ts';
import { noteLeak, resolveApiToken, resolveServerKey, tokensModule } from './modules/tokens/index.ts';
import { createToolsModule, turnToolbox } from './modules/tools/index.ts';

const root = join(import.meta.dirname, '..');

export interface Desk {
  readonly kernel: Kernel;
  readonly plugins: PluginHost;
  readonly url: string;
  /** Every route there is now, those of active plugins too. */
  routes(): readonly Route[];
  /** Finishes what runs, within 10 s, and lets go of everything. */
  stop(): Promise<void>;
}

const drainMs = 10_000;

interface Running { built: BuiltKernel; host: PluginHost; modules: readonly Module[]; server: Server; unused: ReadonlySet<Socket>; isStopping: boolean; isReady: boolean }

/** The plugin host is made after the modules that ask it; they get it through this. */
interface HostSlot { host: PluginHost | undefined }

/** Every module of the desk, listed once. */
function listModules(config: Config, slot: HostSlot): Module[] {
  const host = (): PluginHost => {
    if (!slot.host) throw new Error('the plugin host is not there yet');
    return slot.host;
  };
  return [
    brandsModule,
    departmentsModule,
    createRolesModule({ listAbilities: (ctx) => host().abilities(ctx.locale) }),
    operatorsModule,
    createSessionsModule({ redisUrl: config.redisUrl }),
    tokensModule,
    auditModule,
    deskSettingsModule,
    mailLogModule,
    createEmailTemplatesModule(() => host().providers),
    createSetupModule(setupDepsOf(host)),
    contactsModule,
    companiesModule,
    contextModule,
    attachmentsModule,
    messagesModule,
    conversationsModule,
    identityModule,
    presenceModule,
    notificationsModule,
    createRetrievalModule(() => host().providers),
    knowledgeModule,
    knowledgeSourcesModule,
    createToolsModule(() => host().providers),
    createAssistantsModule(() => host().providers, turnToolbox),
    createChannelsModule(() => host().providers),
    createSdkApiModule(),
    createPluginsModule(host),
  ];
}

/** Builds the desk, starts it and serves it. Throws when it cannot; a database that is away is waited for. */
export async function startDesk(config: Config): Promise<Desk> {
  const version = (JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }).version;
  const slot: HostSlot = { host: undefined };
  const modules = listModules(config, slot);
  const built = await createKernel({
    config,
    migrations: join(root, 'migrations'),
    locales: join(root, 'locales'),
    hooks: modules.flatMap((module) => (module.hooks ? [module.hooks] : [])),
    policies: modules.flatMap((module) => (module.policies ? [module.policies] : [])),
    resolveOperator: loadSession,
  });
  const { kernel } = built;
  const sdk = sdkCallers(kernel, slot);
  const host = createPluginHost({
    kernel, hooks: built.hooks, calls: built.calls, version,
    services: createPluginServices(kernel), sdk,
    dirs: { shipped: join(root, 'plugins'), path: config.pluginPath, installed: join(config.dataDir, 'plugins') },
  });
  slot.host = host;
  kernel.search.from(() => host.providers.list('search')[0]?.provider ?? null);
  const server = createServer();
  const running: Running = { built, host, modules, server, unused: unusedConnections(server), isStopping: false, isReady: false };
  const machines: SystemDeps = {
    kernel, version,
    metrics: new HttpMetrics(),
    notReady: () => notReady(running),
    allRoutes: () => routes(),
  };
  const coreRoutes = [...modules.flatMap((module) => module.routes ?? []), ...systemRoutes(machines)];
  const routes = (): Route[] => [...coreRoutes, ...host.routes()];
  running.server.on('request', requestListener(running, machines, coreRoutes, sdk));
  kernel.realtime.attach(running.server);
  await startModules(running);
  const url = await listen(running);
  await prepare(running, url, setupDepsOf(() => host));
  return { kernel, plugins: host, url, routes, stop: () => stop(running) };
}

/** Who calls `/api/sdk`: pages, by keys that plugins vouch for, and servers, by keys of the desk. */
const sdkCallers = (kernel: Kernel, slot: HostSlot): SdkCallers => new SdkCallers({
  log: kernel.log,
  publicUrl: () => kernel.config.publicUrl,
  identities: () => slot.host?.providers.list('identity') ?? [],
  serverKey: (token) => resolveServerKey(kernel, token),
  onLeak: (key, origin) => void noteLeak(createActionContext(kernel, system), key, origin)
    .catch((error: unknown) => kernel.log.warn({ err: error }, 'a leaked key could not be noted')),
});

/** One pipeline: machines' addresses, the API, the plugins' addresses, then the pages. A worker answers machines only. */
function requestListener(running: Running, machines: SystemDeps, routes: readonly Route[], sdk: SdkCallers) {
  const { kernel } = running.built;
  const api = mountRoutes(routes, {
    kernel, limits: new RateLimits(), idempotency: new Idempotency(kernel), isSecure: kernel.config.publicUrl.startsWith('https:'), sdk,
  });
  const served: Middleware[] = kernel.config.role === 'worker' ? [] : [
    api, pluginHttp(running.host), adminApp(kernel, join(root, 'dist', 'admin')),
    apiDocsApp(kernel, join(root, 'dist', 'api-docs')), helpCentreApp(kernel, join(root, 'dist', 'portal')),
  ];
  const app = createHttpApp({
    kernel,
    metrics: machines.metrics,
    authenticator: {
      session: (token): Promise<Actor | null> => resolveSession(kernel, token),
      bearer: (token): Promise<Actor | null> => resolveApiToken(kernel, token),
    },
    isStopping: () => running.isStopping,
    middleware: [systemEndpoints(machines), ...served],
  });
  return app.callback();
}

async function startModules({ built: { kernel }, host, modules }: Running): Promise<void> {
  const context = (actor: Actor = system) => createActionContext(kernel, actor);
  const broadcasts = new Map(modules.flatMap((module) => Object.entries(module.broadcasts ?? {})));
  kernel.outbox.onBroadcast(async (entry) => { await broadcasts.get(entry.name)?.(entry, context()); });
  kernel.outbox.onEvent((entry) => host.deliver(entry));
  for (const module of modules) await module.start?.(kernel, context);
  kernel.jobs.schedule('idempotency.prune', '43 3 * * *', () => new Idempotency(kernel).prune());
  await host.start();
  await kernel.outbox.start();
  if (kernel.config.role !== 'web') await kernel.jobs.start();
}

async function listen({ built: { kernel }, server }: Running): Promise<string> {
  const { config } = kernel;
  server.headersTimeout = 15_000;
  server.requestTimeout = 60_000;
  server.keepAliveTimeout = 65_000;
  server.maxHeadersCount = 100;
  server.listen(config.port, config.host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  if (!config.isPublicUrlSet) config.publicUrl = `http://localhost:${port}`;
  return `http://${config.host === '0.0.0.0' || config.host === '::' ? 'localhost' : config.host}:${port}`;
}

/** First boot, then the lines that a person at the terminal waits for. */
async function prepare(running: Running, url: string, setup: ReturnType<typeof setupDepsOf>): Promise<void> {
  const { kernel } = running.built;
  const first = await prepareSetup(kernel, setup);
  running.isReady = true;
  kernel.log.info({ url, role: kernel.config.role, database: kernel.db.dialect }, 'the desk is up');
  if (kernel.config.mode === 'test') return;
  process.stdout.write(`\n  Plugboard is up: ${kernel.config.publicUrl}/admin\n`);
  if (first) process.stdout.write(`  Set it up with this one-time link: ${first.setupUrl}\n`);
  process.stdout.write('\n');
}

async function notReady({ built: { kernel }, host, isReady, isStopping }: Running): Promise<string[]> {
  if (isStopping) return ['stopping'];
  const reasons = isReady ? [] : ['starting'];
  if (!(await kernel.db.ping())) reasons.push('database');
  if (!host.isReady()) reasons.push('plugins');
  return reasons;
}

/** No new work, a word to open sockets, time for what runs, then everything is closed. */
async function stop(running: Running): Promise<void> {
  if (running.isStopping) return;
  running.isStopping = true;
  const { built: { kernel }, server, unused, host, modules } = running;
  await kernel.realtime.drain(2);
  const closed = closeServer(server, unused, drainMs);
  await host.stop();
  for (const module of [...modules].reverse()) await module.stop?.(kernel);
  await closeKernel(kernel, drainMs);
  await closed;
}
