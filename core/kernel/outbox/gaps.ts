/** Longer than a transaction can take: its statements have a time-out. */
const giveUpMs = 60_000;
const maxGaps = 2000;
const pageSize = 200;

/**
 * Ids that were passed without a row: of a transaction that commits later than one with higher ids, or of one that was
 * rolled back. They are looked at again, soon at first, then more seldom, until they turn up or are too old.
 */
export class Gaps {
  readonly #since = new Map<number, number>();
  #nextLook = 0;

  get count(): number {
    return this.#since.size;
  }

  /** Notes the ids between two rows. */
  add(after: number, before: number): void {
    const now = performance.now();
    for (let id = Math.max(after + 1, before - maxGaps); id < before; id += 1) {
      this.#since.set(id, now);
      this.#nextLook = now;
    }
    for (const id of this.#since.keys()) {
      if (this.#since.size <= maxGaps) break;
      this.#since.delete(id);
    }
  }

  close(id: number): void {
    this.#since.delete(id);
  }

  /** The ids to look at now; empty when it is too early. */
  due(): number[] {
    const now = performance.now();
    if (now < this.#nextLook) return [];
    let youngest = 0;
    for (const [id, since] of this.#since) {
      if (now - since > giveUpMs) this.#since.delete(id);
      else youngest = Math.max(youngest, since);
    }
    this.#nextLook = now + Math.min(1000, Math.max(10, (now - youngest) / 4));
    return [...this.#since.keys()].slice(-pageSize);
  }

  /** Time until the next look. */
  waitMs(): number {
    return Math.max(1, this.#nextLook - performance.now());
  }
}
