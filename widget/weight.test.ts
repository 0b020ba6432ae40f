import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appBuild, loaderBuild } from './builds.ts';

let dir: string;
const brotli = (bytes: Buffer) => brotliCompressSync(bytes).length;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'pb-widget-'));
  await build({ ...appBuild(join(dir, 'app')), logLevel: 'silent' });
  await build({ ...loaderBuild(join(dir, 'loader')), logLevel: 'silent' });
});
afterAll(() => rm(dir, { recursive: true, force: true }));

test('the loader weighs at most 4 KB', async () => {
  expect(await readdir(join(dir, 'loader'))).toEqual(['widget.js']);
  expect(brotli(await readFile(join(dir, 'loader', 'widget.js')))).toBeLessThanOrEqual(4 * 1024);
});

test('the loader leaves nothing in the global scope but its own name', async () => {
  const script = await readFile(join(dir, 'loader', 'widget.js'), 'utf8');
  expect(script).toMatch(/^\(function\(\)\s*\{/);
});

test('the app weighs at most 70 KB with everything it loads at first', async () => {
  const files = (await readdir(join(dir, 'app'))).filter((name) => /^app-.*\.(js|css)$/.test(name));
  expect(files).toHaveLength(2);
  const weights = await Promise.all(files.map(async (name) => brotli(await readFile(join(dir, 'app', name)))));
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeLessThanOrEqual(70 * 1024);
});
