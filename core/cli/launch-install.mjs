import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runToEnd } from './launch-child.mjs';
import { LaunchError, root, say, since } from './launch-output.mjs';

const readPackages = (file) => JSON.parse(readFileSync(join(root, file), 'utf8')).packages;

/** True when every package that the lock asks for is in node_modules in that version. npm keeps the second list itself, written last. */
export function isInstalled() {
  if (!existsSync(join(root, 'node_modules', '.package-lock.json'))) return false;
  const present = readPackages(join('node_modules', '.package-lock.json'));
  return Object.entries(readPackages('package-lock.json')).every(
    ([path, wanted]) =>
      !path.startsWith('node_modules/') || wanted.optional || wanted.devOptional || present[path]?.version === wanted.version,
  );
}

/** How to call npm: the one that started this script, else the one in PATH. */
export function npmCommand() {
  const script = process.env.npm_execpath;
  if (script?.endsWith('npm-cli.js') && existsSync(script)) return { program: process.execPath, args: [script] };
  return { program: process.platform === 'win32' ? 'npm.cmd' : 'npm', args: [] };
}

/** Brings node_modules in line with package-lock.json. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  const start = performance.now();
  say('installing the packages of package-lock.json');
  const npm = npmCommand();
  const code = await runToEnd(npm.program, [...npm.args, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0) throw new LaunchError(`npm ci ended with code ${code}; its messages are above`);
  say(`packages installed in ${since(start)}`);
}
