// One browser app in development: `dev-vite.mjs <folder> serve <port> <desk>` or `dev-vite.mjs <folder> watch`.
import { join } from 'node:path';
import { build, createServer } from 'vite';

const [folder, mode, port, desk] = process.argv.slice(2);
const configFile = join(folder, 'vite.config.ts');

/** Everything of the desk that the app asks for, sockets included. */
const proxy = Object.fromEntries(
  ['/api', '/socket.io', '/widget', '/widget.js', '/healthz'].map((path) => [path, { target: desk, ws: path === '/socket.io' }]),
);

const tellWhenBuilt = { name: 'tell-when-built', closeBundle: () => process.stdout.write('built\n') };

process.chdir(folder);
if (mode === 'serve') {
  const server = await createServer({ configFile, server: { port: Number(port), strictPort: true, proxy } });
  await server.listen();
  server.printUrls();
} else {
  await build({ configFile, build: { watch: {}, reportCompressedSize: false }, logLevel: 'warn', plugins: [tellWhenBuilt] });
}
