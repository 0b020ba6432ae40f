/** A handshake takes less than this. */
const rememberedMs = 60_000;

/**
 * Contacts that became part of another one, and sessions that ended, a moment ago. A socket that was let in as one of them
 * while that happened would go on as if nothing had, so it is told when it opens.
 */
export class RecentIds {
  readonly #until = new Map<string, number>();

  add(id: string): void {
    const now = Date.now();
    for (const [known, until] of this.#until) if (until < now) this.#until.delete(known);
    this.#until.set(id, now + rememberedMs);
  }

  has(id: string): boolean { return (this.#until.get(id) ?? 0) >= Date.now(); }
}
