import { defineConfig, type Plugin } from 'vite';

/** A typeface that comes late is left for the next page: letters that are being read do not move. */
const steadyLetters: Plugin = {
  name: 'steady-letters',
  enforce: 'pre',
  transform: (code, id) => (id.includes('@fontsource') && id.includes('.css') ? code.replaceAll('font-display: swap', 'font-display: optional') : null),
};

/** The server writes the pages; what is built here is their style and script. It finds the files' names in the manifest. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/portal/',
  plugins: [steadyLetters],
  build: {
    outDir: '../dist/portal',
    emptyOutDir: true,
    target: 'es2023',
    manifest: true,
    modulePreload: false,
    rollupOptions: { input: `${import.meta.dirname}/main.ts` },
  },
});
