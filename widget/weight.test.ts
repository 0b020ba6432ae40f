import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appBuild, compatBuild, loaderBuild, packageBuild, shims } from './builds.ts';

let dir: string;
const brotli = (bytes: Buffer) => brotliCompressSync(bytes).length;
const weigh = async (...path: string[]) => brotli(await readFile(join(dir, ...path)));

beforeAll(async () => {
  // As `npm run build` does: Vue would bring what it tells developers.
  process.env.NODE_ENV = 'production';
  dir = await mkdtemp(join(tmpdir(), 'pb-widget-'));
  await build({ ...appBuild(join(dir, 'app')), logLevel: 'silent' });
  await build({ ...loaderBuild(join(dir, 'loader')), logLevel: 'silent' });
  for (const name of shims) await build({ ...compatBuild(join(dir, 'compat'), name), logLevel: 'silent' });
  await build({ ...packageBuild(join(dir, 'package')), logLevel: 'silent' });
});
afterAll(() => rm(dir, { recursive: true, force: true }));

test('the loader weighs at most 4 KB', async () => {
  expect(await readdir(join(dir, 'loader'))).toEqual(['widget.js']);
  expect(await weigh('loader', 'widget.js')).toBeLessThanOrEqual(4 * 1024);
});

test('the scripts leave nothing in the global scope but the names that are meant', async () => {
  const scripts = [join('loader', 'widget.js'), ...shims.map((name) => join('compat', `${name}.js`))];
  for (const script of scripts) expect(await readFile(join(dir, script), 'utf8')).toMatch(/^\(function\(\)\s*\{/);
});

test('a shim for another desk\'s snippet weighs at most 1.2 KB', async () => {
  expect((await readdir(join(dir, 'compat'))).toSorted()).toEqual([...shims].map((name) => `${name}.js`).toSorted());
  for (const name of shims) expect(await weigh('compat', `${name}.js`)).toBeLessThanOrEqual(1_200);
});

test('the package weighs at most 1.5 KB, an adapter as much again', async () => {
  const sizeOf = async (...names: string[]) => (await Promise.all(names.map((name) => weigh('package', `${name}.js`)))).reduce((sum, size) => sum + size, 0);
  expect(await sizeOf('index', 'client')).toBeLessThanOrEqual(1_500);
  for (const adapter of ['vue', 'react']) expect(await sizeOf('session', adapter)).toBeLessThanOrEqual(1_500);
});

/** The manifest also lists what only the admin's preview asks for, behind an `import()`: that is not among it. */
test('the app weighs at most 70 KB with everything that a visitor\'s browser loads, whichever the theme', async () => {
  interface Entry { file: string; css?: string[]; imports?: string[]; dynamicImports?: string[] }
  const manifest = JSON.parse(await readFile(join(dir, 'app', 'manifest.json'), 'utf8')) as Record<string, Entry>;
  const partOf = (name: string): Entry => {
    const entry = manifest[name];
    if (!entry) throw new Error(`${name} is not built`);
    return entry;
  };
  const filesOf = (name: string): string[] => {
    const { file, css = [], imports = [] } = partOf(name);
    return [file, ...css, ...imports.flatMap(filesOf)];
  };
  const later = [partOf('app/main.ts'), ...(partOf('app/main.ts').imports ?? []).map(partOf)].flatMap(({ dynamicImports = [] }) => dynamicImports);
  expect(later.toSorted()).toEqual(['app/components/EmojiGrid.vue', 'app/preview/preview.ts', 'app/screens/HelpScreen.vue']);
  // What whoever searches for help loads besides.
  const { file, css = [] } = partOf('app/screens/HelpScreen.vue');
  expect((await Promise.all([file, ...css].map((name) => weigh('app', name)))).reduce((sum, weight) => sum + weight, 0)).toBeLessThanOrEqual(6 * 1024);
  const files = [...new Set([...filesOf('app/main.ts'), ...filesOf('../themes/contrast/tokens.css')])];
  const scripts = files.filter((name) => name.endsWith('.js'));
  // What the scripts really import is in the list: the manifest is believed, and looked after.
  for (const name of scripts) {
    const imported = [...(await readFile(join(dir, 'app', name), 'utf8')).matchAll(/(?:\bfrom|\bimport)\s*["'`]\.\/([^"'`]+\.js)["'`]/g)].map(([, file]) => file);
    expect(scripts).toEqual(expect.arrayContaining(imported));
  }
  const weights = await Promise.all(files.map((name) => weigh('app', name)));
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeLessThanOrEqual(70 * 1024);
});
