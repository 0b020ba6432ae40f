import type { Log } from '../log/log.ts';

/** The handlers of this process by topic. A handler that throws is logged and never stops the others. */
export class Topics {
  readonly #handlers = new Map<string, Set<(payload: unknown) => void>>();
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  add(topic: string, handler: (payload: unknown) => void): () => void {
    const handlers = this.#handlers.get(topic) ?? new Set();
    this.#handlers.set(topic, handlers.add(handler));
    return () => {
      handlers.delete(handler);
      if (handlers.size === 0 && this.#handlers.get(topic) === handlers) this.#handlers.delete(topic);
    };
  }

  deliver(topic: string, payload: unknown): void {
    for (const handler of [...(this.#handlers.get(topic) ?? [])]) {
      try {
        handler(payload);
      } catch (error) {
        this.#log.error({ err: error, topic }, 'a bus handler failed');
      }
    }
  }
}
