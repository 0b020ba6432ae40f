// `npm test`: everything, from a fresh clone to the browser. Its last line is the total of all tests.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { listChecks, runChecks } from './check.mjs';
import { ensureBundles } from './build-bundles.mjs';
import { capture } from './launch-child.mjs';
import { ensureInstalled } from './launch-install.mjs';
import { findNode } from './launch-node.mjs';
import { fail, root, say } from './launch-output.mjs';
import { runStage, stages } from './test-stages.mjs';

const notPossible = [];

/** MariaDB, Redis and Chromium: installed where we may, else named at the end. */
async function ensureServers(node) {
  say('looking for MariaDB, Redis and Chromium');
  const { code, output } = await capture(node, [
    '--input-type=module',
    '--eval',
    "import('./tests/support/servers.ts').then((it) => it.ensureSystemPackages())",
  ]);
  if (code !== 0)
    notPossible.push(
      output
        .split('\n')
        .find((line) => /^Error: /.test(line.trim()))
        ?.trim() ?? output.trim(),
    );
}

async function runAll(node, wanted) {
  const failedChecks = await runChecks(
    node,
    listChecks().filter((check) => check.kind === 'types' || check.kind === 'lint' || check.kind === 'format'),
  );
  await ensureBundles(node).catch((error) => {
    say(error.message);
    failedChecks.push('browser bundles');
  });
  let passed = 0;
  let failed = failedChecks.length;
  for (const stage of stages.filter((candidate) => wanted.length === 0 || wanted.includes(candidate.name))) {
    const result = await runStage(node, stage);
    passed += result.passed;
    failed += result.failed;
    if (result.problem) notPossible.push(result.problem);
  }
  for (const name of failedChecks) say(`failed: ${name}`);
  return { passed, failed };
}

try {
  mkdirSync(join(root, '.cache'), { recursive: true });
  await ensureInstalled();
  const node = await findNode();
  await ensureServers(node);
  const { passed, failed } = await runAll(node, process.argv.slice(2));
  for (const line of notPossible) say(`not possible here: ${line}`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
} catch (error) {
  fail(error);
  process.stdout.write('0 passed, 1 failed\n');
}
