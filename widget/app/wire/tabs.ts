/**
 * The other tabs of this browser with the same widget. A browser that gives a frame of another site no storage gives it
 * no locks either: such a tab is alone, and the desk tells a message that comes twice by its cid.
 */
export class Tabs {
  readonly #name: string;
  readonly #channel: BroadcastChannel | null;

  constructor(name: string) {
    this.#name = name;
    this.#channel = openChannel(name);
  }

  /** Runs the work while no other tab runs work of this name. */
  async exclusive(name: string, work: () => Promise<void>): Promise<void> {
    let hasBegun = false;
    const run = () => {
      hasBegun = true;
      return work();
    };
    try {
      await navigator.locks.request(`${this.#name}:${name}`, run);
    } catch (error) {
      if (hasBegun) throw error;
      await work();
    }
  }

  tellChange(): void {
    this.#channel?.postMessage('changed');
  }

  onChange(listener: () => void): void {
    if (this.#channel) this.#channel.onmessage = listener;
  }
}

function openChannel(name: string): BroadcastChannel | null {
  try {
    return new BroadcastChannel(name);
  } catch {
    return null;
  }
}
