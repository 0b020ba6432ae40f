import semver from 'semver';
import type { ParsedManifest } from '@plugboard/sdk';
import type { Phase } from '../../shared/plugins.ts';
import { conflictingClaim } from './claims.ts';
import type { Discovered } from './discovery.ts';
import type { PluginRow } from './plugin-state.ts';

export interface Wanted { row: PluginRow; found: Discovered; manifest: ParsedManifest }
export interface Blocked { id: string; phase: Phase; stage: string | null; error: string | null; version: string | null }
export interface Plan { /** In the order to start them: what is required comes first. */ wanted: Wanted[]; blocked: Blocked[]; /** Once-per-installation steps to take first. */ pending: Wanted[] }

export interface PlanRules {
  isSafeMode: boolean;
  reserved: readonly string[];
  isQuarantined(row: PluginRow): boolean;
}

/**
 * What this process should run, out of what a person wants and what is on its disk. A shipped plugin that asks for more goes
 * on: who replaced the desk by a newer one agreed to what came with it.
 */
export function makePlan(rows: ReadonlyMap<string, PluginRow>, folders: ReadonlyMap<string, readonly Discovered[]>, rules: PlanRules): Plan {
  const blocked: Blocked[] = [];
  const pending: Wanted[] = [];
  const candidates = new Map<string, Wanted>();
  for (const row of rows.values()) {
    const found = pickVersion(row, folders.get(row.id) ?? []);
    const block = (phase: Phase, stage: string | null, error: string | null): void =>
      void blocked.push({ id: row.id, phase, stage, error, version: found?.manifest?.version ?? row.version });
    if (row.desired === 'inactive') block(found ? 'idle' : 'missing', null, null);
    else if (!found) block('missing', 'discovery', 'its folder is gone');
    else if (!found.manifest || found.problem) block('incompatible', 'compatibility', found.problem ?? 'has no manifest');
    else if (rules.isSafeMode && !found.isShipped) block('idle', 'safe-mode', 'not started: the desk is in safe mode');
    else if (rules.isQuarantined(row)) block('quarantined', 'start', 'the process died twice while it was being started');
    else if (!found.isShipped && unconsented(row, found.manifest).length > 0) block('incompatible', 'consent', `asks for more: ${unconsented(row, found.manifest).join(', ')}`);
    else if (row.cluster === 'starting' || isUpgrade(row, found.manifest)) pending.push({ row, found, manifest: found.manifest });
    else candidates.set(row.id, { row, found, manifest: found.manifest });
  }
  return { wanted: order(candidates, rules.reserved, blocked), blocked, pending };
}

/** Never the other way: while processes are replaced one by one, the old ones see a newer installed version. */
const isUpgrade = (row: PluginRow, manifest: ParsedManifest): boolean => row.installedVersion === null || semver.gt(manifest.version, row.installedVersion);

/** The version that was activated; for a shipped plugin whatever version came with this desk. */
export function pickVersion(row: PluginRow, versions: readonly Discovered[]): Discovered | undefined {
  return versions.find((version) => version.isShipped) ?? versions.find((version) => version.manifest?.version === row.version) ?? versions[0];
}

export const unconsented = (row: Pick<PluginRow, 'consented'>, manifest: ParsedManifest): string[] =>
  manifest.permissions.filter((permission) => !row.consented.includes(permission));

/** Depth first over `requires`; who stands in a cycle, or on something that does not run, is blocked. */
function order(candidates: ReadonlyMap<string, Wanted>, reserved: readonly string[], blocked: Blocked[]): Wanted[] {
  const done = new Map<string, Wanted | null>();
  const ordered: Wanted[] = [];
  const refuse = (wanted: Wanted, stage: string, error: string): null => {
    blocked.push({ id: wanted.row.id, phase: 'incompatible', stage, error, version: wanted.manifest.version });
    return null;
  };
  const visit = (id: string, above: readonly string[]): Wanted | null => {
    const seen = done.get(id);
    if (seen !== undefined) return seen;
    const wanted = candidates.get(id);
    if (!wanted) return null;
    const missing = Object.entries(wanted.manifest.requires).map(([other, range]) => unmet(other, range, [...above, id], visit)).find((problem) => problem !== null);
    const claim = missing ? null : conflictingClaim(wanted.manifest, ordered.map((other) => other.manifest), reserved);
    const result = missing ? refuse(wanted, 'requires', missing) : claim ? refuse(wanted, 'claims', claim) : wanted;
    done.set(id, result);
    if (result) ordered.push(result);
    return result;
  };
  for (const id of [...candidates.keys()].sort()) visit(id, []);
  return ordered;
}

function unmet(other: string, range: string, above: readonly string[], visit: (id: string, above: readonly string[]) => Wanted | null): string | null {
  if (above.includes(other)) return `requires itself by way of ${[...above.slice(above.indexOf(other)), other].join(' → ')}`;
  const required = visit(other, above);
  if (!required) return `requires ${other}, which is not active`;
  return versionProblem(required.manifest, range);
}

const versionProblem = ({ id, version }: ParsedManifest, range: string): string | null =>
  semver.satisfies(version, range, { includePrerelease: true }) ? null : `requires ${id} ${range}; ${version} is active`;

/** What a plugin requires that these active ones do not give it; null when nothing is missing. */
export function requirementProblem(manifest: ParsedManifest, active: readonly ParsedManifest[]): string | null {
  for (const [id, range] of Object.entries(manifest.requires)) {
    const other = active.find((candidate) => candidate.id === id);
    const problem = other ? versionProblem(other, range) : `requires ${id}, which is not active`;
    if (problem) return problem;
  }
  return null;
}
