import { existsSync, watch } from 'node:fs';
import { join } from 'node:path';
import { startTask } from './dev-task.mjs';
import { root } from './launch-output.mjs';

const watched = ['core', 'plugins', 'migrations', 'locales'];
const isOfServer = (path) => /\.(ts|json)$/.test(path) && !/\.test\.ts$|(^|\/)(admin|dist|node_modules)\/|plugin\.json$/.test(path);
const settleMs = 120;

/** Runs core/main.ts and starts it anew when a file of the server changes. */
export function watchServer(node, environment) {
  const start = () =>
    startTask('server', node, [join(root, 'core', 'main.ts')], { ...environment, NODE_COMPILE_CACHE: join(root, '.cache', 'compile') });
  let task = start();
  let isStopped = false;
  let timer;
  let restarting = Promise.resolve();
  const restart = async (path) => {
    process.stdout.write(`server  │ ${path} changed\n`);
    await task.stop();
    if (!isStopped) task = start();
  };
  const watchers = watched
    .filter((folder) => existsSync(join(root, folder)))
    .map((folder) =>
      watch(join(root, folder), { recursive: true }, (_event, name) => {
        const path = `${folder}/${name ?? ''}`.replaceAll('\\', '/');
        if (!isOfServer(path)) return;
        clearTimeout(timer);
        timer = setTimeout(() => {
          restarting = restarting.then(() => restart(path));
        }, settleMs);
      }),
    );
  const stop = async () => {
    isStopped = true;
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
    await restarting;
    await task.stop();
  };
  return { stop };
}
