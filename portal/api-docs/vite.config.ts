import { defineConfig } from 'vite';

/** The server answers `/api/docs` with the page and `/api/docs/assets/*` from the built folder. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/api/docs/',
  publicDir: '../public',
  build: { outDir: '../../dist/api-docs', emptyOutDir: true, target: 'es2023' },
});
