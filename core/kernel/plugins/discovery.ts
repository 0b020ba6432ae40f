import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pluginIdSchema, type ParsedManifest } from '@plugboard/sdk';
import semver from 'semver';
import { incompatibility, readManifest } from './read-manifest.ts';
import { readPluginTexts, type PluginTexts } from './plugin-texts.ts';

/** One folder with a plugin in it. */
export interface Discovered {
  readonly id: string;
  readonly dir: string;
  /** Came with the desk: trusted as the core is, and started in safe mode too. */
  readonly isShipped: boolean;
  readonly manifest: ParsedManifest | null;
  /** Why it cannot run here; null when it can. */
  readonly problem: string | null;
  readonly texts: PluginTexts;
}

export interface PluginDirs {
  /** `plugins/` of the desk. */
  shipped: string;
  /** Entries of PLUGBOARD_PLUGIN_PATH: a plugin's folder, or one with plugins in it. */
  path: readonly string[];
  /** DATA_DIR/plugins, with `<id>/<version>-<hash8>/`. */
  installed: string;
}

interface Candidate { dir: string; isShipped: boolean; /** Id and version that the folder's place promises. */ expected?: { id: string } }

/**
 * Finds every plugin, version by version. A shipped plugin wins over a folder elsewhere with its id; an id that is
 * no id, or not the one of its folder, is listed as incompatible under the folder's name.
 */
export class Discovery {
  readonly #dirs: PluginDirs;
  readonly #version: string;
  /** By folder, kept as long as nothing in its manifest changed. */
  readonly #known = new Map<string, { stamp: string; found: Discovered }>();

  constructor(dirs: PluginDirs, version: string) {
    this.#dirs = dirs;
    this.#version = version;
  }

  /** All versions of all plugins, newest first, by id. */
  async scan(): Promise<Map<string, Discovered[]>> {
    const byId = new Map<string, Discovered[]>();
    for (const candidate of await this.#candidates()) {
      const found = await this.#read(candidate);
      byId.set(found.id, [...(byId.get(found.id) ?? []), found]);
    }
    for (const [id, versions] of byId) byId.set(id, ranked(versions));
    return byId;
  }

  async #candidates(): Promise<Candidate[]> {
    const candidates: Candidate[] = (await folders(this.#dirs.shipped)).map((dir) => ({ dir, isShipped: true }));
    for (const entry of this.#dirs.path) {
      const dirs = await isPluginFolder(entry) ? [resolve(entry)] : await folders(entry);
      candidates.push(...dirs.map((dir) => ({ dir, isShipped: false })));
    }
    for (const dir of await folders(this.#dirs.installed)) {
      const id = dir.slice(dir.lastIndexOf('/') + 1);
      candidates.push(...(await folders(dir)).map((version) => ({ dir: version, isShipped: false, expected: { id } })));
    }
    return candidates;
  }

  async #read(candidate: Candidate): Promise<Discovered> {
    const stamp = await stampOf(candidate.dir);
    const known = this.#known.get(candidate.dir);
    if (known?.stamp === stamp) return known.found;
    const found = await describe(candidate, this.#version);
    this.#known.set(candidate.dir, { stamp: await stampOf(candidate.dir), found });
    return found;
  }
}

async function describe({ dir, isShipped, expected }: Candidate, version: string): Promise<Discovered> {
  const result = await readManifest(dir);
  const texts = await readPluginTexts(dir);
  if (!result.ok) {
    const id = expected?.id ?? result.id;
    return { id: pluginIdSchema.safeParse(id).success ? id : harmlessId(id), dir, isShipped, manifest: null, problem: result.reason, texts };
  }
  const { manifest } = result;
  const problem = expected && expected.id !== manifest.id
    ? `its folder is named ${expected.id}, its manifest says ${manifest.id}`
    : incompatibility(manifest, version);
  return { id: expected?.id ?? manifest.id, dir, isShipped, manifest, problem, texts };
}

/** A name to list a plugin under whose own is not fit for addresses and tables. */
const harmlessId = (name: string): string => `unnamed-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;

/** Shipped first, then what can run, then the newest. Others under the id of a shipped plugin are told to be in the way. */
function ranked(versions: readonly Discovered[]): Discovered[] {
  const shipped = versions.find((version) => version.isShipped);
  const all = versions.map((version) => (!shipped || version.isShipped ? version : { ...version, problem: 'a plugin that comes with the desk has this id' }));
  const rank = (version: Discovered): number => (version.isShipped ? 0 : version.problem === null ? 1 : 2);
  return all.sort((a, b) => rank(a) - rank(b) || semver.rcompare(a.manifest?.version ?? '0.0.0', b.manifest?.version ?? '0.0.0'));
}

async function folders(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith('.') && entry.name !== 'node_modules')
    .map((entry) => join(dir, entry.name)).sort();
}

const exists = (path: string): Promise<boolean> => stat(path).then(() => true, () => false);
const isPluginFolder = async (dir: string): Promise<boolean> => await exists(join(dir, 'plugin.json')) || await exists(join(dir, 'manifest.ts'));

async function stampOf(dir: string): Promise<string> {
  const stamps = await Promise.all(['plugin.json', 'manifest.ts', 'locales'].map((name) => stat(join(dir, name)).then((info) => info.mtimeMs, () => 0)));
  return stamps.join(' ');
}
