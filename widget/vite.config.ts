import { fileURLToPath } from 'node:url';
import { build, defineConfig } from 'vite';
import type { Plugin, Rollup } from 'vite';
import { appBuild, loaderBuild } from './builds.ts';

const dist = (name: string) => fileURLToPath(new URL(`../plugins/chat/dist/${name}`, import.meta.url));

/** Builds the loader beside the app, and watches what it is made of as if it were the app's. */
function withLoader(): Plugin {
  let files: string[] = [fileURLToPath(new URL('loader/main.ts', import.meta.url))];
  return {
    name: 'loader',
    apply: 'build',
    async buildStart() {
      for (const file of files) this.addWatchFile(file);
      const [output] = (await build({ ...loaderBuild(dist('loader')), logLevel: 'warn' })) as Rollup.RollupOutput[];
      files = (output?.output ?? []).flatMap((part) => (part.type === 'chunk' ? part.moduleIds : [])).filter((id) => id.startsWith('/') || /^[A-Z]:/i.test(id));
      for (const file of files) this.addWatchFile(file);
    },
  };
}

const app = appBuild(dist('widget'));

export default defineConfig({ ...app, plugins: [app.plugins, withLoader()] });
