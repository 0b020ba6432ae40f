/** `changed`: look at what is stored again. `forgotten`: the person is gone, keep nothing. */
export type TabNews = 'changed' | 'forgotten';

/**
 * The other tabs of this browser with the same widget. A browser that gives a frame of another site no storage gives it
 * no locks either: such a tab is alone, and the desk tells a message that comes twice by its cid.
 */
export class Tabs {
  readonly #name: string;
  readonly #channel: BroadcastChannel | null;
  /** Tabs wait in line for each other: one that is gone in the middle of its work is followed by the next. */
  hasLocks = false;

  constructor(name: string) {
    this.#name = name;
    this.#channel = openChannel(name);
  }

  /** Runs the work while no other tab runs work of this name. */
  async exclusive(name: string, work: () => Promise<void>): Promise<void> {
    let hasBegun = false;
    const run = () => {
      hasBegun = true;
      this.hasLocks = true;
      return work();
    };
    try {
      await navigator.locks.request(`${this.#name}:${name}`, run);
    } catch (error) {
      if (hasBegun) throw error;
      await work();
    }
  }

  /** Is this the first tab that does it? The others are told no for a while. */
  async isFirst(name: string, holdMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const hold = (lock: Lock | null) => {
        resolve(lock !== null);
        return lock ? new Promise<void>((release) => { setTimeout(release, holdMs); }) : undefined;
      };
      try {
        navigator.locks.request(`${this.#name}:${name}`, { ifAvailable: true }, hold).catch(() => resolve(true));
      } catch {
        resolve(true);
      }
    });
  }

  tell(news: TabNews): void {
    this.#channel?.postMessage(news);
  }

  listen(listener: (news: TabNews) => void): void {
    if (this.#channel) this.#channel.onmessage = ({ data }: MessageEvent<TabNews>) => listener(data);
  }
}

function openChannel(name: string): BroadcastChannel | null {
  try {
    return new BroadcastChannel(name);
  } catch {
    return null;
  }
}
