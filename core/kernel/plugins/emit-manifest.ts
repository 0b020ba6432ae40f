import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { importFile, provideSdk } from './sdk-resolution.ts';

/** The manifest of a source folder, as its `manifest.ts` exports it by default. */
export async function importManifest(dir: string): Promise<unknown> {
  provideSdk();
  const manifest = await importFile(join(dir, 'manifest.ts'));
  if (manifest === undefined) throw new Error('manifest.ts has no default export');
  return manifest;
}

/** Writes `plugin.json` from the `manifest.ts` of a source folder, if that says something new. Answers the manifest. */
export async function emitManifest(dir: string): Promise<unknown> {
  const manifest = await importManifest(dir);
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  const target = join(dir, 'plugin.json');
  if (await readFile(target, 'utf8').catch(() => '') === text) return manifest;
  const draft = `${target}.${process.pid}`;
  await writeFile(draft, text);
  await rename(draft, target);
  return manifest;
}
