import type { JobsApi } from '../index.ts';
import type { Registry } from './registry.ts';

export interface WaitingJob { id: string; name: string; data: unknown; dueAt: number }

/** Jobs that wait until a test lets them run. */
export class MemoryJobs {
  readonly waiting: WaitingJob[] = [];
  readonly #registry: Registry;
  readonly #now: () => number;
  #count = 0;

  constructor(registry: Registry, now: () => number) {
    this.#registry = registry;
    this.#now = now;
  }

  api(): JobsApi {
    return {
      define: async (name, handler) => void this.#registry.jobs.set(name, handler as never),
      cron: async (name, pattern, handler) => void this.#registry.crons.set(name, { pattern, handler }),
      add: async (name, data, options = {}) => {
        if (options.id && this.waiting.some((job) => job.name === name && job.id === options.id)) return;
        this.#count += 1;
        this.waiting.push({ id: options.id ?? `job-${this.#count}`, name, data: structuredClone(data), dueAt: this.#now() + (options.delayMs ?? 0) });
      },
    };
  }

  /** Runs what is due, and what that adds, until nothing is. Jobs without a handler stay, as they do while a plugin is off. */
  async drain(): Promise<number> {
    let ran = 0;
    for (;;) {
      const index = this.waiting.findIndex((job) => job.dueAt <= this.#now() && this.#registry.jobs.has(job.name));
      const [job] = index < 0 ? [] : this.waiting.splice(index, 1);
      if (!job) return ran;
      await this.#registry.jobs.get(job.name)?.(job.data as never, { id: job.id, attempt: 1, signal: new AbortController().signal });
      ran += 1;
    }
  }

  /** Runs a schedule once, now. */
  async tick(name: string): Promise<void> {
    await this.#registry.crons.get(name)?.handler({ id: name, attempt: 1, signal: new AbortController().signal });
  }
}
