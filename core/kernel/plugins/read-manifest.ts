import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { manifestSchema, type ParsedManifest } from '@plugboard/sdk';
import semver from 'semver';
import { emitManifest, importManifest } from './emit-manifest.ts';

/** What a folder says of itself: a manifest to work with, or why there is none. */
export type ManifestResult = { ok: true; manifest: ParsedManifest } | { ok: false; id: string; reason: string };

/** Reads the manifest of a plugin's folder. Never throws: what is wrong with it is told. */
export async function readManifest(dir: string): Promise<ManifestResult> {
  const folderName = basename(dir);
  let raw: unknown;
  try {
    raw = await load(dir);
  } catch (error) {
    return { ok: false, id: folderName, reason: error instanceof Error ? error.message : String(error) };
  }
  const parsed = manifestSchema.safeParse(raw);
  if (parsed.success) return { ok: true, manifest: parsed.data };
  const issue = parsed.error.issues[0];
  const path = issue?.path.join('.') ?? '';
  return { ok: false, id: folderName, reason: `plugin.json: ${path ? `${path}: ` : ''}${issue?.message ?? 'is not valid'}` };
}

async function load(dir: string): Promise<unknown> {
  const json = join(dir, 'plugin.json');
  const source = join(dir, 'manifest.ts');
  if (existsSync(source) && await isNewer(source, json)) {
    // A folder that cannot be written is still a plugin: its manifest is then kept in memory alone.
    return structuredClone(await emitManifest(dir).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code === 'EACCES' || error.code === 'EROFS' || error.code === 'EPERM') return importManifest(dir);
      throw error;
    }));
  }
  if (!existsSync(json)) throw new Error('plugin.json is missing');
  try {
    return JSON.parse(await readFile(json, 'utf8')) as unknown;
  } catch {
    throw new Error('plugin.json is not JSON');
  }
}

async function isNewer(source: string, target: string): Promise<boolean> {
  const [made, emitted] = await Promise.all([stat(source), stat(target).catch(() => null)]);
  return !emitted || made.mtimeMs > emitted.mtimeMs;
}

/** Why this desk cannot run a plugin, found without running any of it; null when it can. */
export function incompatibility(manifest: ParsedManifest, deskVersion: string): string | null {
  const range = manifest.engines.plugboard;
  if (semver.validRange(range) === null) return `engines.plugboard: "${range}" is not a version range`;
  if (!semver.satisfies(deskVersion, range, { includePrerelease: true })) return `needs Plugboard ${range}; this is ${deskVersion}`;
  if (manifest.requires[manifest.id]) return 'requires itself';
  if (manifest.isolation === 'process') return 'asks to run in a process of its own, which this version cannot give it';
  const keys = manifest.settings.map((field) => field.key);
  if (new Set(keys).size !== keys.length) return 'settings: two fields have the same key';
  const stray = manifest.surfaces.find((surface) => !manifest.claims.some((claim) => isBelow(surface.path, claim.path)));
  return stray ? `surfaces: ${stray.path} lies in none of its claims` : null;
}

/** Is `path` the claimed address or below it? */
export const isBelow = (path: string, claim: string): boolean => path === claim || path.startsWith(`${claim}/`);
