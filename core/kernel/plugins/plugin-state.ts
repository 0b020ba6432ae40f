import type { Phase } from '../../shared/plugins.ts';
import type { Database } from '../db/database.ts';

/** What a person wants of a plugin, and how far the installation as a whole has come. */
export interface PluginRow {
  id: string;
  desired: 'active' | 'inactive';
  version: string | null;
  installedVersion: string | null;
  /** Once-per-installation steps: `starting` and `stopping` are taken up again after a crash. */
  cluster: 'off' | 'starting' | 'on' | 'stopping';
  consented: string[];
  /** Event → number of handlers. */
  listens: Record<string, number>;
  changedAt: number;
}

/** What one process sees of one plugin. */
export interface Observation { phase: Phase; stage: string | null; error: string | null; version: string | null; generation: number }
export interface InstanceRow extends Observation { pluginId: string; process: string; seenAt: number }

interface StoredPlugin { id: string; desired: PluginRow['desired']; version: string | null; installed_version: string | null; cluster_state: PluginRow['cluster']; consented: string; listens: string; changed_at: number | string }
interface StoredInstance { plugin_id: string; process: string; phase: Phase; stage: string | null; error: string | null; version: string | null; generation: number; seen_at: number | string }

/** A process that was not seen for this long is not there any more. */
export const aliveMs = 12_000;

/** Rows of a process that went without a word are kept for a day. */
const forgottenMs = 24 * 60 * 60_000;

/** Row of the process itself, beside those of its plugins. */
const processItself = '';

/** The tables of desired and observed state. Each process writes its own observations only. */
export class PluginState {
  readonly #db: Database;
  readonly process: string;

  constructor(db: Database, process: string) {
    this.#db = db;
    this.process = process;
  }

  async rows(): Promise<Map<string, PluginRow>> {
    const rows = await this.#db.knex<StoredPlugin>('plugins').select('*');
    return new Map(rows.map((row) => [row.id, read(row)]));
  }

  async row(id: string): Promise<PluginRow | undefined> {
    const row = await this.#db.knex<StoredPlugin>('plugins').where({ id }).first();
    return row && read(row);
  }

  /** Writes what changed of a plugin's row, which is made if it is not there. */
  async save(id: string, change: Partial<Omit<PluginRow, 'id'>>): Promise<void> {
    const values = write(change);
    const fresh = { id, desired: 'inactive', cluster_state: 'off', consented: '[]', listens: '{}', changed_at: Date.now(), ...values };
    await this.#db.transaction(async (trx) => {
      const changed = Object.keys(values).length > 0 ? await trx('plugins').where({ id }).update(values) : 0;
      if (changed === 0) await trx('plugins').insert(fresh).onConflict('id').ignore();
    });
  }

  async remove(id: string): Promise<void> {
    await this.#db.transaction(async (trx) => {
      await trx('plugins').where({ id }).delete();
      await trx('plugin_instances').where({ plugin_id: id }).delete();
    });
  }

  async generation(): Promise<number> {
    return (await this.#db.knex<{ id: number; generation: number }>('plugin_generation').where({ id: 1 }).first())?.generation ?? 0;
  }

  /** Tells every process that the desired state changed. Answers the new generation. */
  async bump(): Promise<number> {
    return this.#db.transaction(async (trx) => {
      await trx('plugin_generation').where({ id: 1 }).increment('generation', 1);
      return (await trx<{ id: number; generation: number }>('plugin_generation').where({ id: 1 }).first())?.generation ?? 0;
    });
  }

  async observe(pluginId: string, seen: Observation): Promise<void> {
    await this.#db.knex('plugin_instances')
      .insert({ plugin_id: pluginId, process: this.process, ...seen, seen_at: Date.now() })
      .onConflict(['plugin_id', 'process']).merge(['phase', 'stage', 'error', 'version', 'generation', 'seen_at']);
  }

  /** Enters this process among those that live. What it, or a process long gone, left behind is taken away. */
  async join(): Promise<void> {
    await this.leave();
    await this.#db.knex('plugin_instances').where('seen_at', '<', Date.now() - forgottenMs).delete();
    await this.observe(processItself, { phase: 'active', stage: null, error: null, version: null, generation: -1 });
  }

  /** Marks this process as alive and answering a generation. */
  async heartbeat(generation: number): Promise<void> {
    await this.#db.knex('plugin_instances').where({ process: this.process }).update({ seen_at: Date.now(), generation });
  }

  /** Processes that are alive, with the generation that each has brought itself to. */
  async processes(): Promise<{ process: string; generation: number }[]> {
    return (await this.#read(processItself)).map(({ process, generation }) => ({ process, generation }));
  }

  async leave(): Promise<void> {
    await this.#db.knex('plugin_instances').where({ process: this.process }).delete();
  }

  /** What the living processes see, of one plugin or of all. */
  async instances(pluginId?: string): Promise<InstanceRow[]> {
    return (await this.#read(pluginId)).filter((row) => row.pluginId !== processItself);
  }

  async #read(pluginId: string | undefined): Promise<InstanceRow[]> {
    const alive = this.#db.knex<StoredInstance>('plugin_instances').where('seen_at', '>', Date.now() - aliveMs).orderBy(['plugin_id', 'process']);
    const rows: StoredInstance[] = await (pluginId === undefined ? alive : alive.where({ plugin_id: pluginId }));
    return rows.map((row) => ({
      pluginId: row.plugin_id, process: row.process, phase: row.phase, stage: row.stage, error: row.error,
      version: row.version, generation: row.generation, seenAt: Number(row.seen_at),
    }));
  }
}

function read(row: StoredPlugin): PluginRow {
  return {
    id: row.id, desired: row.desired, version: row.version, installedVersion: row.installed_version, cluster: row.cluster_state,
    consented: JSON.parse(row.consented) as string[], listens: JSON.parse(row.listens) as Record<string, number>, changedAt: Number(row.changed_at),
  };
}

function write(change: Partial<Omit<PluginRow, 'id'>>): Record<string, unknown> {
  const values = {
    desired: change.desired, version: change.version, installed_version: change.installedVersion, cluster_state: change.cluster,
    consented: change.consented && JSON.stringify(change.consented), listens: change.listens && JSON.stringify(change.listens), changed_at: change.changedAt,
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
