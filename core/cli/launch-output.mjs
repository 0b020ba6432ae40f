import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder, wherever the command was called from. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A failure that is told in one line, without a stack. */
export class LaunchError extends Error {}

export function say(line) {
  process.stdout.write(`plugboard: ${line}\n`);
}

export function fail(error) {
  process.stderr.write(`plugboard: ${error instanceof LaunchError ? error.message : (error?.stack ?? error)}\n`);
  process.exitCode = 1;
}

/** `1.8 s` since `start`, a value of `performance.now()`. */
export function since(start) {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}
