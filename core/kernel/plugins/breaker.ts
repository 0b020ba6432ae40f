export type BreakerState = 'closed' | 'open' | 'half-open';

const failuresToOpen = 5;
const failureWindowMs = 60_000;
const openMs = 30_000;
const openingsToDegrade = 3;
const openingWindowMs = 15 * 60_000;

/**
 * Keeps a point that fails again and again from costing its time-out on each call: five failures within a minute
 * open it for 30 s, then one call is let through to see. The third opening within 15 minutes is told to `onDegraded`.
 */
export class Breaker {
  readonly #now: () => number;
  readonly #onDegraded: () => void;
  #failures: number[] = [];
  #openings: number[] = [];
  #openUntil = 0;
  #isTrying = false;

  constructor(now: () => number, onDegraded: () => void) {
    this.#now = now;
    this.#onDegraded = onDegraded;
  }

  get state(): BreakerState {
    if (this.#openUntil === 0) return 'closed';
    return this.#now() < this.#openUntil ? 'open' : 'half-open';
  }

  /** May a call go through? In half-open, one does. */
  enter(): boolean {
    const { state } = this;
    if (state === 'closed') return true;
    if (state === 'open' || this.#isTrying) return false;
    this.#isTrying = true;
    return true;
  }

  success(): void {
    if (this.#openUntil !== 0) this.#failures = [];
    this.#openUntil = 0;
    this.#isTrying = false;
  }

  failure(): void {
    const now = this.#now();
    const wasTrying = this.#isTrying;
    this.#isTrying = false;
    this.#failures = [...this.#failures.filter((at) => at > now - failureWindowMs), now];
    if (wasTrying || (this.#openUntil === 0 && this.#failures.length >= failuresToOpen)) this.#open(now);
  }

  #open(now: number): void {
    this.#openUntil = now + openMs;
    this.#failures = [];
    this.#openings = [...this.#openings.filter((at) => at > now - openingWindowMs), now];
    if (this.#openings.length >= openingsToDegrade) this.#onDegraded();
  }
}
