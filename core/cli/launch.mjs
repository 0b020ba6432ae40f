#!/usr/bin/env node
// `npm start`. Plain JavaScript and builtins only: it runs on any Node ≥ 20.19, before a package is there.
// The script says `exec` so that npm's signals reach this process and not a shell; where a shell has no `exec`, what follows `||` runs.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBundles } from './build-bundles.mjs';
import { runToEnd } from './launch-child.mjs';
import { ensureInstalled } from './launch-install.mjs';
import { findNode } from './launch-node.mjs';
import { fail, root } from './launch-output.mjs';

const compileCache = join(root, '.cache', 'compile');

try {
  await ensureInstalled();
  const node = await findNode();
  await ensureBundles(node);
  mkdirSync(compileCache, { recursive: true });
  process.exitCode = await runToEnd(node, [join(root, 'core', 'main.ts'), ...process.argv.slice(2)], { NODE_COMPILE_CACHE: compileCache });
} catch (error) {
  fail(error);
}
