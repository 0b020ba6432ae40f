import { readFileSync } from 'node:fs';
import { spawnDesk } from '../support/desk-process.ts';
import { atMostRow, type Figure } from './figure.ts';

const settleMs = 3_000;

/** Resident memory of the process that listens, in MB. */
const residentMegabytes = (pid: number) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

/** From the start of the process to ready, warm; and what it holds when nobody is there. */
export const boot: Figure = {
  name: 'boot',
  async run() {
    const desk = await spawnDesk();
    try {
      const times: number[] = [];
      for (let round = 0; round < 3; round += 1) {
        await desk.kill('SIGTERM');
        const start = performance.now();
        await desk.start();
        times.push(performance.now() - start);
      }
      await new Promise((resolve) => setTimeout(resolve, settleMs));
      return [
        atMostRow('start to ready, warm', 'ms', Math.min(...times), 1_500),
        atMostRow('memory when idle', 'MB', residentMegabytes(desk.pid()), 160),
      ];
    } finally {
      await desk.dispose();
    }
  },
};
