import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (path: string): string => readFileSync(path, 'utf8').trim();
const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/** The key of DATA_DIR/secret.key. Whoever comes first makes it: whole, readable by its owner alone, never written over. */
export function readOrMakeKey(dataDir: string): string {
  const path = join(dataDir, 'secret.key');
  try {
    return read(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  mkdirSync(dataDir, { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
  try {
    linkSync(draft, path);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return read(path);
}
