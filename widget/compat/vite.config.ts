import { fileURLToPath } from 'node:url';
import { build, defineConfig } from 'vite';
import { compatBuild, shims } from '../builds.ts';

const dist = fileURLToPath(new URL('../../plugins/chat/dist/compat', import.meta.url));
const [first, ...others] = shims;

/** Each shim is a script of its own that shares nothing with the others. */
export default defineConfig({
  ...compatBuild(dist, first),
  plugins: [{ name: 'others', apply: 'build', async closeBundle() { for (const name of others) await build({ ...compatBuild(dist, name), logLevel: 'warn' }); } }],
});
