import { defineConfig } from 'vite';

/** The server answers `/portal/assets/*` from the built folder and writes each brand's data into the page. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/portal/',
  build: { outDir: '../dist/portal', emptyOutDir: true, target: 'es2023' },
});
