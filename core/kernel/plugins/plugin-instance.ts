import { setTimeout as delay } from 'node:timers/promises';
import type { ParsedManifest } from '@plugboard/sdk';
import { unavailable } from '../errors.ts';
import type { Discovered } from './discovery.ts';
import type { CallOptions, PluginCalls } from './plugin-calls.ts';
import type { LoadedPlugin } from './plugin-modules.ts';
import { RouteTable } from './route-table.ts';
import type { BoundWebhook } from './webhooks.ts';

type Disposer = () => void | Promise<void>;
export type PluginCallOptions = Omit<CallOptions, 'pluginId'>;

const drainMs = 15_000;
const disposeMs = 5_000;

/** What a plugin added in this process, for its health page. */
export interface Added { routes: string[]; hooks: string[]; jobs: string[]; providers: string[]; namespaces: string[]; listens: Record<string, number> }

/**
 * One activation of a plugin in this process, from before its `setup` to after its last disposer. Everything it
 * registered hangs on it and goes with it.
 */
export class PluginInstance {
  readonly id: string;
  readonly manifest: ParsedManifest;
  readonly found: Discovered;
  readonly definition: LoadedPlugin | null;
  readonly routes = new RouteTable();
  readonly webhooks = new Map<string, BoundWebhook>();
  readonly added: Added = { routes: [], hooks: [], jobs: [], providers: [], namespaces: [], listens: {} };
  readonly #calls: PluginCalls;
  readonly #permissions: ReadonlySet<string>;
  readonly #intake: Disposer[] = [];
  readonly #disposers: Disposer[] = [];
  readonly #ending = new AbortController();
  #inFlight = 0;
  #onIdle: (() => void) | undefined;
  #state: 'open' | 'closing' | 'closed' = 'open';

  constructor(found: Discovered, manifest: ParsedManifest, definition: LoadedPlugin | null, calls: PluginCalls) {
    this.id = manifest.id;
    this.manifest = manifest;
    this.found = found;
    this.definition = definition;
    this.#calls = calls;
    this.#permissions = new Set(manifest.permissions);
  }

  get version(): string { return this.manifest.version; }
  get isOpen(): boolean { return this.#state === 'open'; }
  get permissions(): ReadonlySet<string> { return this.#permissions; }
  get inFlight(): number { return this.#inFlight; }

  /** Throws when the manifest does not ask for the permission. Writing a noun includes reading it. */
  need(permission: string): void {
    this.live();
    if (this.#permissions.has(permission)) return;
    if (permission.endsWith(':read') && this.#permissions.has(permission.replace(/:read$/, ':write'))) return;
    throw new Error(`plugin ${this.id} needs the permission ${permission} in its manifest`);
  }

  /** Throws once the plugin was disposed: its timers and listeners may outlive it, what they do may not. */
  live(): void {
    if (this.#state === 'closed') throw new Error(`plugin ${this.id} is switched off`);
  }

  /** Calls the plugin's code: counted for draining, refused once it closes. */
  call<T>(options: PluginCallOptions, work: (signal: AbortSignal) => T | Promise<T>): Promise<T> {
    if (!this.isOpen) throw unavailable('plugin_inactive');
    return this.track(() => this.#calls.run({ ...options, pluginId: this.id, signal: anySignal(this.#ending.signal, options.signal) }, work));
  }

  /** Goes on with a call that ran before the plugin began to close: it ends with the plugin's last work, not before. */
  resume<T>(options: PluginCallOptions, work: (signal: AbortSignal) => T | Promise<T>): Promise<T> {
    if (this.#state === 'closed') throw unavailable('plugin_inactive');
    return this.track(() => this.#calls.run({ ...options, pluginId: this.id, signal: anySignal(this.#ending.signal, options.signal) }, work));
  }

  /** Counts work that goes on in the plugin, so that closing waits for it. */
  async track<T>(work: () => T | Promise<T>): Promise<T> {
    this.#inFlight += 1;
    try {
      return await work();
    } finally {
      this.#inFlight -= 1;
      if (this.#inFlight === 0) this.#onIdle?.();
    }
  }

  /** A registration: taken away at once when the plugin closes. */
  onIntakeStop(disposer: Disposer): void {
    this.live();
    this.#intake.push(disposer);
  }

  /** Runs when the plugin is quiet, the last one given first. */
  onDispose(disposer: Disposer): void {
    this.live();
    this.#disposers.push(disposer);
  }

  /** Ends it: no new work, up to 15 s for what runs, then its disposers in reverse, 5 s each. What taking a registration away throws goes to `onError`. */
  async close(onError: (error: unknown) => void): Promise<void> {
    if (this.#state !== 'open') return;
    this.#state = 'closing';
    await bounded(drainMs, async () => {
      await Promise.all(this.#intake.splice(0).reverse().map((disposer) => attempt(disposer, onError)));
      if (this.#inFlight > 0) await new Promise<void>((resolve) => { this.#onIdle = resolve; });
    });
    this.#ending.abort(unavailable('plugin_inactive'));
    for (const disposer of this.#disposers.splice(0).reverse()) {
      // What it throws, or that it hangs, is told by the calls; the next one runs all the same.
      await this.#calls.run({ pluginId: this.id, point: 'dispose', stage: 'dispose', timeoutMs: disposeMs, hasBreaker: false }, disposer).catch(() => {});
    }
    this.#state = 'closed';
  }
}

/** The signals in one; undefined ones are passed over. */
const anySignal = (...signals: (AbortSignal | undefined)[]): AbortSignal => AbortSignal.any(signals.filter((signal) => signal !== undefined));

async function attempt(disposer: Disposer, onError: (error: unknown) => void): Promise<void> {
  try {
    await disposer();
  } catch (error) {
    onError(error);
  }
}

/** Waits for the work, but no longer than `ms`. */
async function bounded(ms: number, work: () => Promise<void>): Promise<void> {
  const timer = new AbortController();
  await Promise.race([work(), delay(ms, undefined, { signal: timer.signal, ref: false }).catch(() => {})]);
  timer.abort();
}
