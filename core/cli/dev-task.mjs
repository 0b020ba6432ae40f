import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { root } from './launch-output.mjs';

const width = 8;
const killAfterMs = 5_000;
const levels = { 10: 'trace', 20: 'debug', 30: 'info ', 40: 'WARN ', 50: 'ERROR', 60: 'FATAL' };

/** A line of the desk's JSON log as one to read; any other line as it is. */
function readable(line) {
  if (!line.startsWith('{"level":')) return line;
  const { level, time, msg, process: _process, ...rest } = JSON.parse(line);
  const details = Object.keys(rest).length > 0 ? ` ${JSON.stringify(rest)}` : '';
  return `${new Date(time).toTimeString().slice(0, 8)} ${levels[level] ?? level} ${msg}${details}`;
}

/** Prints each line of a program with the task's name before it. */
function prefix(stream, name, out) {
  createInterface({ input: stream }).on('line', (line) => out.write(`${name.padEnd(width)}│ ${readable(line)}\n`));
}

/** Starts a program as one of the tasks of this terminal. It gets no ^C of its own: `stop` ends it, by force after 5 s. */
export function startTask(name, program, args, environment = {}) {
  const child = spawn(program, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: { ...process.env, ...environment },
  });
  prefix(child.stdout, name, process.stdout);
  prefix(child.stderr, name, process.stderr);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    await ended;
    clearTimeout(force);
  };
  return { ended, stop };
}
