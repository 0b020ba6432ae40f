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

  /** Not a generator: leaving one that waits would wait with it. */
  [Symbol.asyncIterator](): AsyncIterator<T> {
    return {
      next: async () => {
        for (;;) {
          if (this.#waiting.length > 0) return { done: false, value: this.#waiting.shift() as T };
          if (this.#error !== null) throw this.#error as Error;
          if (this.#isOver) return { done: true, value: undefined };
          await new Promise<void>((resolve) => { this.#wake = resolve; });
        }
      },
      return: async () => {
        this.#waiting.length = 0;
        if (!this.#isOver) this.#onLeave();
        this.#isOver = true;
        this.#wake();
        return { done: true, value: undefined };
      },
    };
  }
}
