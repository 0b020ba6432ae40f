// One browser app in development: `dev-vite.mjs <config> serve <port>` or `dev-vite.mjs <config> watch`.
import { dirname } from 'node:path';
import { build, createServer } from 'vite';

const [configFile, mode, port] = process.argv.slice(2);

const tellWhenBuilt = { name: 'tell-when-built', closeBundle: () => process.stdout.write('built\n') };

process.chdir(dirname(configFile));
if (mode === 'serve') {
  const server = await createServer({ configFile, server: { port: Number(port), strictPort: true } });
  await server.listen();
} else {
  await build({ configFile, build: { watch: {}, reportCompressedSize: false }, logLevel: 'warn', plugins: [tellWhenBuilt] });
}
