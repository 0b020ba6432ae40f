import { currentPlugin } from './plugin-scope.ts';
import type { Log } from '../log/log.ts';
import type { PluginFailure } from './plugin-calls.ts';

/** A plugin tried to end the process. */
export class PluginExit extends Error {
  constructor(pluginId: string, what: string) {
    super(`plugin ${pluginId} called ${what}, which is not its to call`);
    this.name = 'PluginExit';
  }
}

interface Attribution {
  errors: { add(failure: PluginFailure): void };
  activeOnes(): { id: string; found: { dir: string } }[];
}

/** Whose code threw: the plugin that runs now, else the one whose folder is in the stack. */
export function pluginOfError(error: unknown, plugins: Attribution['activeOnes']): string | undefined {
  const running = currentPlugin();
  if (running) return running.pluginId;
  const stack = error instanceof Error ? error.stack ?? '' : '';
  return plugins().find(({ found }) => stack.includes(`${found.dir}/`))?.id;
}

/**
 * Keeps the desk alive when a plugin's timer or promise fails with nobody to catch it, and names the plugin. What is
 * not a plugin's ends the process as before. `process.exit` throws inside a plugin. Answers what takes all of it back.
 */
export function installCrashAttribution(log: Log, host: Attribution): () => void {
  const handle = (stage: string) => (error: unknown): void => {
    const pluginId = pluginOfError(error, () => host.activeOnes());
    if (pluginId) {
      host.errors.add({ pluginId, stage, point: currentPlugin()?.point ?? stage, error });
      return;
    }
    log.fatal({ err: error }, stage === 'uncaughtException' ? 'uncaught exception' : 'unhandled rejection');
    log.flush();
    process.exit(1);
  };
  const onException = handle('uncaughtException');
  const onRejection = handle('unhandledRejection');
  process.on('uncaughtException', onException);
  process.on('unhandledRejection', onRejection);
  const restore = guardExits(host);
  return () => {
    process.off('uncaughtException', onException);
    process.off('unhandledRejection', onRejection);
    restore();
  };
}

function guardExits(host: Attribution): () => void {
  const { exit, abort, reallyExit } = process as NodeJS.Process & { reallyExit(code?: number): never };
  const guarded = <A extends unknown[]>(what: string, original: (...args: A) => never) => (...args: A): never => {
    const running = currentPlugin();
    if (!running) return original.apply(process, args);
    const error = new PluginExit(running.pluginId, what);
    host.errors.add({ pluginId: running.pluginId, stage: 'exit', point: running.point, error });
    throw error;
  };
  const own = { exit: guarded('process.exit', exit), abort: guarded('process.abort', abort), reallyExit: guarded('process.reallyExit', reallyExit) };
  Object.assign(process, own);
  return () => Object.assign(process, { exit, abort, reallyExit });
}
