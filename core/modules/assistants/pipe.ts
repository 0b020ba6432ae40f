/** Values that one side makes and the other reads in its own time. Leaving the loop tells the maker to stop. */
export class Pipe<T> implements AsyncIterable<T> {
  readonly #onLeave: () => void;
  readonly #waiting: T[] = [];
  #isOver = false;
  #error: unknown = null;
  #wake: () => void = () => {};

  constructor(onLeave: () => void) { this.#onLeave = onLeave; }

  push(value: T): void {
    if (this.#isOver) return;
    this.#waiting.push(value);
    this.#wake();
  }

  end(last: T): void {
    this.push(last);
    this.#isOver = true;
    this.#wake();
  }

  fail(error: unknown): void {
    if (this.#isOver) return;
    this.#error = error;
    this.#isOver = true;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    try {
      for (;;) {
        while (this.#waiting.length > 0) yield this.#waiting.shift() as T;
        if (this.#error !== null) throw this.#error as Error;
        if (this.#isOver) return;
        await new Promise<void>((resolve) => { this.#wake = resolve; });
      }
    } finally {
      if (!this.#isOver) this.#onLeave();
      this.#isOver = true;
    }
  }
}
