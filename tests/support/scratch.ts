import { accessSync, constants, statfsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const memory = '/dev/shm';
const enough = 2 * 1024 ** 3;

/** Memory where there is plenty of it: the engines sync as they do in production, and the disk is not what is tested. */
function scratchRoot(): string {
  try {
    accessSync(memory, constants.W_OK);
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize > enough ? memory : tmpdir();
  } catch {
    return tmpdir();
  }
}

/** A new temporary folder; whoever makes it removes it. */
export const scratchDir = (prefix: string): Promise<string> => mkdtemp(join(scratchRoot(), prefix));
