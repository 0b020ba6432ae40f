import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { build, defineConfig } from 'vite';
import type { InlineConfig, Plugin } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const target = 'es2023';

const loader: InlineConfig = {
  configFile: false,
  root: here('.'),
  build: {
    target, outDir: here('../plugins/chat/dist/loader'), emptyOutDir: true, modulePreload: false,
    lib: { entry: here('loader/main.ts'), formats: ['iife'], name: 'plugboardLoader', fileName: () => 'widget.js' },
  },
};

/** The host page's script is a build of its own: one classic script that shares nothing with the app. */
const withLoader: Plugin = { name: 'loader', apply: 'build', async closeBundle() { await build(loader); } };

export default defineConfig({
  root: here('.'),
  base: '/widget/assets/',
  plugins: [vue(), withLoader],
  define: { __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false' },
  build: {
    target, outDir: here('../plugins/chat/dist/widget'), emptyOutDir: true, assetsDir: '', manifest: 'manifest.json',
    modulePreload: { polyfill: false },
    rollupOptions: { input: { app: here('app/main.ts'), preview: here('preview/preview.css') } },
  },
});
