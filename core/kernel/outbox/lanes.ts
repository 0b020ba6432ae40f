import { setTimeout as delay } from 'node:timers/promises';
import type { OutboxEntry } from './outbox.ts';

/**
 * Runs works of one key one after the other and those of different keys beside each other, so that a slow or failing
 * conversation holds up itself only.
 */
export class Lanes {
  readonly #tails = new Map<string, Promise<void>>();
  #count = 0;

  /** Works that run or wait. */
  get count(): number {
    return this.#count;
  }

  add(key: string, work: () => Promise<void>): void {
    this.#count += 1;
    const tail = (this.#tails.get(key) ?? Promise.resolve()).then(work).finally(() => {
      this.#count -= 1;
      if (this.#tails.get(key) === tail) this.#tails.delete(key);
    });
    this.#tails.set(key, tail);
  }

  /** Resolves when nothing runs any more. */
  async settled(): Promise<void> {
    while (this.#tails.size > 0) await Promise.all(this.#tails.values());
  }
}

/** What must keep its order: the conversation, else the contact, else all of the same name. */
export function laneOf({ name, payload }: OutboxEntry): string {
  const id = payload['conversationId'] ?? payload['contactId'];
  return typeof id === 'string' || typeof id === 'number' ? String(id) : name;
}

/** Runs `work`, again after each of the pauses when it throws; throws the last error. */
export async function withRetries(work: () => Promise<void>, pausesMs: readonly number[]): Promise<void> {
  for (const pauseMs of pausesMs) {
    try {
      return await work();
    } catch {
      await delay(pauseMs * (0.5 + Math.random()), undefined, { ref: false });
    }
  }
  return work();
}
