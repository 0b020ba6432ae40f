import type { HttpApi, PluginContext, PluginLog } from './context.ts';
import type { PluginManifest, SettingsOf } from './manifest.ts';

/** Answer of Test connection. `field` is the setting to mend; `message` is a text key or plain text. */
export type SettingsCheck = { ok: true; detail?: string } | { ok: false; field?: string; message: string };

export interface CheckContext { readonly http: HttpApi; readonly log: PluginLog; readonly signal: AbortSignal }

/** What the once-per-installation steps get. They run as a job under a lock, are retried, and must bear a repeat. */
export interface ClusterContext<S> extends Pick<PluginContext<S>, 'plugin' | 'publicUrl' | 'settings' | 'store' | 'http' | 'db' | 'brands' | 'log'> {
  readonly signal: AbortSignal;
  readonly webhooks: Pick<PluginContext['webhooks'], 'url'>;
}

export interface PluginDefinition<M extends PluginManifest = PluginManifest> {
  manifest: M;
  /** Runs in every process at each activation, within 10 s. It only registers. */
  setup(ctx: PluginContext<SettingsOf<M>>): Promise<void> | void;
  checkSettings?(values: SettingsOf<M>, ctx: CheckContext): Promise<SettingsCheck>;
  cluster?: {
    install?(ctx: ClusterContext<SettingsOf<M>>): Promise<void>;
    upgrade?(ctx: ClusterContext<SettingsOf<M>>, from: string): Promise<void>;
    activate?(ctx: ClusterContext<SettingsOf<M>>): Promise<void>;
    deactivate?(ctx: ClusterContext<SettingsOf<M>>): Promise<void>;
    uninstall?(ctx: ClusterContext<SettingsOf<M>>): Promise<void>;
  };
}

/** The default export of a plugin's server entry. */
export function definePlugin<const M extends PluginManifest>(definition: PluginDefinition<M>): PluginDefinition<M> {
  return definition;
}

/**
 * A refusal that the caller is meant to see: `code` is stable, `status` an HTTP status.
 * Anything else that a plugin throws is told as `internal` and kept for its health page.
 */
export class PluginError extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: Record<string, unknown>;
  constructor(code: string, status = 400, details: Record<string, unknown> = {}) {
    super(code);
    this.name = 'PluginError';
    this.code = code;
    this.status = status;
    this.details = details;
  }
}
