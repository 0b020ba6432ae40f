import type { Bus } from '../bus/bus.ts';

const announceMs = 20_000;
const expiresMs = 50_000;

interface Announcement { process: string; contactIds: string[]; isOnline: boolean }

/** Which contacts have an open socket on any process: announced over the bus, expiring when a process goes silent. */
export class ContactPresence {
  readonly #bus: Bus;
  readonly #process: string;
  readonly #local = new Map<string, number>();
  readonly #seen = new Map<string, Map<string, number>>();
  readonly #handlers = new Set<(contactId: string, isOnline: boolean) => void>();
  readonly #timer: NodeJS.Timeout;
  readonly #unsubscribe: () => void;

  constructor(bus: Bus, process: string) {
    this.#bus = bus;
    this.#process = process;
    this.#unsubscribe = bus.subscribe('presence:contacts', (message) => this.#hear(message as Announcement));
    this.#timer = setInterval(() => this.#beat(), announceMs).unref();
  }

  onChange(handler: (contactId: string, isOnline: boolean) => void): void { this.#handlers.add(handler); }

  isOnline(contactId: string): boolean { return (this.#seen.get(contactId)?.size ?? 0) > 0; }

  opened(contactId: string): void {
    const count = (this.#local.get(contactId) ?? 0) + 1;
    this.#local.set(contactId, count);
    if (count === 1) this.#announce([contactId], true);
  }

  closed(contactId: string): void {
    const count = (this.#local.get(contactId) ?? 1) - 1;
    if (count > 0) {
      this.#local.set(contactId, count);
      return;
    }
    this.#local.delete(contactId);
    this.#announce([contactId], false);
  }

  stop(): void {
    clearInterval(this.#timer);
    if (this.#local.size > 0) this.#announce([...this.#local.keys()], false);
    this.#unsubscribe();
  }

  #announce(contactIds: string[], isOnline: boolean): void {
    void this.#bus.publish('presence:contacts', { process: this.#process, contactIds, isOnline } satisfies Announcement);
  }

  #hear({ process, contactIds, isOnline }: Announcement): void {
    for (const contactId of contactIds) {
      const before = this.isOnline(contactId);
      const processes = this.#seen.get(contactId) ?? new Map<string, number>();
      if (isOnline) processes.set(process, Date.now() + expiresMs);
      else processes.delete(process);
      if (processes.size > 0) this.#seen.set(contactId, processes);
      else this.#seen.delete(contactId);
      this.#tell(contactId, before);
    }
  }

  #beat(): void {
    if (this.#local.size > 0) this.#announce([...this.#local.keys()], true);
    const now = Date.now();
    for (const [contactId, processes] of this.#seen) {
      for (const [process, expires] of processes) if (expires < now) processes.delete(process);
      if (processes.size > 0) continue;
      this.#seen.delete(contactId);
      this.#tell(contactId, true);
    }
  }

  #tell(contactId: string, before: boolean): void {
    const after = this.isOnline(contactId);
    if (after !== before) for (const handler of this.#handlers) handler(contactId, after);
  }
}
