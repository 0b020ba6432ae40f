const size = 256;

/** Durations of the last calls of one point. */
export class Timings {
  readonly #ring = new Float64Array(size);
  calls = 0;
  failures = 0;

  add(ms: number, isFailure: boolean): void {
    this.#ring[this.calls % size] = ms;
    this.calls += 1;
    if (isFailure) this.failures += 1;
  }

  /** The duration that `share` (0–1) of the last calls stayed within, in ms. */
  percentile(share: number): number {
    const amount = Math.min(this.calls, size);
    if (amount === 0) return 0;
    const sorted = this.#ring.slice(0, amount).sort();
    return Math.round((sorted[Math.min(amount - 1, Math.floor(share * amount))] ?? 0) * 10) / 10;
  }
}
