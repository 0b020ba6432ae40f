import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './launch-output.mjs';

const ignored = new Set(['node_modules', 'dist', '.cache']);
const isSource = (name) => !ignored.has(name) && !/\.test\.\w+$/.test(name);

function* filesBelow(path) {
  const entry = statSync(join(root, path), { throwIfNoEntry: false });
  if (entry?.isFile()) yield path;
  if (!entry?.isDirectory()) return;
  for (const name of readdirSync(join(root, path)).sort()) if (isSource(name)) yield* filesBelow(`${path}/${name}`);
}

/** One hash over the names and contents of all files below `paths`, tests left out. */
export function fingerprint(paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of filesBelow(path))
      hash
        .update(`${file}\0`)
        .update(readFileSync(join(root, file)))
        .update('\0');
  }
  return hash.digest('hex');
}
