import type { TextStorage } from '../safe-storage.ts';

const longest = 20;

/** What was begun and not sent, by thread. The oldest make room. */
export class Drafts {
  readonly #storage: TextStorage;

  constructor(storage: TextStorage) {
    this.#storage = storage;
  }

  get(thread: string): string {
    return this.#read().find(([name]) => name === thread)?.[1] ?? '';
  }

  set(thread: string, text: string): void {
    const others = this.#read().filter(([name]) => name !== thread);
    const drafts = text === '' ? others : [...others, [thread, text]];
    this.#storage.set('drafts', JSON.stringify(drafts.slice(-longest)));
  }

  clear(): void {
    this.#storage.remove('drafts');
  }

  #read(): [string, string][] {
    return JSON.parse(this.#storage.get('drafts') ?? '[]') as [string, string][];
  }
}
