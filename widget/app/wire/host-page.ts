import { mark } from '../../protocol.ts';
import type { Marked, ToApp, ToLoader } from '../../protocol.ts';

const patience = 1_500;

/**
 * The page around the iframe. Its origin comes in the address: a wrong one there gains nothing, for the browser hands
 * our messages to that origin alone, and what comes from any other window or origin is not heard.
 */
export class HostPage {
  readonly isFramed = window.parent !== window;
  readonly #origin: string | null;

  constructor(hash: string) {
    const origin = new URLSearchParams(hash.slice(1)).get('parent');
    this.#origin = this.isFramed && origin && /^https?:\/\//.test(origin) ? origin : null;
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

  listen(listener: (message: ToApp) => void): void {
    window.addEventListener('message', (event: MessageEvent<Marked<ToApp> | null>) => {
      if (event.source !== window.parent || event.origin !== this.#origin || event.data?.[mark] !== 1) return;
      listener(event.data);
    });
  }
}
