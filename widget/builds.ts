import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import type { InlineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const target = 'es2023';

/** The iframe's app and the style of the preview page, with hashed names and a list of them for the chat plugin's server. */
export const appBuild = (outDir: string): InlineConfig => ({
  configFile: false,
  root: here('.'),
  base: '/widget/assets/',
  plugins: [vue()],
  define: { __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false' },
  build: {
    target, outDir, emptyOutDir: true, assetsDir: '', manifest: 'manifest.json',
    modulePreload: { polyfill: false },
    rollupOptions: { input: { app: here('app/main.ts'), preview: here('preview/preview.css') } },
  },
});

/** The host page's script: one classic script that shares nothing with the app. */
export const loaderBuild = (outDir: string): InlineConfig => ({
  configFile: false,
  root: here('.'),
  build: {
    target, outDir, emptyOutDir: true, modulePreload: false,
    lib: { entry: here('loader/main.ts'), formats: ['iife'], name: 'plugboardLoader', fileName: () => 'widget.js' },
  },
});
