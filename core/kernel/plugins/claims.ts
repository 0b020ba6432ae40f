import type { ParsedManifest } from '@plugboard/sdk';
import { isBelow } from './read-manifest.ts';

export type Claim = ParsedManifest['claims'][number];
export interface ClaimOwner { pluginId: string; claim: Claim }

/** Why a plugin's claims cannot live beside the core's addresses and those of the plugins before it; null when they can. */
export function conflictingClaim(manifest: ParsedManifest, others: readonly ParsedManifest[], reserved: readonly string[]): string | null {
  for (const { path } of manifest.claims) {
    const core = reserved.find((taken) => isBelow(path, taken) || isBelow(taken, path));
    if (core) return `claims ${path}, which belongs to the desk`;
    for (const other of others) {
      if (other.id !== manifest.id && other.claims.some((claim) => isBelow(path, claim.path) || isBelow(claim.path, path))) return `claims ${path}, which ${other.id} already has`;
    }
  }
  return null;
}

/** Claims by address. The longest one that an address lies under answers. */
export class ClaimTable {
  readonly #byPath: ReadonlyMap<string, ClaimOwner>;

  constructor(manifests: readonly ParsedManifest[]) {
    this.#byPath = new Map(manifests.flatMap((manifest) => manifest.claims.map((claim) => [claim.path, { pluginId: manifest.id, claim }] as const)));
  }

  find(path: string): ClaimOwner | undefined {
    if (this.#byPath.size === 0) return undefined;
    for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
      const owner = this.#byPath.get(path.slice(0, end));
      if (owner) return owner;
    }
    return undefined;
  }
}
