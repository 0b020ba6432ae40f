import type { HostPage } from './host-page.ts';

/** The other tabs of this browser, and the right to hold the socket for all of them. */
export interface Bus {
  post(data: unknown): void;
  listen(listener: (data: unknown) => void): void;
  /** Calls `begin` when it is this tab's turn. It stays so until `end` is called or the tab is gone, or until another tab took it over by force (`onLost`). */
  lead(begin: () => void, onLost: () => void): void;
  end(): void;
  /** Takes the turn from a tab that doesn't answer any more. False where that cannot be done. */
  takeOver(): boolean;
}

/** Channel and locks of the frame's own origin. */
class OwnBus implements Bus {
  readonly #name: string;
  readonly #channel: BroadcastChannel;
  #release: (() => void) | null = null;
  #waiting: AbortController | null = null;
  #begin: () => void = () => undefined;
  #onLost: () => void = () => undefined;

  constructor(name: string) {
    this.#name = name;
    this.#channel = new BroadcastChannel(name);
  }

  post(data: unknown): void {
    this.#channel.postMessage(data);
  }

  listen(listener: (data: unknown) => void): void {
    this.#channel.onmessage = ({ data }) => listener(data);
  }

  lead(begin: () => void, onLost: () => void): void {
    this.#begin = begin;
    this.#onLost = onLost;
    this.#request(false);
  }

  end(): void {
    this.#waiting?.abort();
    this.#waiting = null;
    this.#release?.();
    this.#release = null;
  }

  takeOver(): boolean {
    this.#waiting?.abort();
    this.#request(true);
    return true;
  }

  #request(steal: boolean): void {
    const waiting = new AbortController();
    this.#waiting = waiting;
    const options: LockOptions = steal ? { steal } : { signal: waiting.signal };
    navigator.locks.request(this.#name, options, () => new Promise<void>((release) => {
      if (waiting.signal.aborted) return release();
      this.#release = release;
      this.#begin();
    })).catch(() => {
      if (waiting.signal.aborted || this.#waiting !== waiting) return;
      this.#release = null;
      this.#onLost();
    });
  }
}

/** The page around a frame that has neither carries messages from tab to tab, and says whose turn it is. */
class HostBus implements Bus {
  readonly #host: HostPage;
  #begin: () => void = () => undefined;
  #isLeader = false;
  #isSharing = false;

  constructor(host: HostPage) {
    this.#host = host;
    host.listen((message) => {
      if (message.type !== 'lead') return;
      this.#isLeader = true;
      this.#begin();
    });
  }

  post(data: unknown): void {
    this.#host.tell({ type: 'bus', data });
  }

  listen(listener: (data: unknown) => void): void {
    this.#host.listen((message) => { if (message.type === 'bus') listener(message.data); });
  }

  lead(begin: () => void): void {
    this.#begin = begin;
    if (this.#isLeader) begin();
    else if (!this.#isSharing) this.#host.tell({ type: 'share' });
    this.#isSharing = true;
  }

  end(): void {
    this.#begin = () => undefined;
  }

  takeOver(): boolean {
    return false;
  }
}

/** Null where tabs can't speak with each other at all. */
export async function openBus(name: string, host: HostPage): Promise<Bus | null> {
  try {
    const bus = new OwnBus(name);
    await navigator.locks.query();
    return bus;
  } catch {
    return host.isFramed ? new HostBus(host) : null;
  }
}

/** Whether the tabs of a bus see the same storage even for a session that proves who somebody is. */
export const isOwnBus = (bus: Bus): boolean => bus instanceof OwnBus;
