import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { compressBundle } from './build-compress.mjs';
import { fingerprint } from './build-fingerprint.mjs';
import { capture } from './launch-child.mjs';
import { LaunchError, root, say, since } from './launch-output.mjs';

/** What every browser bundle is made of, besides its own folder. */
const common = ['core/shared', 'core/sdk', 'themes', 'locales', 'package-lock.json'];
const stamps = join(root, '.cache', 'bundles');

function pluginBundles() {
  const folder = join(root, 'plugins');
  const ids = existsSync(folder) ? readdirSync(folder) : [];
  return ids.map((id) => ({
    name: `plugin ${id}`,
    folder: `plugins/${id}/admin`,
    output: `plugins/${id}/dist/admin`,
    sources: [`plugins/${id}/locales`, 'core/admin/sdk'],
  }));
}

/** Every browser bundle of this tree: its Vite root, where it lands, and what else it is made of. */
export function listBundles() {
  return [
    { name: 'admin', folder: 'core/admin', output: 'dist/admin', sources: [] },
    { name: 'widget', folder: 'widget', output: 'dist/widget', sources: [] },
    { name: 'portal', folder: 'portal', output: 'dist/portal', sources: [] },
    ...pluginBundles(),
  ].filter((bundle) => existsSync(join(root, bundle.folder, 'vite.config.ts')));
}

export const stampOf = (bundle) => join(stamps, bundle.name.replaceAll(' ', '-'));
const sourcesOf = (bundle) => fingerprint([bundle.folder, ...bundle.sources, ...common]);

function isCurrent(bundle) {
  if (!existsSync(join(root, bundle.output)) || !existsSync(stampOf(bundle))) return false;
  return readFileSync(stampOf(bundle), 'utf8') === sourcesOf(bundle);
}

async function buildOne(node, bundle) {
  const start = performance.now();
  const made = sourcesOf(bundle);
  const { code, output } = await capture(
    node,
    [
      join(root, 'node_modules', 'vite', 'bin', 'vite.js'),
      'build',
      '--config',
      join(root, bundle.folder, 'vite.config.ts'),
      '--logLevel',
      'warn',
    ],
    { cwd: join(root, bundle.folder), env: { ...process.env, NODE_ENV: 'production' } },
  );
  if (code !== 0) throw new LaunchError(`the ${bundle.name} bundle could not be built\n${output}`);
  await compressBundle(join(root, bundle.output));
  mkdirSync(stamps, { recursive: true });
  writeFileSync(stampOf(bundle), made);
  say(`${bundle.name} bundle built in ${since(start)}`);
}

/** Builds the bundles whose sources changed since they were last built; all of them with `force`. */
export async function ensureBundles(node, { force = false } = {}) {
  const waiting = listBundles().filter((bundle) => force || !isCurrent(bundle));
  if (waiting.length === 0) return;
  say(`building ${waiting.map((bundle) => bundle.name).join(', ')}`);
  const lane = async () => {
    for (let bundle = waiting.shift(); bundle; bundle = waiting.shift()) await buildOne(node, bundle);
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), waiting.length) }, lane));
}
