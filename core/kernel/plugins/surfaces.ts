import { resolve, sep } from 'node:path';
import type { Discovered } from './discovery.ts';

/** Folder inside a plugin; null when the path would lead out of it. */
export function surfaceDir(found: Discovered, dir: string): string | null {
  const full = resolve(found.dir, dir);
  return full === found.dir || full.startsWith(found.dir + sep) ? full : null;
}
