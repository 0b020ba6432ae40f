import type { AttachmentDto } from '@plugboard/sdk';

/** A message that was written and is not yet known to be stored by the server. */
export interface OutboxItem {
  /** Made once; every try carries it, and the server answers each with the same acknowledgement. */
  cid: string;
  /** The conversation's id, or a name of our own (`new-…`) until the first message has opened it. */
  thread: string;
  conversationId: string | null;
  /** The conversation button that a new thread was begun with. */
  buttonId: string | null;
  body: string;
  attachments: AttachmentDto[];
  /** Place in the queue. Counted, because clocks jump. */
  order: number;
  createdAt: number;
  state: 'queued' | 'failed';
  /** Code of the refusal, for state `failed`. */
  error: string | null;
}

/** Where the outbox survives a reload. Writes are done when their promise is. */
export interface OutboxStore {
  all(): Promise<OutboxItem[]>;
  put(items: readonly OutboxItem[]): Promise<void>;
  remove(cid: string): Promise<void>;
  clear(): Promise<void>;
}
