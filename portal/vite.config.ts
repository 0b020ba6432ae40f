import { defineConfig } from 'vite';

/** Built files live below `/portal/-/`: no brand's slug can be `-`. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/portal/-/',
  build: { outDir: '../dist/portal', emptyOutDir: true, target: 'es2023', sourcemap: false },
});
