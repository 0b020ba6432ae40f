import type { Phase } from '../../shared/plugins.ts';
import { createPluginContext, type ContextParts } from './context/create-context.ts';
import type { CrashMarks } from './crash-marks.ts';
import type { Discovered } from './discovery.ts';
import type { PluginErrorLog } from './error-log.ts';
import { PluginInstance } from './plugin-instance.ts';
import type { PluginModules } from './plugin-modules.ts';
import type { Plan, Wanted } from './plugin-plan.ts';
import type { PluginRow } from './plugin-state.ts';

export interface LocalState { phase: Phase; stage: string | null; error: string | null; version: string | null }

const setupMs = 10_000;
/** A plugin whose set-up failed is tried again after so long; a person can try at any time. */
const retryMs = 60_000;

/** Starts and ends plugins in this process until it runs what its plan says. One at a time. */
export class PluginLifecycle {
  readonly active = new Map<string, PluginInstance>();
  readonly local = new Map<string, LocalState>();
  readonly #parts: ContextParts;
  readonly #modules: PluginModules;
  readonly #marks: CrashMarks;
  readonly #errors: PluginErrorLog;
  readonly #observe: (id: string, seen: LocalState) => Promise<void>;
  /** When a failed plugin may be tried again, and for which change of its row. */
  readonly #failed = new Map<string, { changedAt: number; retryAt: number }>();

  constructor(deps: { parts: ContextParts; modules: PluginModules; marks: CrashMarks; errors: PluginErrorLog; observe(id: string, seen: LocalState): Promise<void> }) {
    this.#parts = deps.parts;
    this.#modules = deps.modules;
    this.#marks = deps.marks;
    this.#errors = deps.errors;
    this.#observe = deps.observe;
  }

  /** Ends what should not run, in the reverse of its start, then starts what should. */
  async follow(plan: Plan): Promise<void> {
    const wanted = new Map(plan.wanted.map((entry) => [entry.row.id, entry]));
    for (const instance of [...this.active.values()].reverse()) {
      const entry = wanted.get(instance.id);
      if (!entry || entry.found.dir !== instance.found.dir || requiresGone(entry, wanted)) await this.stop(instance.id);
    }
    for (const blocked of plan.blocked) await this.#see(blocked.id, blocked.phase, blocked.stage, blocked.error, blocked.version);
    for (const entry of plan.wanted) if (!this.active.has(entry.row.id) && this.mayTry(entry.row)) await this.#start(entry);
    const known = new Set([...wanted.keys(), ...plan.blocked.map(({ id }) => id), ...plan.pending.map(({ row }) => row.id)]);
    for (const id of this.local.keys()) if (!known.has(id)) this.local.delete(id);
  }

  /** Is there something that failed and may be tried again now? */
  hasRetry(): boolean {
    const now = Date.now();
    return [...this.#failed.values()].some(({ retryAt }) => retryAt <= now);
  }

  async stop(id: string): Promise<void> {
    const instance = this.active.get(id);
    if (!instance) return;
    this.active.delete(id);
    await this.#see(id, 'closing', 'drain', null, instance.version);
    await instance.close((error) => this.#errors.add({ pluginId: id, stage: 'dispose', point: 'dispose', error }));
    await this.#see(id, 'idle', null, null, instance.version);
  }

  degrade(id: string, point: string): void {
    const instance = this.active.get(id);
    if (instance) void this.#see(id, 'degraded', point, 'failed too often and was paused three times within 15 minutes', instance.version);
  }

  /** It did not come up: it is tried again after a minute, or when a person changes something. */
  async failed(row: PluginRow, stage: string, error: unknown, version: string | null): Promise<void> {
    this.#failed.set(row.id, { changedAt: row.changedAt, retryAt: Date.now() + retryMs });
    await this.#see(row.id, 'failed', stage, error instanceof Error ? error.message : String(error), version);
  }

  /** Another process is busy with its once-per-installation steps. */
  async waiting(row: PluginRow, version: string | null): Promise<void> {
    await this.#see(row.id, 'loading', 'install', null, version);
  }

  mayTry(row: PluginRow): boolean {
    const failed = this.#failed.get(row.id);
    return !failed || failed.changedAt !== row.changedAt || failed.retryAt <= Date.now();
  }

  async #start({ row, found, manifest }: Wanted): Promise<void> {
    await this.#see(row.id, 'loading', 'import', null, manifest.version);
    this.#parts.deps.calls.forget(row.id);
    this.#marks.starting(row.id);
    let stage = 'import';
    let instance: PluginInstance | undefined;
    try {
      const absent = Object.keys(manifest.requires).find((id) => !this.active.has(id));
      if (absent) throw new Error(`requires ${absent}, which does not run here`);
      const definition = await this.#modules.load(found, manifest);
      stage = 'setup';
      instance = new PluginInstance(found, manifest, definition, this.#parts.deps.calls);
      await this.#setUp(instance, found);
      this.active.set(row.id, instance);
      this.#failed.delete(row.id);
      await this.#see(row.id, 'active', null, null, manifest.version);
    } catch (error) {
      if (stage === 'import') this.#errors.add({ pluginId: row.id, stage, point: manifest.entry.server ?? '', error });
      await instance?.close(() => {});
      await this.failed(row, stage, error, manifest.version);
    } finally {
      this.#marks.survived(row.id);
    }
  }

  async #setUp(instance: PluginInstance, found: Discovered): Promise<void> {
    instance.onDispose(this.#parts.deps.kernel.i18n.addPlugin(instance.id, found.texts as Record<string, Record<string, string>>));
    const { definition } = instance;
    if (!definition) return;
    const ctx = createPluginContext(instance, this.#parts);
    await instance.call({ point: 'setup', stage: 'setup', timeoutMs: setupMs, hasBreaker: false }, () => definition.setup(ctx));
  }

  async #see(id: string, phase: Phase, stage: string | null, error: string | null, version: string | null): Promise<void> {
    const before = this.local.get(id);
    const seen = { phase, stage, error, version };
    if (before && JSON.stringify(before) === JSON.stringify(seen)) return;
    this.local.set(id, seen);
    const { log } = this.#parts.deps.kernel;
    if (phase === 'failed' || phase === 'degraded' || phase === 'quarantined') log.warn({ plugin: id, phase, stage, error }, 'plugin');
    else log.info({ plugin: id, phase, stage, version }, 'plugin');
    await this.#observe(id, seen);
  }
}

const requiresGone = ({ manifest }: Wanted, wanted: ReadonlyMap<string, Wanted>): boolean => Object.keys(manifest.requires).some((id) => !wanted.has(id));
