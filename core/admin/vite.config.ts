import { resolve } from 'node:path';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import { sharedModules } from './vite/shared-modules.ts';

const root = import.meta.dirname;
const server = process.env.PLUGBOARD_SERVER ?? 'http://localhost:3000';

/** The operator app. What plugins share with it (`vue`, `vue-router`, `@plugboard/admin-sdk`) are entries of their own. */
export default defineConfig({
  root,
  base: '/admin/',
  plugins: [
    vue(),
    sharedModules({
      vue: resolve(root, 'plugin-host/shared/vue.ts'),
      'vue-router': resolve(root, 'plugin-host/shared/vue-router.ts'),
      '@plugboard/admin-sdk': resolve(root, 'plugin-host/shared/admin-sdk.ts'),
    }),
  ],
  // One style sheet, 15 KB packed: a plugin's page uses components whose own chunk the page may not have asked for.
  build: { outDir: '../../dist/admin', emptyOutDir: true, target: 'es2023', chunkSizeWarningLimit: 900, cssCodeSplit: false },
  server: {
    proxy: {
      '/api': server,
      '/hooks': server,
      '/widget': server,
      '/widget.js': server,
      '/socket.io': { target: server, ws: true },
    },
  },
});
