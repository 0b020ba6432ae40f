/**
 * A process of its own that reads what strangers wrote. It is started by file-reader.ts, which ends it when it takes too long. The
 * thread beside it watches over its memory, which no option of the engine bounds as a whole, and over who started it.
 */
import { Worker } from 'node:worker_threads';
import type { ReadRequest } from './reading.ts';
import { read } from './read.ts';
import { Unreadable } from './reading.ts';

const [memoryMb, parent] = process.argv.slice(2).map(Number);

const watch = `
  const { workerData: { most, parent } } = require('node:worker_threads');
  setInterval(() => {
    if (process.memoryUsage.rss() > most || process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
  }, 50);
`;
new Worker(watch, { eval: true, workerData: { most: (memoryMb ?? 600) * 1024 * 1024, parent } }).unref();

process.on('message', (request: ReadRequest) => {
  void answer(request).then((result) => process.send?.(result));
});
process.on('disconnect', () => process.exit(0));

async function answer(request: ReadRequest): Promise<unknown> {
  try {
    return { value: await read(request) };
  } catch (error) {
    const { key, values } = error instanceof Unreadable ? error : new Unreadable('unreadable');
    return { error: { key, values } };
  }
}
