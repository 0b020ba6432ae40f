import type { ParsedManifest } from '@plugboard/sdk';
import { createOutbound, type Outbound } from '../http/outbound.ts';
import type { Route } from '../http/route.ts';
import { eventJobs } from '../hooks/event-relay.ts';
import type { OutboxEntry } from '../outbox/outbox.ts';
import { installCrashAttribution } from './crash-attribution.ts';
import { ClaimTable } from './claims.ts';
import { ClusterStepFailed, ClusterSteps } from './cluster-steps.ts';
import type { ContextParts } from './context/create-context.ts';
import { CrashMarks } from './crash-marks.ts';
import type { PluginHostDeps } from './deps.ts';
import { Discovery, type Discovered } from './discovery.ts';
import { PluginErrorLog } from './error-log.ts';
import { watchEventLoop } from './loop-monitor.ts';
import { PluginAdmin } from './plugin-admin.ts';
import type { PluginInstance } from './plugin-instance.ts';
import { PluginLifecycle, type LocalState } from './plugin-lifecycle.ts';
import { PluginModules } from './plugin-modules.ts';
import { makePlan, pickVersion, type PlanRules } from './plugin-plan.ts';
import { PluginSettings } from './plugin-settings.ts';
import { PluginState, type PluginRow } from './plugin-state.ts';
import { pluginText } from './plugin-texts.ts';
import { ProviderRegistry, type Providers } from './providers.ts';
import { reservedAddresses } from './reserved-addresses.ts';
import { describePluginRoute } from './describe-route.ts';
import { changedTopic } from './topics.ts';
import { Webhooks } from './webhooks.ts';

const pollMs = 2_000;
/** Folders are looked at again so often without a change of the desired state. */
const scanMs = 10_000;
/** Switching off is over after this, one way or another. */
const leftMs = 60_000;

export const createPluginHost = (deps: PluginHostDeps): PluginHost => new PluginHost(deps);

/**
 * The plugins of this process. It reads what a person wants, runs that, and tells what it sees; other processes do the
 * same, and the database is all they share. `admin` is the side that people act on.
 */
