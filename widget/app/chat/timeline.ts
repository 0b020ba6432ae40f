import type { PublicMessageDto } from '@plugboard/sdk';

/**
 * The messages of one conversation as far as this page has them, in the order of `seq`. A message is shown only when all
 * before it are there; one that comes too early is held until the gap is filled, so that shown rows never change places.
 */
export class Timeline {
  messages: readonly PublicMessageDto[] = [];
  /** Everything up to here is known; numbers between two public messages belong to what a visitor never sees. */
  knownSeq = 0;
  /** There is nothing older than the first message. */
  isComplete = false;
  isLoaded = false;
  readonly #held = new Map<number, PublicMessageDto>();

  get hasGap(): boolean {
    return this.#held.size > 0;
  }

  get firstSeq(): number | null {
    return this.messages[0]?.seq ?? null;
  }

  /** One message of the feed. Answers false when others are missing before it. */
  receive(message: PublicMessageDto): boolean {
    if (message.seq > this.knownSeq + 1) {
      this.#held.set(message.seq, message);
      return false;
    }
    this.#put([message]);
    this.knownSeq = Math.max(this.knownSeq, message.seq);
    this.#release();
    return true;
  }

  /** An edit of a message that is there already. */
  change(message: PublicMessageDto): void {
    if (this.messages.some((known) => known.seq === message.seq)) this.#put([message]);
    else if (this.#held.has(message.seq)) this.#held.set(message.seq, message);
  }

  /** What came after `knownSeq`. A page that doesn't reach `lastSeq` is followed by another. */
  append(messages: readonly PublicMessageDto[], lastSeq: number): { isUpToDate: boolean } {
    const last = messages.at(-1)?.seq ?? lastSeq;
    this.#put(messages);
    this.knownSeq = Math.max(this.knownSeq, last);
    this.isLoaded = true;
    this.#release();
    return { isUpToDate: last >= lastSeq };
  }

  prepend(messages: readonly PublicMessageDto[]): void {
    this.#put(messages);
    this.isComplete = messages.length === 0 || this.firstSeq === 1;
  }

  /** Starts over from the newest page. */
  replace(messages: readonly PublicMessageDto[], lastSeq: number): void {
    this.messages = messages;
    this.knownSeq = Math.max(lastSeq, messages.at(-1)?.seq ?? 0);
    this.isLoaded = true;
    this.isComplete = messages.length === 0 || messages[0]?.seq === 1;
    this.#release();
  }

  #put(incoming: readonly PublicMessageDto[]): void {
    const bySeq = new Map(this.messages.map((message) => [message.seq, message]));
    for (const message of incoming) bySeq.set(message.seq, message);
    this.messages = [...bySeq.values()].sort((one, other) => one.seq - other.seq);
  }

  #release(): void {
    for (const [seq, message] of [...this.#held].sort(([one], [other]) => one - other)) {
      if (seq > this.knownSeq + 1) return;
      this.#held.delete(seq);
      this.#put([message]);
      this.knownSeq = Math.max(this.knownSeq, seq);
    }
  }
}
