import { loadPlugboard, plugboard } from './index.ts';
import type { LoadOptions } from './index.ts';
import type { UpdateOptions } from './types.ts';

/** What an application shows of the chat. */
export interface ChatState { isReady: boolean; isOpen: boolean; unread: number; error: unknown }

export const quiet: ChatState = { isReady: false, isOpen: false, unread: 0, error: null };
const changing = ['userId', 'userTraits', 'companyId', 'companyTraits', 'context', 'userDetails', 'userToken', 'position', 'theme', 'locale'] as const;

/** One chat in one application: from its first options, through their changes, to its end. For the adapters. */
export class ChatSession {
  readonly #listeners = new Set<() => void>();
  #state = quiet;
  #told: LoadOptions | null = null;
  #ending = new AbortController();

  get state(): ChatState {
    return this.#state;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => { this.#listeners.delete(listener); };
  }

  start(options: LoadOptions): void {
    this.#told = options;
    this.#ending = new AbortController();
    const { signal } = this.#ending;
    const hear = (name: string, change: (detail: never) => Partial<ChatState>) =>
      window.addEventListener(`plugboard:${name}`, (event) => this.#become(change((event as CustomEvent<never>).detail)), { signal });
    hear('ready', () => ({ isReady: true }));
    hear('open', () => ({ isOpen: true }));
    hear('close', () => ({ isOpen: false }));
    hear('unread', (unread) => ({ unread }));
    hear('error', (error) => ({ error }));
    loadPlugboard(options).catch((error: unknown) => { if (!signal.aborted) this.#become({ error }); });
  }

  /** Tells what is different; somebody who is gone is forgotten in this browser. */
  follow(options: LoadOptions): void {
    const before = this.#told;
    if (!before) return;
    this.#told = options;
    if (before.userId && before.userId !== options.userId) plugboard.shutdown();
    const changes = Object.fromEntries(changing
      .filter((name) => options[name] !== undefined && (JSON.stringify(options[name]) !== JSON.stringify(before[name]) || (name.startsWith('user') && before.userId !== options.userId)))
      .map((name) => [name, options[name]])) as UpdateOptions;
    if (Object.keys(changes).length > 0) void plugboard.update({ ...changes, ...(options.getUserToken ? { getUserToken: options.getUserToken } : {}) });
  }

  stop(): void {
    this.#told = null;
    this.#ending.abort();
    plugboard.destroy();
    this.#become(quiet);
  }

  #become(change: Partial<ChatState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
