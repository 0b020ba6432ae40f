import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const launcher = JSON.stringify(join(import.meta.dirname, 'launch-child.mjs'));

/** Runs `program` under the launcher, as `npm start` runs the desk, and waits for its first line. */
async function launch(program: string) {
  const script = `import { runToEnd } from ${launcher}; process.exitCode = await runToEnd(process.execPath, ['-e', ${JSON.stringify(program)}]);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return child;
}

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s reaches the program, and its exit code comes back', async (signal) => {
  const child = await launch(`process.on('${signal}', () => process.exit(7)); console.log('up'); setInterval(() => {}, 1000)`);
  child.kill(signal);
  expect(await once(child, 'exit')).toEqual([7, null]);
});

test('a program that dies of a signal is answered as shells do', async () => {
  const child = await launch(`console.log('up'); setTimeout(() => process.kill(process.pid, 'SIGKILL'), 10)`);
  expect(await once(child, 'exit')).toEqual([137, null]);
});
