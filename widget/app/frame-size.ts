import type { ChatState } from './chat/chat-state.ts';
import type { TextStorage } from './safe-storage.ts';
import type { HostPage } from './wire/host-page.ts';

export interface Size { width: number; height: number }
export const least: Size = { width: 320, height: 400 };

/** How much of the page the frame takes. A size that somebody chose is remembered for the popup and for the sidebar. */
export class FrameSize {
  readonly #storage: TextStorage;
  readonly #host: HostPage;
  readonly #state: ChatState;

  /** Are there edges to drag? */
  readonly isFree: boolean;

  constructor(storage: TextStorage, host: HostPage, state: ChatState, isFree: boolean) {
    this.isFree = isFree && host.isListening;
    this.#storage = storage;
    this.#host = host;
    this.#state = state;
  }

  /** What was chosen before; null is the usual size. */
  get chosen(): Size | null {
    return JSON.parse(this.#storage.get(this.#key) ?? 'null') as Size | null;
  }

  /** Says it to the page again: at start, and when the kind of window changed. */
  tell(size = this.chosen): void {
    const { isFull, isSidebar } = this.#state;
    this.#host.tell({
      type: 'size', isFull: isFull.value,
      ...(size ? { width: Math.round(size.width), ...(isSidebar.value ? {} : { height: Math.round(size.height) }) } : {}),
    });
  }

  choose(size: Size | null): void {
    if (size) this.#storage.set(this.#key, JSON.stringify(size));
    else this.#storage.remove(this.#key);
    this.tell(size);
  }

  toggleFull(): void {
    this.#state.isFull.value = !this.#state.isFull.value;
    this.tell();
  }

  get #key(): string {
    return this.#state.isSidebar.value ? 'size:sidebar' : 'size:popup';
  }
}
