import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The page behind the admin's live preview: apart from the app, so that it shares no file with what visitors load. */
export default defineConfig({
  root: here('.'),
  base: '/widget/assets/live/',
  build: {
    target: 'es2023', outDir: here('../../plugins/chat/dist/live'), emptyOutDir: true, assetsDir: '', manifest: 'manifest.json',
    modulePreload: { polyfill: false },
    rollupOptions: { input: { live: here('live.ts') } },
  },
});
