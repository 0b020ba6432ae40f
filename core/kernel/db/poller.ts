import type { Log } from '../log/log.ts';
import { outOfScope } from './transaction-scope.ts';

export interface PollerOptions {
  /** Answers true when there may be more to do at once. */
  poll(): Promise<boolean>;
  /** Longest time between two polls. */
  intervalMs: number;
  log: Log;
  name: string;
}

/** Runs one poll after the other: at once when woken, and at least every `intervalMs`. A poll that throws is tried again with the next. */
export class Poller {
  readonly #options: PollerOptions;
  #timer: NodeJS.Timeout | undefined;
  #timerAt = Infinity;
  #isStarted = false;
  #isQueued = false;
  #isWokenAgain = false;
  #hasFailed = false;
  #running: Promise<void> | undefined;

  constructor(options: PollerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#isStarted = true;
    this.wake();
  }

  /** Polls in the next turn of the event loop; many calls make one poll. */
  wake(): void {
    if (!this.#isStarted) return;
    if (this.#running) this.#isWokenAgain = true;
    else if (!this.#isQueued) {
      this.#isQueued = true;
      setImmediate(() => this.#run());
    }
  }

  /** Polls in `ms` at the latest. */
  wakeIn(ms: number): void {
    if (!this.#isStarted) return;
    const at = performance.now() + ms;
    if (at >= this.#timerAt) return;
    clearTimeout(this.#timer);
    this.#timerAt = at;
    this.#timer = setTimeout(() => {
      this.#timerAt = Infinity;
      this.wake();
    }, ms).unref();
  }

  /** Ends the polling and waits for the poll that runs. */
  async stop(): Promise<void> {
    this.#isStarted = false;
    clearTimeout(this.#timer);
    this.#timerAt = Infinity;
    await this.#running;
  }

  #run(): void {
    this.#isQueued = false;
    if (!this.#isStarted || this.#running) return;
    this.#isWokenAgain = false;
    this.#running = outOfScope(() => this.#pollOnce()).then((isMore) => {
      this.#running = undefined;
      if (isMore || this.#isWokenAgain) this.wake();
      else this.wakeIn(this.#options.intervalMs);
    });
  }

  async #pollOnce(): Promise<boolean> {
    const { poll, log, name } = this.#options;
    try {
      const isMore = await poll();
      if (this.#hasFailed) log.info({ poller: name }, 'polling works again');
      this.#hasFailed = false;
      return isMore;
    } catch (error) {
      if (!this.#hasFailed) log.error({ err: error, poller: name }, 'a poll failed; it is tried again');
      this.#hasFailed = true;
      this.#isWokenAgain = false;
      return false;
    }
  }
}
