// `npm run demo`: a desk of its own under data/demo, with people and conversations in several languages.
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
  process.exitCode = await runToEnd(node, [join(root, 'core', 'cli', 'demo.ts')], { NODE_COMPILE_CACHE: join(root, '.cache', 'compile') });
} catch (error) {
  fail(error);
}
