// `npm run check [types|lint|format|unit …]`: what has to be green before a commit. Without a name, all of it.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { capture } from './launch-child.mjs';
import { ensureInstalled } from './launch-install.mjs';
import { findNode } from './launch-node.mjs';
import { fail, root, say, since } from './launch-output.mjs';

const bin = (path) => join(root, 'node_modules', path);
const pluginPages = readdirSync(join(root, 'plugins')).map((id) => `plugins/${id}/admin`);
const browserCode = ['core/admin', 'widget', 'portal', 'tests/e2e', ...pluginPages].filter((folder) =>
  existsSync(join(root, folder, 'tsconfig.json')),
);
const isKept = ['--incremental', '--tsBuildInfoFile'];

/** Every check as `{ kind, name, args }`; `args` are for Node. */
export function listChecks() {
  return [
    { kind: 'types', name: 'types of the server', args: [bin('typescript/bin/tsc'), '-p', '.', ...isKept, '.cache/tsc/server.json'] },
    ...browserCode.map((folder) => ({
      kind: 'types',
      name: `types of ${folder}`,
      args: [
        bin('vue-tsc/bin/vue-tsc.js'),
        '-p',
        folder,
        '--noEmit',
        ...isKept,
        join(root, '.cache', 'tsc', `${folder.replaceAll('/', '-')}.json`),
      ],
    })),
    { kind: 'lint', name: 'lint', args: [bin('eslint/bin/eslint.js'), '.'] },
    { kind: 'format', name: 'format', args: [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'] },
    {
      kind: 'unit',
      name: 'unit tests',
      args: [bin('vitest/vitest.mjs'), 'run', '--reporter', 'dot', 'core', 'plugins', 'widget', 'portal', 'tests/architecture'],
    },
  ];
}

/** Runs the checks two at a time and answers the names of those that failed. */
export async function runChecks(node, checks) {
  const failed = [];
  const waiting = [...checks];
  const lane = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const start = performance.now();
      const { code, output } = await capture(node, ['--max-old-space-size=3072', ...check.args]);
      say(`${code === 0 ? 'ok    ' : 'FAILED'} ${check.name} (${since(start)})`);
      if (code !== 0) {
        failed.push(check.name);
        process.stdout.write(`${output.trimEnd()}\n`);
      }
    }
  };
  await Promise.all([lane(), lane()]);
  return failed;
}

if (process.argv[1] === import.meta.filename) {
  try {
    await ensureInstalled();
    const kinds = process.argv.slice(2);
    const checks = listChecks().filter((check) => kinds.length === 0 || kinds.includes(check.kind));
    const failed = await runChecks(await findNode(), checks);
    if (failed.length > 0) process.exitCode = 1;
  } catch (error) {
    fail(error);
  }
}
