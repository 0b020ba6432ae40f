import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { runMigrations } from '../db/migrate.ts';
import { createClusterContext, type ContextParts } from './context/create-context.ts';
import { createDatabaseApi } from './context/database-api.ts';
import { PluginInstance } from './plugin-instance.ts';
import type { PluginModules } from './plugin-modules.ts';
import type { Wanted } from './plugin-plan.ts';
import type { PluginState } from './plugin-state.ts';

const stepMs = 60_000;
const attempts = 3;
const pauseMs = 500;
const lockWaitMs = 30_000;

/** A once-per-installation step that failed, with the name of the step. */
export class ClusterStepFailed extends Error {
  readonly stage: string;
  constructor(stage: string, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'ClusterStepFailed';
    this.stage = stage;
  }
}

/** What is done once for the whole installation: migrations, install or upgrade, activate, deactivate, uninstall. Under a lock, tried three times. */
export class ClusterSteps {
  readonly #state: PluginState;
  readonly #modules: PluginModules;
  readonly #parts: ContextParts;

  constructor(state: PluginState, modules: PluginModules, parts: ContextParts) {
    this.#state = state;
    this.#modules = modules;
    this.#parts = parts;
  }

  /** Everything before the first `setup`. Does nothing when another process was faster. Throws `ClusterStepFailed`. */
  async start(wanted: Wanted): Promise<void> {
    await this.#locked(wanted.row.id, async (signal) => {
      const row = await this.#state.row(wanted.row.id);
      if (row?.desired !== 'active' || row.cluster !== 'starting') return;
      const instance = await this.#instance(wanted);
      await this.#migrate(wanted);
      const { cluster } = instance.definition ?? {};
      const { installedVersion } = row;
      if (installedVersion === null) await this.#step(instance, 'install', signal, cluster?.install);
      else if (installedVersion !== instance.version) {
        await this.#step(instance, 'upgrade', signal, cluster?.upgrade && ((ctx) => cluster.upgrade?.(ctx, installedVersion)));
      }
      await this.#state.save(row.id, { installedVersion: instance.version });
      await this.#step(instance, 'activate', signal, cluster?.activate);
      await this.#state.save(row.id, { cluster: 'on', version: instance.version });
    });
  }

  /** After the last process let go. What the plugin throws is told and stops nothing. */
  async stop(wanted: Pick<Wanted, 'found' | 'manifest'>): Promise<void> {
    const { id } = wanted.manifest;
    await this.#locked(id, async (signal) => {
      const row = await this.#state.row(id);
      if (row?.desired !== 'inactive' || row.cluster === 'off') return;
      await this.#tolerant(wanted, 'deactivate', signal);
      await this.#state.save(id, { cluster: 'off' });
    });
  }

  async uninstall(wanted: Pick<Wanted, 'found' | 'manifest'>): Promise<void> {
    await this.#locked(wanted.manifest.id, (signal) => this.#tolerant(wanted, 'uninstall', signal));
  }

  async #tolerant(wanted: Pick<Wanted, 'found' | 'manifest'>, stage: 'deactivate' | 'uninstall', signal: AbortSignal): Promise<void> {
    try {
      const instance = await this.#instance(wanted);
      await this.#step(instance, stage, signal, instance.definition?.cluster?.[stage], 1);
    } catch (error) {
      this.#parts.deps.kernel.log.warn({ err: error, plugin: wanted.manifest.id, stage }, 'a plugin failed while it was taken down; it is down all the same');
    }
  }

  /** Not an activation: it serves nothing, it only stands behind the context of a step. */
  async #instance({ found, manifest }: Pick<Wanted, 'found' | 'manifest'>): Promise<PluginInstance> {
    try {
      return new PluginInstance(found, manifest, await this.#modules.load(found, manifest), this.#parts.deps.calls);
    } catch (error) {
      throw new ClusterStepFailed('import', error);
    }
  }

  async #migrate({ found, manifest }: Wanted): Promise<void> {
    const path = join(found.dir, 'migrations');
    if (!existsSync(path)) return;
    const { kernel: { db, log, config } } = this.#parts.deps;
    const owner = {
      id: manifest.id, mayDefine: true, others: this.#parts.pluginIds,
      check() { if (!manifest.permissions.includes('db:own')) throw new Error('migrations need the permission db:own'); },
    };
    try {
      await runMigrations({
        db, log, config,
        dirs: [{ pluginId: manifest.id, path, argument: (knex) => createDatabaseApi(owner, { ...db, dialect: db.dialect, knex, transaction: (work) => work(knex as never) }) }],
      });
    } catch (error) {
      throw new ClusterStepFailed('migrate', error);
    }
  }

  async #step(instance: PluginInstance, stage: string, signal: AbortSignal, step: ((ctx: ReturnType<typeof createClusterContext>) => Promise<void> | undefined) | undefined, tries = attempts): Promise<void> {
    if (!step) return;
    for (let attempt = 1; ; attempt += 1) {
      try {
        await instance.call({ point: `cluster.${stage}`, stage, timeoutMs: stepMs, signal, hasBreaker: false },
          (ending) => step(createClusterContext(instance, this.#parts, ending)));
        return;
      } catch (error) {
        if (attempt >= tries || signal.aborted) throw new ClusterStepFailed(stage, error);
        await delay(pauseMs * attempt, undefined, { ref: false });
      }
    }
  }

  async #locked(id: string, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const ran = await this.#parts.deps.kernel.locks.run(`plugin:${id}`, async ({ signal }) => {
      await work(signal);
      return true;
    }, { waitMs: lockWaitMs });
    if (!ran) throw new ClusterStepFailed('lock', new Error('another process has been busy with this plugin for too long'));
  }
}
