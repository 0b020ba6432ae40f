import { mark } from '../protocol.ts';
import type { Marked, ToApp, ToLoader } from '../protocol.ts';

/** The iframe, and talk with it that is bound to its window and origin. */
export class Frame {
  readonly element = document.createElement('iframe');
  readonly #origin: string;
  readonly #hear: (event: MessageEvent) => void;
  #isReady = false;
  #waiting: ToApp[] = [];

  constructor(origin: string, path: string, title: string, listener: (message: ToLoader) => void) {
    this.#origin = origin;
    this.element.title = title;
    this.element.allow = 'autoplay; clipboard-write';
    this.element.src = `${origin}${path}#parent=${encodeURIComponent(location.origin)}`;
    this.#hear = (event: MessageEvent<Marked<ToLoader> | null>) => {
      if (event.origin !== origin || event.source !== this.element.contentWindow || event.data?.[mark] !== 1) return;
      if (event.data.type === 'ready') this.#ready();
      listener(event.data);
    };
    addEventListener('message', this.#hear);
  }

  tell(message: ToApp): void {
    if (!this.#isReady && message.type !== 'kept') this.#waiting = [...this.#waiting.filter(({ type }) => type !== message.type), message];
    else this.element.contentWindow?.postMessage({ ...message, [mark]: 1 } satisfies Marked<ToApp>, this.#origin);
  }

  focus(): void {
    this.element.focus();
  }

  remove(): void {
    removeEventListener('message', this.#hear);
    this.element.remove();
  }

  #ready(): void {
    this.#isReady = true;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const message of waiting) this.tell(message);
  }
}
