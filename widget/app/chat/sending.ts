import type { AttachmentDto, PublicConversationDto, PublicMessageDto } from '@plugboard/sdk';
import type { OutboxItem } from '../outbox/outbox-item.ts';
import { openOutboxStore } from '../outbox/outbox-stores.ts';
import { Outbox } from '../outbox/outbox.ts';
import type { SendAck } from '../outbox/outbox.ts';
import type { TextStorage } from '../safe-storage.ts';
import type { HostPage } from '../wire/host-page.ts';
import type { Tabs } from '../wire/tabs.ts';
import type { Translate } from '../translate.ts';
import type { Wire } from '../wire/wire.ts';
import type { ChatState } from './chat-state.ts';
import type { Drafts } from './drafts.ts';
import type { Sync } from './sync.ts';

export interface SendingParts {
  /** Name of the outbox in this browser. */
  place: string;
  state: ChatState;
  storage: TextStorage;
  host: HostPage;
  tabs: Tabs;
  wire: Wire;
  sync: Sync;
  t: Translate;
  drafts: Drafts;
  /** Address of the page around the frame, which goes with the first message of a conversation. */
  pageUrl(): string | null;
}

/** Messages on their way out. Until `open` is called nothing is read, shown or sent. */
export class Sending {
  readonly #parts: SendingParts;
  readonly #opened = Promise.withResolvers<Outbox>();
  #isOpened = false;

  constructor(parts: SendingParts) {
    this.#parts = parts;
  }

  /** Reads what was left over; answers whether there is anything. */
  async open(): Promise<boolean> {
    if (!this.#isOpened) {
      this.#isOpened = true;
      this.#opened.resolve(await this.#create());
    }
    return (await this.#opened.promise).items.length > 0;
  }

  async send(thread: string, buttonId: string | null, body: string, attachments: AttachmentDto[]): Promise<void> {
    const conversationId = this.#parts.state.conversations.has(thread) || !thread.startsWith('new-') ? thread : null;
    await (await this.#opened.promise).add({ thread, conversationId, buttonId, body, attachments });
    this.#parts.tabs.tell('changed');
  }

  async retry(cid: string): Promise<void> {
    this.#parts.wire.hurry();
    await (await this.#opened.promise).retry(cid);
  }

  /** Tries again what was refused for this reason. */
  async retryRefused(code: string): Promise<void> {
    for (const item of this.#parts.state.pending.value) if (item.error === code) await this.retry(item.cid);
  }

  async discard(cid: string): Promise<void> {
    await (await this.#opened.promise).discard(cid);
    this.#parts.tabs.tell('changed');
  }

  /** The feed brought messages: those of ours are no longer on their way. */
  confirm(messages: readonly PublicMessageDto[], conversation: PublicConversationDto): void {
    for (const message of messages) if (message.isMine && message.cid) void this.#opened.promise.then((outbox) => outbox.confirm({ message, conversation }));
  }

  resume(): void {
    void this.#opened.promise.then((outbox) => outbox.resume());
  }

  /** Another tab wrote or sent. This one waits in line behind it, should that tab be gone before it is done. */
  async reload(): Promise<void> {
    const outbox = await this.#opened.promise;
    await outbox.load();
    if (this.#parts.tabs.hasLocks && this.#parts.wire.state === 'online') outbox.resume();
  }

  async clear(): Promise<void> {
    const outbox = this.#isOpened ? await this.#opened.promise : await this.#create();
    await outbox.clear();
    if (!this.#isOpened) this.#parts.state.pending.value = [];
  }

  async #create(): Promise<Outbox> {
    const { place, storage, state, tabs, wire } = this.#parts;
    const outbox = new Outbox({
      store: await openOutboxStore(place, storage),
      send: (item) => this.#send(item),
      exclusive: (name, work) => tabs.exclusive(name, work),
      isReady: () => wire.state === 'online',
      onSent: (item, ack) => this.#sent(item, ack),
      onChange: (items) => { state.pending.value = items; },
      schedule: (run, delayMs) => { setTimeout(run, delayMs); },
    });
    if (this.#isOpened) await outbox.load();
    return outbox;
  }

  async #send(item: OutboxItem): Promise<SendAck> {
    const pageUrl = item.conversationId ? null : this.#parts.pageUrl();
    const { message, conversation } = await this.#parts.wire.request('message:send', {
      cid: item.cid, body: item.body, attachments: item.attachments.map((attachment) => attachment.id),
      ...(item.conversationId ? { conversationId: item.conversationId } : item.buttonId ? { buttonId: item.buttonId } : {}),
      ...(pageUrl ? { pageUrl } : {}),
    });
    return { message, conversation };
  }

  #sent(item: OutboxItem, { message, conversation }: SendAck): void {
    const { state, sync, host, drafts, tabs, t } = this.#parts;
    const isNew = item.conversationId === null && !state.threads.has(conversation.id);
    if (isNew) sync.begin(conversation, message);
    else sync.receive(conversation, message);
    const screen = state.screen.value;
    if (screen.name === 'thread' && screen.thread === item.thread) state.screen.value = { ...screen, thread: conversation.id };
    if (isNew) {
      host.event('conversation:start', { conversationId: conversation.id });
      drafts.set(conversation.id, drafts.get(item.thread));
      drafts.set(item.thread, '');
    }
    if (state.isOpen.value) state.announcement.value = t('announce.sent');
    tabs.tell('changed');
  }
}
