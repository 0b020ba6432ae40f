#!/usr/bin/env node
// The command `plugboard`. Plain JavaScript: it finds the Node that runs the rest.
import { join } from 'node:path';
import { runToEnd } from './launch-child.mjs';
import { findNode } from './launch-node.mjs';
import { fail, root } from './launch-output.mjs';

try {
  process.exitCode = await runToEnd(await findNode(), [join(root, 'core', 'cli', 'plugboard.ts'), ...process.argv.slice(2)]);
} catch (error) {
  fail(error);
}
