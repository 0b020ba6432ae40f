import { fileURLToPath } from 'node:url';
import { build, defineConfig } from 'vite';
import type { Plugin } from 'vite';
import { appBuild, loaderBuild } from './builds.ts';

const dist = (name: string) => fileURLToPath(new URL(`../plugins/chat/dist/${name}`, import.meta.url));
const withLoader: Plugin = { name: 'loader', apply: 'build', async closeBundle() { await build(loaderBuild(dist('loader'))); } };
const app = appBuild(dist('widget'));

export default defineConfig({ ...app, plugins: [app.plugins, withLoader] });
