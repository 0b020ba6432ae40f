const most = 500;

/** What many readers ask for at the same time is read once for all of them, and again after a moment. */
export class Recent {
  readonly #forMs: number;
  readonly #kept = new Map<string, { at: number; value: Promise<unknown> }>();

  constructor(forMs: number) { this.#forMs = forMs; }

  of<T>(key: string, read: () => Promise<T>): Promise<T> {
    const now = performance.now();
    const known = this.#kept.get(key);
    if (known && now - known.at < this.#forMs) return known.value as Promise<T>;
    if (this.#kept.size >= most) this.#kept.clear();
    const value = read();
    this.#kept.set(key, { at: now, value });
    // The next one asks again for what could not be read.
    value.catch(() => this.#kept.delete(key));
    return value;
  }
}