export class PluginHost {
  readonly deps: PluginHostDeps;
  readonly admin: PluginAdmin;
  readonly settings: PluginSettings;
  readonly webhooks: Webhooks;
  readonly errors: PluginErrorLog;
  readonly state: PluginState;
  readonly outbound: Outbound;
  readonly modules = new PluginModules();
  readonly #providers = new ProviderRegistry();
  readonly #discovery: Discovery;
  readonly #marks: CrashMarks;
  readonly #steps: ClusterSteps;
  readonly #lifecycle: PluginLifecycle;
  readonly #ending: (() => void)[] = [];
  #folders: ReadonlyMap<string, readonly Discovered[]> = new Map();
  #rows: ReadonlyMap<string, PluginRow> = new Map();
  #claims = new ClaimTable([]);
  #generation = -1;
  #scannedAt = 0;
  #isReady = false;
  #isStopped = false;
  #beat = 0;
  /** Passes that run or wait. */
  #queued = 0;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(deps: PluginHostDeps) {
    this.deps = deps;
    const { kernel, calls } = deps;
    const { db, config, log } = kernel;
    this.state = new PluginState(db, config.process);
    this.errors = new PluginErrorLog(db, log, config.process);
    this.settings = new PluginSettings({ settings: kernel.settings, secrets: kernel.secrets, environment: config.environment, log });
    this.webhooks = new Webhooks({ db, jobs: kernel.jobs, secrets: kernel.secrets, publicUrl: () => config.publicUrl });
    this.outbound = createOutbound({ allowPrivateNetwork: config.allowPrivateNetwork });
    this.#discovery = new Discovery(deps.dirs, deps.version);
    this.#marks = new CrashMarks(config.dataDir, config.process);
    const parts: ContextParts = {
      deps, settings: this.settings, outbound: this.outbound, webhooks: this.webhooks, providers: this.#providers,
      pluginIds: () => new Set([...this.#folders.keys(), ...this.#rows.keys()]),
      brandRowId: async (id) => (await db.knex<{ id: number; uid: string }>('brands').where({ uid: id }).first('id'))?.id ?? null,
    };
    const { modules } = this;
    this.#steps = new ClusterSteps(this.state, modules, parts);
    this.#lifecycle = new PluginLifecycle({ parts, modules, marks: this.#marks, errors: this.errors, observe: (id, seen) => this.#observe(id, seen) });
    this.admin = new PluginAdmin(this, this.#steps);
    calls.listen({
      onFailure: (failure) => this.errors.add(failure),
      onDegraded: (id, point) => {
        this.#lifecycle.degrade(id, point);
        this.#tellOperators();
      },
      onBlocking: ({ pluginId, point, ms }) => this.errors.add({ pluginId, stage: 'event-loop', point, error: new Error(`held the event loop for ${ms} ms`) }),
    });
  }

  get providers(): Providers { return this.#providers; }
  get folders(): ReadonlyMap<string, readonly Discovered[]> { return this.#folders; }
  get rows(): ReadonlyMap<string, PluginRow> { return this.#rows; }
  get generation(): number { return this.#generation; }

  /** The activation that serves now. Swapping the entry of this Map is the switch. */
  active(id: string): PluginInstance | undefined { return this.#lifecycle.active.get(id); }
  activeOnes(): PluginInstance[] { return [...this.#lifecycle.active.values()]; }
  local(id: string): LocalState | undefined { return this.#lifecycle.local.get(id); }
  claimOf(path: string) { return this.#claims.find(path); }
  isKnown(id: string): boolean { return this.#folders.has(id) || this.#rows.has(id); }
  isReady(): boolean { return this.#isReady; }

  /** First pass over all plugins, then one look every 2 s. A plugin that fails never fails this. */
  async start(): Promise<void> {
    const { kernel } = this.deps;
    this.#ending.push(
      installCrashAttribution(kernel.log, this),
      watchEventLoop(this.deps.calls, ({ pluginId, point, ms }) => this.errors.add({ pluginId, stage: 'event-loop', point, error: new Error(`was running while the event loop stood still for ${ms} ms`) })),
      kernel.bus.subscribe(changedTopic, () => void this.#tick()),
    );
    await this.state.join();
    await this.reconcile();
    this.#isReady = true;
    const timer = setInterval(() => void this.#tick(), pollMs).unref();
    this.#ending.push(() => clearInterval(timer));
  }

  /** Ends every plugin of this process; what a person wants stays as it is. */
  async stop(): Promise<void> {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#isReady = false;
    for (const end of this.#ending.splice(0)) end();
    await this.#turn;
    await Promise.all(this.activeOnes().reverse().map((instance) => this.#lifecycle.stop(instance.id)));
    await this.errors.flush();
    await this.state.leave();
  }

  /** Brings this process to what is wanted now. Calls wait for each other. */
  reconcile(): Promise<void> {
    this.#queued += 1;
    const next = this.#turn.then(() => this.#follow()).finally(() => { this.#queued -= 1; });
    this.#turn = next.catch((error: unknown) => this.deps.kernel.log.error({ err: error }, 'plugins could not be brought in line'));
    return next;
  }

  /** Reads the folders again. What runs stays what it was, also when another version took its place on disk. */
  async scan(): Promise<ReadonlyMap<string, readonly Discovered[]>> {
    const folders = await this.#discovery.scan();
    for (const { id, found, version } of this.activeOnes()) {
      folders.set(id, (folders.get(id) ?? []).map((other) => (other.dir === found.dir && other.manifest?.version !== version ? found : other)));
    }
    this.#folders = folders;
    this.#scannedAt = Date.now();
    this.#claims = new ClaimTable(claimants(this.#folders, this.#rows));
    return this.#folders;
  }

  release(id: string): void {
    this.#marks.release(id);
  }

  /** One job for each handler of each plugin that listens. */
  async deliver(entry: OutboxEntry): Promise<void> {
    for (const { name, data, id } of eventJobs(entry, this.#listening(entry.name))) await this.deps.kernel.jobs.add(name, data, { id });
  }

  /** What roles can be given by plugins that are known here. */
  abilities(locale = 'en'): { pluginId: string; id: string; label: string }[] {
    return [...this.#folders.values()].flatMap(([found]) => (found?.manifest?.abilities ?? []).map((ability) => (
      { pluginId: found?.id ?? '', id: ability.id, label: pluginText(found?.texts ?? {}, ability.label, locale) })));
  }

  /** Routes of active plugins, for the description of the API. */
  routes(): Route[] {
    return this.activeOnes().flatMap((instance) => instance.routes.list().map((entry) => describePluginRoute(instance.id, entry)));
  }

  planRules(): PlanRules {
    const { config } = this.deps.kernel;
    return { isSafeMode: config.isSafeMode, reserved: reservedAddresses, isQuarantined: (row) => this.#marks.isQuarantined(row.id, row.changedAt) };
  }

  async #tick(): Promise<void> {
    if (this.#isStopped) return;
    try {
      // A pass may take long, when a plugin hangs: the process shows that it lives meanwhile.
      this.#beat += 1;
      if (this.#beat % 2 === 0) await this.state.heartbeat(this.#generation);
      if (this.#queued > 0) return;
      const isDue = await this.state.generation() !== this.#generation || Date.now() - this.#scannedAt > scanMs || this.#lifecycle.hasRetry();
      if (isDue) await this.reconcile();
    } catch (error) {
      this.deps.kernel.log.warn({ err: error }, 'the desired state of plugins could not be read');
    }
  }

  async #follow(): Promise<void> {
    const generation = await this.state.generation();
    this.#rows = await this.state.rows();
    await this.scan();
    let plan = makePlan(this.#rows, this.#folders, this.planRules());
    for (const entry of plan.pending) if (this.#lifecycle.mayTry(entry.row)) await this.#takeUp(entry);
    if (plan.pending.length > 0) {
      this.#rows = await this.state.rows();
      plan = makePlan(this.#rows, this.#folders, this.planRules());
    }
    await this.#lifecycle.follow(plan);
    await this.#noteListeners();
    const hasChanged = generation !== this.#generation;
    this.#generation = generation;
    await this.state.heartbeat(generation);
    for (const row of this.#rows.values()) if (this.#isLeftStopping(row)) await this.admin.finishStop(row.id);
    if (hasChanged) this.#tellOperators();
  }

  #tellOperators(): void {
    this.deps.kernel.realtime.toOperators('plugins:changed', { generation: this.#generation }, () => true);
  }

  /** Once-per-installation steps that an activation, or the process that began them, left undone. */
  async #takeUp(entry: Parameters<ClusterSteps['start']>[0]): Promise<void> {
    const { row, manifest, found } = entry;
    try {
      if (row.cluster !== 'starting') await this.state.save(row.id, { cluster: 'starting', ...(found.isShipped ? { consented: [...manifest.permissions] } : {}) });
      await this.#steps.start(entry);
    } catch (error) {
      const stage = error instanceof ClusterStepFailed ? error.stage : 'install';
      if (stage === 'lock') {
        this.#scannedAt = 0;
        await this.#lifecycle.waiting(row, manifest.version);
        return;
      }
      if (stage === 'import' || stage === 'migrate') this.errors.add({ pluginId: row.id, stage, point: stage, error: (error as ClusterStepFailed).cause });
      await this.#lifecycle.failed(row, stage, error, manifest.version);
    }
  }

  /** The process that switched it off died before `cluster.deactivate`. */
  #isLeftStopping(row: PluginRow): boolean {
    return row.desired === 'inactive' && row.cluster === 'stopping' && row.changedAt < Date.now() - leftMs;
  }

  async #observe(id: string, seen: LocalState): Promise<void> {
    if (!this.#rows.has(id)) return;
    await this.state.observe(id, { ...seen, generation: this.#generation });
  }

  /** Keeps in the database who listens to what, so that a process without the plugin still makes its jobs. */
  async #noteListeners(): Promise<void> {
    for (const instance of this.activeOnes()) {
      const row = this.#rows.get(instance.id);
      if (row && JSON.stringify(row.listens) !== JSON.stringify(instance.added.listens)) await this.state.save(row.id, { listens: instance.added.listens });
    }
  }

  #listening(event: string): Map<string, number> {
    const listening = new Map<string, number>();
    for (const row of this.#rows.values()) {
      const handlers = this.active(row.id)?.added.listens[event] ?? row.listens[event] ?? 0;
      if (row.desired === 'active' && handlers > 0) listening.set(row.id, handlers);
    }
    return listening;
  }
}

/** Plugins whose addresses are answered, active or not: those that came with the desk or were once activated. Active ones count last, and so win. */
function claimants(folders: ReadonlyMap<string, readonly Discovered[]>, rows: ReadonlyMap<string, PluginRow>): ParsedManifest[] {
  const isActive = (id: string): boolean => rows.get(id)?.desired === 'active';
  return [...folders].sort(([a], [b]) => Number(isActive(a)) - Number(isActive(b))).flatMap(([id, versions]) => {
    const row = rows.get(id);
    const found = row ? pickVersion(row, versions) : versions.find((version) => version.isShipped);
    return found?.manifest && found.problem === null ? [found.manifest] : [];
  });
}
