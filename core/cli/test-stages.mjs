import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runToEnd } from './launch-child.mjs';
import { root, say, since } from './launch-output.mjs';

const apart = ['tests/e2e', 'tests/faults', 'tests/cluster'];

/**
 * Stages of a whole run, one after the other: what needs the machine for itself does not share it. Each file of the screens has its
 * own desk and browser, and two of them at once wait for conditions only.
 */
export const stages = [
  { name: 'unit', title: 'units and integration, on SQLite, MariaDB and Redis', exclude: apart, args: [] },
  { name: 'cluster', title: 'two processes', only: 'tests/cluster', args: ['--no-file-parallelism'] },
  { name: 'e2e', title: 'the screens, in Chromium', only: 'tests/e2e', args: ['--maxWorkers', '2'] },
  { name: 'faults', title: 'faults', only: 'tests/faults', args: ['--no-file-parallelism'] },
];

function readTotals(file) {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const brokenFiles = report.testResults.filter(
    (suite) => suite.status === 'failed' && suite.assertionResults.every((test) => test.status !== 'failed'),
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + brokenFiles.length };
}

/** Runs one stage through vitest and answers its totals. */
export async function runStage(node, stage) {
  if (stage.only && !existsSync(join(root, stage.only))) return { passed: 0, failed: 0 };
  const start = performance.now();
  say(`testing ${stage.title}`);
  const report = join(root, '.cache', `test-${stage.name}.json`);
  rmSync(report, { force: true });
  const filters = stage.only ? [`${stage.only}/`] : (stage.exclude ?? []).flatMap((folder) => ['--exclude', `${folder}/**`]);
  const code = await runToEnd(node, [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    ...filters,
    ...stage.args,
    '--reporter',
    'dot',
    '--reporter',
    'json',
    '--outputFile.json',
    report,
  ]);
  if (!existsSync(report))
    return { passed: 0, failed: 1, problem: `the stage ${stage.name} ended with code ${code} before it had a result` };
  const totals = readTotals(report);
  const failed = code !== 0 && totals.failed === 0 ? 1 : totals.failed;
  say(`${stage.title}: ${totals.passed} passed, ${failed} failed (${since(start)})`);
  return { passed: totals.passed, failed };
}
