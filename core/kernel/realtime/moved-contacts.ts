/** A handshake takes less than this. */
const rememberedMs = 60_000;

/**
 * Contacts that became part of another one a moment ago. A socket that was let in as one of them while that happened would
 * hear nothing any more, so it is told when it opens.
 */
export class MovedContacts {
  readonly #until = new Map<string, number>();

  add(contactId: string): void {
    const now = Date.now();
    for (const [id, until] of this.#until) if (until < now) this.#until.delete(id);
    this.#until.set(contactId, now + rememberedMs);
  }

  has(contactId: string): boolean { return (this.#until.get(contactId) ?? 0) >= Date.now(); }
}
