// `npm run bench [-- --only send]`: figures of this machine beside what the bare parts do on it.
import { join } from 'node:path';
import { ensureBundles } from './build-bundles.mjs';
import { runToEnd } from './launch-child.mjs';
import { ensureInstalled } from './launch-install.mjs';
import { findNode } from './launch-node.mjs';
import { fail, root } from './launch-output.mjs';

try {
  await ensureInstalled();
  const node = await findNode();
  await ensureBundles(node);
  process.exitCode = await runToEnd(node, [join(root, 'tests', 'bench', 'bench.ts'), ...process.argv.slice(2)]);
} catch (error) {
  fail(error);
}
