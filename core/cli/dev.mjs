// `npm run dev`: the desk with hot reload in one terminal. The server restarts, the admin app is swapped in place,
// widget and portal are rebuilt. ^C ends everything.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { configsOf, listBundles, stampOf } from './build-bundles.mjs';
import { watchServer } from './dev-server.mjs';
import { startTask } from './dev-task.mjs';
import { ensureInstalled } from './launch-install.mjs';
import { findNode } from './launch-node.mjs';
import { fail, root, say } from './launch-output.mjs';

const deskPort = process.env.PORT ?? '3000';
const adminPort = process.env.ADMIN_PORT ?? '5173';
const environment = { FORCE_COLOR: '1', NODE_ENV: 'development', PORT: deskPort, PLUGBOARD_SERVER: `http://localhost:${deskPort}` };

function bundleTasks(node) {
  return listBundles().flatMap((bundle) => {
    // What the watcher writes is not what `npm start` would serve.
    rmSync(stampOf(bundle), { force: true });
    const mode = bundle.name === 'admin' ? ['serve', adminPort] : ['watch'];
    return configsOf(bundle).map((config) =>
      startTask(bundle.name, node, [join(root, 'core', 'cli', 'dev-vite.mjs'), config, ...mode], environment),
    );
  });
}

function endOnSignal(tasks) {
  let isEnding = false;
  const end = () => {
    if (isEnding) return;
    isEnding = true;
    void Promise.all(tasks.map((task) => task.stop())).then(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end);
}

try {
  await ensureInstalled();
  const node = await findNode();
  endOnSignal([watchServer(node, environment), ...bundleTasks(node)]);
  say(`desk on http://localhost:${deskPort}, admin with hot reload on http://localhost:${adminPort}/admin/`);
} catch (error) {
  fail(error);
}
