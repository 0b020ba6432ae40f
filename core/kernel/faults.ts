import type { Config } from './config/config.ts';

const passed = new Map<string, number>();

/**
 * A named place at which a test build dies as if the power went. `PLUGBOARD_FAULT=<name>` ends the process the first
 * time it comes by, `<name>:<n>` the n-th time. Only with NODE_ENV=test; costs one comparison otherwise.
 */
export function faultPoint(config: Config, name: string): void {
  if (config.fault === undefined) return;
  const [wanted, nth = '1'] = config.fault.split(':');
  if (wanted !== name) return;
  const count = (passed.get(name) ?? 0) + 1;
  passed.set(name, count);
  if (count === Number(nth)) process.kill(process.pid, 'SIGKILL');
}
