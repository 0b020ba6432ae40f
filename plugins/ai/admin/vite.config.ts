import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

/** One ES module; what the desk shares stays an import by name and is resolved by its import map. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [vue()],
  build: {
    outDir: '../dist/admin',
    emptyOutDir: true,
    target: 'es2023',
    lib: { entry: 'index.ts', formats: ['es'], fileName: () => 'index.js' },
    rolldownOptions: { external: ['vue', 'vue-router', '@plugboard/admin-sdk'] },
  },
});
