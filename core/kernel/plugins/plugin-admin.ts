import { setTimeout as delay } from 'node:timers/promises';
import type { ParsedManifest, SettingsCheck } from '@plugboard/sdk';
import { conflict, notFound } from '../errors.ts';
import type { ClusterSteps } from './cluster-steps.ts';
import { pluginLog } from './context/create-context.ts';
import { createHttpApi } from './context/http-api.ts';
import { conflictingClaim } from './claims.ts';
import type { Discovered } from './discovery.ts';
import { removePluginData, removePluginFolders } from './plugin-data.ts';
import type { PluginHost } from './plugin-host.ts';
import { isPluginRefusal } from './plugin-refusal.ts';
import { pickVersion, requirementProblem, unconsented } from './plugin-plan.ts';
import type { PluginRow } from './plugin-state.ts';
import { changedTopic } from './topics.ts';

const everywhereMs = 20_000;
const lookMs = 100;
const checkMs = 20_000;

export interface Runnable { found: Discovered; manifest: ParsedManifest }

/** What a person does to plugins. Each act answers after it took effect on every process that lives. */
export class PluginAdmin {
  readonly #host: PluginHost;
  readonly #steps: ClusterSteps;

  constructor(host: PluginHost, steps: ClusterSteps) {
    this.#host = host;
    this.#steps = steps;
  }

  /** Switches on, or to the newest version that is there. Throws 409 for what stands in the way. */
  async activate(id: string, consent: readonly string[]): Promise<void> {
    const { state } = this.#host;
    const { manifest } = await this.#newest(id);
    const row = await state.row(id);
    const consented = [...new Set([...(row?.consented ?? []), ...consent])].filter((permission) => manifest.permissions.includes(permission)).sort();
    const missing = unconsented({ consented }, manifest);
    if (missing.length > 0) throw conflict('consent_required', { permissions: missing });
    await this.#checkNeighbours(manifest);
    const isRunning = row?.desired === 'active' && row.cluster === 'on' && row.installedVersion === manifest.version;
    await state.save(id, { desired: 'active', version: manifest.version, consented, cluster: isRunning ? 'on' : 'starting', changedAt: Date.now() });
    await this.#everywhere();
  }

  /** Switches off. Succeeds whatever the plugin does. */
  async deactivate(id: string): Promise<void> {
    const { state } = this.#host;
    const row = await state.row(id);
    if (!row && !this.#host.isKnown(id)) throw notFound('plugin');
    const dependents = await this.#dependents(id);
    if (dependents.length > 0) throw conflict('plugin_required', { plugins: dependents });
    if (!row) return;
    if (row.desired === 'active') await state.save(id, { desired: 'inactive', cluster: row.cluster === 'off' ? 'off' : 'stopping', changedAt: Date.now() });
    await this.#everywhere();
    await this.finishStop(id);
  }

  /** `cluster.deactivate`, after the last process let go. */
  async finishStop(id: string): Promise<void> {
    const runnable = await this.#runnable(id);
    if (runnable) await this.#steps.stop(runnable);
    else await this.#host.state.save(id, { cluster: 'off' });
  }

  /** Forgets a plugin that is off. Its tables, settings and values stay unless `deleteData`. */
  async remove(id: string, deleteData: boolean): Promise<void> {
    const { state, deps } = this.#host;
    const row = await state.row(id);
    if (row?.desired === 'active') throw conflict('plugin_active');
    if (!row && !this.#host.isKnown(id)) throw notFound('plugin');
    const runnable = await this.#runnable(id);
    if (runnable && row && row.installedVersion !== null) await this.#steps.uninstall(runnable);
    if (deleteData) {
      await removePluginData(deps.kernel, id, [...this.#host.rows.keys(), ...this.#host.folders.keys()]);
      await this.#host.settings.forget(id);
    }
    await removePluginFolders(deps.dirs, id);
    await state.remove(id);
    await this.#host.errors.clear(id);
    await this.#everywhere();
  }

  /** Lets a quarantined plugin start again, on every process. */
  async release(id: string): Promise<void> {
    const row = await this.#host.state.row(id);
    if (!row) throw notFound('plugin');
    this.#host.release(id);
    await this.#host.state.save(id, { changedAt: Date.now() });
    await this.#everywhere();
  }

  /** Test connection, on values that are not saved. */
  async check(id: string, values: Record<string, unknown>, brandId: number): Promise<SettingsCheck> {
    const { deps, settings } = this.#host;
    const { found, manifest } = await this.#newest(id);
    const row = await this.#host.state.row(id);
    if (!found.isShipped && unconsented({ consented: row?.consented ?? [] }, manifest).length > 0) throw conflict('consent_required', { permissions: manifest.permissions });
    const merged = await settings.unsaved(manifest, values, brandId);
    const definition = await this.#host.modules.load(found, manifest);
    if (!definition?.checkSettings) return { ok: true };
    const { kernel, calls } = deps;
    try {
      return await calls.run({ pluginId: id, point: 'checkSettings', stage: 'settings', timeoutMs: checkMs, hasBreaker: false, isRefusal: isPluginRefusal }, async (signal) => {
        const http = createHttpApi(manifest.permissions, this.#host.outbound, kernel.config.allowPrivateNetwork, () => signal.throwIfAborted(), signal);
        return await definition.checkSettings?.(merged, { http, log: pluginLog(kernel.log, id), signal }) ?? { ok: true };
      });
    } catch (error) {
      return { ok: false, message: error instanceof Error ? error.message : String(error) };
    }
  }

  /** Newest version that this desk can run. */
  async #newest(id: string): Promise<Runnable> {
    const [found] = (await this.#host.scan()).get(id) ?? [];
    if (!found) throw notFound('plugin');
    if (!found.manifest || found.problem) throw conflict('plugin_incompatible', { reason: found.problem ?? 'has no manifest' });
    return { found, manifest: found.manifest };
  }

  async #runnable(id: string): Promise<Runnable | undefined> {
    const row = await this.#host.state.row(id);
    const found = row && pickVersion(row, this.#host.folders.get(id) ?? []);
    return found?.manifest && !found.problem ? { found, manifest: found.manifest } : undefined;
  }

  async #checkNeighbours(manifest: ParsedManifest): Promise<void> {
    const rows = await this.#host.state.rows();
    const active = [...rows.values()].filter((row) => row.desired === 'active' && row.id !== manifest.id);
    const others = active.flatMap((row) => pickVersion(row, this.#host.folders.get(row.id) ?? [])?.manifest ?? []);
    const missing = requirementProblem(manifest, others);
    if (missing) throw conflict('plugin_requires', { reason: missing });
    const claim = conflictingClaim(manifest, others, this.#host.planRules().reserved);
    if (claim) throw conflict('plugin_claims', { reason: claim });
  }

  async #dependents(id: string): Promise<string[]> {
    const rows: PluginRow[] = [...(await this.#host.state.rows()).values()];
    return rows.filter((row) => row.desired === 'active' && pickVersion(row, this.#host.folders.get(row.id) ?? [])?.manifest?.requires[id] !== undefined).map((row) => row.id);
  }

  /** Tells every process, does this one's part, and waits for the others. One that does not answer is told by its row. */
  async #everywhere(): Promise<void> {
    const { state, deps } = this.#host;
    const generation = await state.bump();
    await deps.kernel.bus.publish(changedTopic, { generation });
    await this.#host.reconcile();
    const deadline = Date.now() + everywhereMs;
    while (Date.now() < deadline) {
      if ((await state.processes()).every((process) => process.generation >= generation)) return;
      await delay(lookMs);
    }
  }
}
