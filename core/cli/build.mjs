// `npm run build`: every browser bundle, whether or not its sources changed. The server needs no build.
import { ensureBundles } from './build-bundles.mjs';
import { ensureInstalled } from './launch-install.mjs';
import { findNode } from './launch-node.mjs';
import { fail } from './launch-output.mjs';

try {
  await ensureInstalled();
  await ensureBundles(await findNode(), { force: !process.argv.includes('--changed') });
} catch (error) {
  fail(error);
}
