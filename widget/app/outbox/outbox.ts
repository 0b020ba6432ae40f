import type { AttachmentDto, PublicConversationDto, PublicMessageDto } from '@plugboard/sdk';
import { backoff } from '../backoff.ts';
import { RequestError } from '../wire/request-error.ts';
import type { OutboxItem, OutboxStore } from './outbox-item.ts';

export interface SendAck { message: PublicMessageDto; conversation: PublicConversationDto }

export interface OutboxOptions {
  store: OutboxStore;
  /** One try. Rejects with a `RequestError`. */
  send(item: OutboxItem): Promise<SendAck>;
  /** Runs the work while no other tab runs work of this name. */
  exclusive(name: string, work: () => Promise<void>): Promise<void>;
  /** Can a try be made now? Where not, `resume` is called later. */
  isReady(): boolean;
  /** The server has the message, which was written in `thread`. Runs before the item leaves the list. */
  onSent(item: OutboxItem, ack: SendAck): void;
  onChange(items: readonly OutboxItem[]): void;
  schedule(run: () => void, delayMs: number): void;
}

export interface NewItem { thread: string; conversationId: string | null; buttonId: string | null; body: string; attachments: AttachmentDto[] }

/** Tries while connected before a person is asked. */
const tries = 6;

/**
 * Messages on their way: stored before the first try, sent one by one per conversation with the same cid on each try,
 * kept over reloads, and gone only when the server has them.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  #items: OutboxItem[] = [];
  readonly #draining = new Map<string, boolean>();
  readonly #attempts = new Map<string, number>();
  /** Changes that the store is still writing (null: removed): a reading that began before them must not undo them. */
  readonly #writing = new Map<string, OutboxItem | null>();

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  get items(): readonly OutboxItem[] {
    return this.#items;
  }

  /** Reads what is stored: at start, and when another tab changed it. */
  async load(): Promise<void> {
    const stored = await this.#options.store.all();
    const known = [...stored.filter((item) => !this.#writing.has(item.cid)), ...[...this.#writing.values()].filter((item) => item !== null)];
    this.#set(known.sort((one, other) => one.order - other.order));
  }

  /** Stores a new message, then begins to send it. */
  async add(input: NewItem): Promise<OutboxItem> {
    const order = this.#items.reduce((highest, item) => Math.max(highest, item.order), 0) + 1;
    const item: OutboxItem = { ...input, cid: crypto.randomUUID(), order, createdAt: Date.now(), state: 'queued', error: null };
    await this.#save([item]);
    this.#drain(item.thread);
    return item;
  }

  async retry(cid: string): Promise<void> {
    const item = this.#items.find((candidate) => candidate.cid === cid);
    if (!item) return;
    this.#attempts.delete(cid);
    await this.#save([{ ...item, state: 'queued', error: null }]);
    this.#drain(item.thread);
  }

  async discard(cid: string): Promise<void> {
    await this.#remove(cid);
  }

  /** The feed brought a message that is still in the list: the server has it. */
  async confirm(ack: SendAck): Promise<void> {
    const item = this.#items.find((candidate) => candidate.cid === ack.message.cid);
    if (item) await this.#settle(item, ack);
  }

  async clear(): Promise<void> {
    this.#set([]);
    await this.#options.store.clear();
  }

  /** Tries all that waits: after a connection came back. */
  resume(): void {
    for (const thread of new Set(this.#items.map((item) => item.thread))) this.#drain(thread);
  }

  #drain(thread: string): void {
    if (this.#draining.has(thread)) {
      this.#draining.set(thread, true);
      return;
    }
    this.#draining.set(thread, false);
    void this.#options.exclusive(thread, () => this.#sendAll(thread)).catch(() => undefined).finally(() => {
      const isWanted = this.#draining.get(thread);
      this.#draining.delete(thread);
      if (isWanted) this.#drain(thread);
    });
  }

  async #sendAll(thread: string): Promise<void> {
    await this.load();
    for (;;) {
      const item = this.#items.find((candidate) => candidate.thread === thread && candidate.state === 'queued');
      if (!item || !this.#options.isReady()) return;
      try {
        await this.#settle(item, await this.#options.send(item));
      } catch (error) {
        if (!(await this.#failed(item, error))) return;
      }
    }
  }

  /** True when the next message may be tried. */
  async #failed(item: OutboxItem, error: unknown): Promise<boolean> {
    const problem = error instanceof RequestError ? error : new RequestError('internal');
    if (!this.#items.some((candidate) => candidate.cid === item.cid)) return true;
    const isOurs = problem.code !== 'unreachable';
    const attempt = this.#attempts.get(item.cid) ?? 0;
    if (problem.isPassing && (!isOurs || attempt + 1 < tries)) {
      if (isOurs) this.#attempts.set(item.cid, attempt + 1);
      this.#options.schedule(() => this.#drain(item.thread), Math.max(backoff(attempt), (problem.retryAfter ?? 0) * 1000));
      return false;
    }
    await this.#save([{ ...item, state: 'failed', error: problem.code }]);
    return true;
  }

  /**
   * Those who wait in the same new thread learn the conversation's id before the item goes: should the page end between
   * the two, the first is sent again and the server answers as before.
   */
  async #settle(item: OutboxItem, ack: SendAck): Promise<void> {
    if (!this.#items.some((candidate) => candidate.cid === item.cid)) return;
    const conversationId = ack.conversation.id;
    const waiting = this.#items.filter((other) => other.cid !== item.cid && other.thread === item.thread && other.thread !== conversationId);
    this.#attempts.delete(item.cid);
    this.#options.onSent(item, ack);
    if (waiting.length > 0) await this.#save(waiting.map((other) => ({ ...other, thread: conversationId, conversationId })));
    await this.#remove(item.cid);
    if (waiting.length > 0) this.#drain(conversationId);
  }

  async #save(changed: readonly OutboxItem[]): Promise<void> {
    const byCid = new Map(changed.map((item) => [item.cid, item]));
    const added = changed.filter((item) => !this.#items.some((known) => known.cid === item.cid));
    this.#set([...this.#items.map((item) => byCid.get(item.cid) ?? item), ...added]);
    await this.#write(byCid, () => this.#options.store.put(changed));
  }

  async #remove(cid: string): Promise<void> {
    this.#set(this.#items.filter((item) => item.cid !== cid));
    await this.#write(new Map([[cid, null]]), () => this.#options.store.remove(cid));
  }

  async #write(changes: ReadonlyMap<string, OutboxItem | null>, write: () => Promise<void>): Promise<void> {
    for (const [cid, item] of changes) this.#writing.set(cid, item);
    try {
      await write();
    } finally {
      for (const [cid, item] of changes) if (this.#writing.get(cid) === item) this.#writing.delete(cid);
    }
  }

  #set(items: OutboxItem[]): void {
    this.#items = items;
    this.#options.onChange(items);
  }
}
