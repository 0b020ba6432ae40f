import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
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
    outputs: [`plugins/${id}/dist/admin`],
    sources: [`plugins/${id}/locales`, 'core/admin/sdk'],
  }));
}

/** Every browser bundle of this tree: its folder, where it lands, and what else it is made of. */
export function listBundles() {
  return [
    { name: 'admin', folder: 'core/admin', outputs: ['dist/admin'], sources: [] },
    {
      name: 'widget',
      folder: 'widget',
      outputs: ['plugins/chat/dist/widget', 'plugins/chat/dist/loader', 'plugins/chat/dist/live'],
      sources: ['plugins/chat/manifest.ts'],
    },
    { name: 'portal', folder: 'portal', outputs: ['dist/portal', 'dist/api-docs'], sources: [] },
    ...pluginBundles(),
  ].filter((bundle) => configsOf(bundle).length > 0);
}

/** The Vite configurations of a bundle: its own, and one for each part of it that is built apart. */
export function configsOf(bundle) {
  const folder = join(root, bundle.folder);
  const parts = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()) : [];
  return [folder, ...parts.map((part) => join(folder, part.name))]
    .map((path) => join(path, 'vite.config.ts'))
    .filter((path) => existsSync(path));
}

export const stampOf = (bundle) => join(stamps, bundle.name.replaceAll(' ', '-'));
const sourcesOf = (bundle) => fingerprint([bundle.folder, ...bundle.sources, ...common]);

function isCurrent(bundle) {
  const outputs = [...bundle.outputs, ...(bundle.plain ?? [])];
  if (!outputs.every((folder) => existsSync(join(root, folder))) || !existsSync(stampOf(bundle))) return false;
  return readFileSync(stampOf(bundle), 'utf8') === sourcesOf(bundle);
}

const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');

async function buildOne(node, bundle) {
  const start = performance.now();
  const made = sourcesOf(bundle);
  for (const config of configsOf(bundle)) {
    const options = { cwd: dirname(config), env: { ...process.env, NODE_ENV: 'production' } };
    const { code, output } = await capture(node, [vite, 'build', '--config', config, '--logLevel', 'warn'], options);
    if (code !== 0) throw new LaunchError(`the ${bundle.name} bundle could not be built\n${output}`);
  }
  for (const folder of bundle.outputs) await compressBundle(join(root, folder));
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
