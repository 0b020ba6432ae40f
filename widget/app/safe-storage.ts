import type { HostPage } from './wire/host-page.ts';

/** Text by key. */
export interface TextStorage {
  get(key: string): string | null;
  /** `isBrief`: where the page around the frame keeps it, only for as long as the tab is there. */
  set(key: string, value: string, isBrief?: boolean): void;
  remove(key: string): void;
  /** Keys that begin so. */
  keys(start: string): string[];
}

/** For as long as the page is there. */
export class MemoryStorage implements TextStorage {
  readonly #values = new Map<string, string>();

  get(key: string): string | null {
    return this.#values.get(key) ?? null;
  }
  set(key: string, value: string): void {
    this.#values.set(key, value);
  }
  remove(key: string): void {
    this.#values.delete(key);
  }
  keys(start: string): string[] {
    return [...this.#values.keys()].filter((key) => key.startsWith(start));
  }
}

/** The frame's own localStorage, under a prefix. What doesn't fit is kept in memory. */
export class LocalStorage implements TextStorage {
  readonly #prefix: string;
  readonly #overflow = new MemoryStorage();

  constructor(prefix: string) {
    this.#prefix = prefix;
  }
  get(key: string): string | null {
    return this.#overflow.get(key) ?? localStorage.getItem(this.#prefix + key);
  }
  set(key: string, value: string): void {
    try {
      localStorage.setItem(this.#prefix + key, value);
      this.#overflow.remove(key);
    } catch {
      this.#overflow.set(key, value);
    }
  }
  remove(key: string): void {
    this.#overflow.remove(key);
    localStorage.removeItem(this.#prefix + key);
  }
  keys(start: string): string[] {
    const stored = Object.keys(localStorage).filter((key) => key.startsWith(this.#prefix + start)).map((key) => key.slice(this.#prefix.length));
    return [...new Set([...stored, ...this.#overflow.keys(start)])];
  }
}

/**
 * Browsers that block third parties give a frame of another site no storage at all. The page around it keeps the values
 * then: a reload would otherwise lose the conversation and what was not sent yet.
 */
export class HostStorage extends MemoryStorage {
  readonly #host: HostPage;

  constructor(host: HostPage, values: Record<string, string | null>) {
    super();
    this.#host = host;
    this.apply(values);
  }
  override set(key: string, value: string, isBrief = false): void {
    super.set(key, value);
    this.#host.tell({ type: 'keep', key, value, isBrief });
  }
  override remove(key: string): void {
    super.remove(key);
    this.#host.tell({ type: 'keep', key, value: null });
  }
  /** Another tab changed them. */
  apply(values: Record<string, string | null>): void {
    for (const [key, value] of Object.entries(values)) {
      if (value === null) super.remove(key);
      else super.set(key, value);
    }
  }
}

function hasOwnStorage(): boolean {
  try {
    localStorage.setItem('plugboard', '1');
    localStorage.removeItem('plugboard');
    return true;
  } catch {
    return false;
  }
}

/** The best there is: the frame's own, the page's, else memory. */
export async function openStorage(prefix: string, host: HostPage): Promise<TextStorage> {
  if (hasOwnStorage()) return new LocalStorage(prefix);
  const values = await host.recall();
  return values ? new HostStorage(host, values) : new MemoryStorage();
}
