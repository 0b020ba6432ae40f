import { mark } from '../../protocol.ts';
import type { Marked, ToApp, ToLoader } from '../../protocol.ts';

const patience = 1_500;
const tokenPatience = 15_000;

/**
 * The page around the iframe. Its origin comes in the address: a wrong one there gains nothing, for the browser hands
 * our messages to that origin alone, and what comes from any other window or origin is not heard.
 */
export class HostPage {
  /** The widget is a window on somebody's page. */
  readonly isFramed: boolean;
  readonly #origin: string | null;
  #asked = 0;

  constructor(hash: string) {
    const origin = new URLSearchParams(hash.slice(1)).get('parent');
    this.isFramed = window.parent !== window;
    this.#origin = this.isFramed && origin && /^https?:\/\//.test(origin) ? origin : null;
  }

  get isListening(): boolean {
    return this.#origin !== null;
  }

  tell(message: ToLoader): void {
    if (this.#origin) window.parent.postMessage({ ...message, [mark]: 1 } satisfies Marked<ToLoader>, this.#origin);
  }

  /** What the page keeps for this frame; null where there is no page to ask. */
  recall(): Promise<Record<string, string | null> | null> {
    if (!this.#origin) return Promise.resolve(null);
    return new Promise((resolve) => {
      setTimeout(() => resolve(null), patience);
      this.listen((message) => { if (message.type === 'kept') resolve(message.values); });
      this.tell({ type: 'recall' });
    });
  }

  /** What a page's listeners hear of. */
  event(name: string, detail: unknown): void {
    this.tell({ type: 'event', name, detail });
  }

  /** Asks the page's `getUserToken`; null when it has none to give. */
  askToken(): Promise<string | null> {
    if (!this.#origin) return Promise.resolve(null);
    this.#asked += 1;
    const id = this.#asked;
    return new Promise((resolve) => {
      setTimeout(() => resolve(null), tokenPatience);
      this.listen((message) => { if (message.type === 'token' && message.id === id) resolve(message.token); });
      this.tell({ type: 'token', id });
    });
  }

  listen(listener: (message: ToApp) => void): void {
    window.addEventListener('message', (event: MessageEvent<Marked<ToApp> | null>) => {
      if (event.source !== window.parent || event.origin !== this.#origin || event.data?.[mark] !== 1) return;
      listener(event.data);
    });
  }
}
