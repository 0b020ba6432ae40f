import type { ClusterContext, PluginContext, PluginLog, SettingsApi } from '@plugboard/sdk';
import type { Log } from '../../log/log.ts';
import type { Outbound } from '../../http/outbound.ts';
import type { PluginHostDeps } from '../deps.ts';
import type { PluginInstance } from '../plugin-instance.ts';
import type { ProviderRegistry } from '../providers.ts';
import { settingsScope, type PluginSettings } from '../plugin-settings.ts';
import type { Webhooks } from '../webhooks.ts';
import { createDatabaseApi, ownerOf } from './database-api.ts';
import { createDeskApi } from './desk-api.ts';
import { createEmailsApi } from './emails-api.ts';
import { createHooksApi } from './hooks-api.ts';
import { createHttpApi } from './http-api.ts';
import { createJobsApi } from './jobs-api.ts';
import { createProviderApis } from './provider-apis.ts';
import { createRealtimeApi } from './realtime-api.ts';
import { createRoutesApi } from './routes-api.ts';
import { createSecretsApi } from './secrets-api.ts';
import { createStoreApi } from './store-api.ts';
import { createWebhooksApi } from './webhooks-api.ts';

/** What the contexts of all plugins share. */
export interface ContextParts {
  deps: PluginHostDeps;
  settings: PluginSettings;
  outbound: Outbound;
  webhooks: Webhooks;
  /** Ids of all plugins that are known. */
  pluginIds(): Iterable<string>;
  /** Internal id of a brand. */
  brandRowId(id: string): Promise<number | null>;
  providers: ProviderRegistry;
}

/** Everything one activation of a plugin can do. */
export function createPluginContext(instance: PluginInstance, parts: ContextParts): PluginContext {
  const { kernel, services } = parts.deps;
  const { receive, runs, ...desk } = createDeskApi(instance, services);
  const text = (key: string, values?: Record<string, string | number>, locale?: string): string =>
    kernel.i18n.t(`plugin.${instance.id}:${key}`, locale ?? 'en', values);
  return {
    ...commonContext(instance, parts),
    ...desk,
    hooks: createHooksApi(instance, parts.deps),
    routes: createRoutesApi(instance),
    realtime: createRealtimeApi(instance, kernel.realtime),
    jobs: createJobsApi(instance, kernel.jobs),
    ...createProviderApis(instance, parts.providers, { receive, runs }),
    secrets: createSecretsApi(instance, kernel.secrets),
    webhooks: createWebhooksApi(instance, parts.webhooks),
    emails: createEmailsApi(instance, parts.providers, services),
    i18n: {
      locales: async () => kernel.i18n.locales(),
      texts: async (locale, namespace) => kernel.i18n.texts(locale, namespace),
    },
    t: text,
    onDispose: (disposer) => instance.onDispose(disposer),
  };
}

/** What the once-per-installation steps get. */
export function createClusterContext(instance: PluginInstance, parts: ContextParts, signal: AbortSignal): ClusterContext<Record<string, unknown>> {
  const { brands } = createDeskApi(instance, parts.deps.services);
  const webhooks = { url: async (id: string) => parts.webhooks.url(instance.id, id) };
  return { ...commonContext(instance, parts, signal), brands, webhooks, signal };
}

function commonContext(instance: PluginInstance, parts: ContextParts, signal?: AbortSignal) {
  const { kernel } = parts.deps;
  return {
    plugin: { id: instance.id, version: instance.version },
    get publicUrl() { return kernel.config.publicUrl; },
    settings: settingsApi(instance, parts),
    store: createStoreApi(instance, kernel.db),
    http: createHttpApi(instance.permissions, parts.outbound, kernel.config.allowPrivateNetwork, () => instance.live(), signal),
    db: createDatabaseApi(ownerOf(instance, parts.pluginIds), kernel.db),
    log: pluginLog(kernel.log, instance.id),
  };
}

function settingsApi(instance: PluginInstance, parts: ContextParts): SettingsApi<Record<string, unknown>> {
  const { brandRowId, deps: { kernel } } = parts;
  return {
    async get(brandId) {
      instance.live();
      const row = brandId === undefined ? 0 : await brandRowId(brandId) ?? 0;
      return parts.settings.values(instance.manifest, row);
    },
    async onChange(handler) {
      instance.onIntakeStop(kernel.settings.onChange(settingsScope(instance.id), () => {
        if (!instance.isOpen) return;
        // Told to the health page by the call itself.
        instance.call({ point: 'settings.onChange', stage: 'settings', timeoutMs: 10_000 }, () => handler()).catch(() => {});
      }));
    },
  };
}

/** The plugin's lines in the desk's log, each with its name. */
export function pluginLog(log: Log, id: string): PluginLog {
  const own = log.child({ plugin: id });
  return {
    debug: (message, data) => own.debug(data ?? {}, message),
    info: (message, data) => own.info(data ?? {}, message),
    warn: (message, data) => own.warn(data ?? {}, message),
    error: (message, data) => own.error(data ?? {}, message),
  };
}
