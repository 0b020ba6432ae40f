import type { AttachmentDto, PublicConversationDto, PublicMessageDto } from '@plugboard/sdk';
import { watch } from 'vue';
import type { OutboxItem } from '../outbox/outbox-item.ts';
import { openOutboxStore } from '../outbox/outbox-stores.ts';
import { Outbox } from '../outbox/outbox.ts';
import type { SendAck } from '../outbox/outbox.ts';
import type { PageConfig } from '../page-config.ts';
import type { TextStorage } from '../safe-storage.ts';
import type { Translate } from '../translate.ts';
import { Connection } from '../wire/connection.ts';
import type { ConnectionState } from '../wire/connection.ts';
import type { Files } from '../wire/files.ts';
import type { HostPage } from '../wire/host-page.ts';
import type { Session } from '../wire/session.ts';
import { Tabs } from '../wire/tabs.ts';
import { Bell } from './bell.ts';
import { channelIsClosed } from './channel-state.ts';
import type { ChatState } from './chat-state.ts';
import { Drafts } from './drafts.ts';
import { Sync } from './sync.ts';

export interface ChatParts { config: PageConfig; state: ChatState; session: Session; files: Files; host: HostPage; storage: TextStorage; t: Translate }

const syncEvery = () => 60_000 + Math.random() * 60_000;
const typingLasts = 6_000;
const closedCheck = 30_000;

/** The visitor's side of every conversation: commands for the screens, and what the server tells for the state. */
export class Chat {
  readonly state: ChatState;
  readonly drafts: Drafts;
  readonly files: Files;
  readonly #parts: ChatParts;
  readonly #bell = new Bell();
  readonly #connection: Connection;
  readonly #sync: Sync;
  readonly #tabs: Tabs;
  readonly #typingEnds = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #outbox: Promise<Outbox>;

  constructor(parts: ChatParts) {
    this.#parts = parts;
    this.state = parts.state;
    this.files = parts.files;
    this.drafts = new Drafts(parts.storage);
    this.#tabs = new Tabs(`plugboard:${parts.config.widget.brandId}`);
    this.#connection = new Connection({
      session: parts.session, slug: parts.config.widget.slug, isClosed: () => channelIsClosed(parts.config.widget.slug),
      onState: (state) => this.#connectionIs(state),
      listeners: {
        'message:new': ({ conversation, message }) => this.#arrived(conversation, message),
        'message:changed': ({ conversationId, message }) => this.#sync.change(conversationId, message),
        'conversation:changed': ({ conversation }) => this.state.keep(conversation),
        typing: ({ conversationId, author, isTyping }) => this.#types(conversationId, isTyping ? author.name : null),
        presence: ({ isOnline }) => { this.state.isTeamHere.value = isOnline; },
      },
    });
    this.#sync = new Sync(this.state, this.#connection, (messages, conversation) => this.#confirm(messages, conversation));
    this.#outbox = this.#openOutbox();
  }

  async start(): Promise<void> {
    const { session, host } = this.#parts;
    watch(this.state.unread, (count) => host.tell({ type: 'unread', count }), { immediate: true });
    this.#watchTheWorld();
    this.#tabs.onChange(() => void this.otherTabChanged());
    const outbox = await this.#outbox;
    if (session.token || outbox.items.length > 0) this.#connection.start();
  }

  /** Gets a session and a socket ready: the person has begun to write. */
  prepare(): void {
    this.#connection.start();
  }

  async send(thread: string, buttonId: string | null, body: string, attachments: AttachmentDto[]): Promise<void> {
    this.#connection.start();
    const conversationId = this.state.conversations.has(thread) || !thread.startsWith('new-') ? thread : null;
    await (await this.#outbox).add({ thread, conversationId, buttonId, body, attachments });
    this.#tabs.tellChange();
  }

  async retry(cid: string): Promise<void> {
    this.#connection.hurry();
    await (await this.#outbox).retry(cid);
  }

  async discard(cid: string): Promise<void> {
    await (await this.#outbox).discard(cid);
    this.#tabs.tellChange();
  }

  openDashboard(): void {
    this.state.screen.value = { name: 'dashboard' };
  }

  openThread(thread: string, buttonId: string | null = null): void {
    this.state.screen.value = { name: 'thread', key: thread, thread, buttonId };
    if (!thread.startsWith('new-')) void this.load(thread);
  }

  newThread(buttonId: string): void {
    const waiting = this.state.pending.value.find((item) => item.conversationId === null && item.buttonId === buttonId);
    this.openThread(waiting?.thread ?? `new-${crypto.randomUUID()}`, buttonId);
  }

  load(thread: string): Promise<void> {
    return this.#sync.thread(thread);
  }

  older(thread: string): Promise<void> {
    return this.#sync.older(thread);
  }

  moreConversations(): Promise<void> {
    return this.#sync.moreConversations();
  }

  type(thread: string, isTyping: boolean): void {
    if (thread.startsWith('new-')) return;
    void this.#connection.request('typing', { conversationId: thread, isTyping }).catch(() => undefined);
  }

  /** Everything of the thread that is on screen has been seen. */
  async read(thread: string, seq: number): Promise<void> {
    const conversation = this.state.conversations.get(thread);
    if (!conversation || (conversation.readSeq >= seq && conversation.unreadCount === 0)) return;
    await this.#connection.request('read', { conversationId: thread, seq }).catch(() => undefined);
    const present = this.state.conversations.get(thread);
    if (present) this.state.conversations.set(thread, { ...present, readSeq: Math.max(present.readSeq, seq), unreadCount: present.lastSeq <= seq ? 0 : present.unreadCount });
  }

  async closeConversation(thread: string): Promise<void> {
    const { conversation } = await this.#connection.request('conversation:close', { conversationId: thread });
    this.state.keep(conversation);
  }

  /** Another tab wrote, sent, or got a session. */
  async otherTabChanged(): Promise<void> {
    await (await this.#outbox).load();
    if (this.#parts.session.token) this.#connection.start();
  }

  get hasSound(): boolean {
    return this.#parts.storage.get('sound') !== 'off';
  }

  set hasSound(isOn: boolean) {
    this.#parts.storage.set('sound', isOn ? 'on' : 'off');
    if (isOn) this.#bell.ring();
  }

  /** Log-out: this browser keeps nothing of the visitor. */
  async forget(): Promise<void> {
    this.#connection.stop();
    await (await this.#outbox).clear();
    this.#sync.clear();
    this.drafts.clear();
    this.state.clear();
    this.#parts.session.forget();
  }

  async #openOutbox(): Promise<Outbox> {
    const { config, storage } = this.#parts;
    const store = await openOutboxStore(`plugboard-${config.widget.brandId}`, storage);
    const outbox = new Outbox({
      store,
      send: (item) => this.#send(item),
      exclusive: (name, work) => this.#tabs.exclusive(name, work),
      isReady: () => this.#connection.state === 'online',
      onSent: (item, ack) => this.#sent(item, ack),
      onChange: (items) => { this.state.pending.value = items; },
      schedule: (run, delayMs) => { setTimeout(run, delayMs); },
    });
    await outbox.load();
    return outbox;
  }

  async #send(item: OutboxItem): Promise<SendAck> {
    const { message, conversation } = await this.#connection.request('message:send', {
      cid: item.cid, body: item.body, attachments: item.attachments.map((attachment) => attachment.id),
      ...(item.conversationId ? { conversationId: item.conversationId } : item.buttonId ? { buttonId: item.buttonId } : {}),
    });
    return { message, conversation };
  }

  #sent(item: OutboxItem, { message, conversation }: SendAck): void {
    const isNew = item.conversationId === null && !this.state.threads.has(conversation.id);
    if (isNew) this.#sync.begin(conversation, message);
    else this.#sync.receive(conversation, message);
    const screen = this.state.screen.value;
    if (screen.name === 'thread' && screen.thread === item.thread) this.state.screen.value = { ...screen, thread: conversation.id };
    if (isNew) {
      this.#parts.host.tell({ type: 'start', conversationId: conversation.id });
      this.drafts.set(conversation.id, this.drafts.get(item.thread));
      this.drafts.set(item.thread, '');
    }
    this.#tabs.tellChange();
  }

  #arrived(conversation: PublicConversationDto, message: PublicMessageDto): void {
    const isKnown = (this.state.conversations.get(conversation.id)?.lastSeq ?? 0) >= message.seq;
    this.#confirm([message], conversation);
    this.#sync.receive(conversation, message);
    if (message.isMine || message.kind !== 'reply' || isKnown) return;
    this.#types(conversation.id, null);
    if (this.hasSound) this.#bell.ring();
    this.state.announcement.value = this.#parts.t('announce.message', { name: message.author.name, text: message.body.text.slice(0, 300) });
    this.#parts.host.tell({ type: 'message', text: message.body.text.slice(0, 300), authorName: message.author.name });
  }

  #confirm(messages: readonly PublicMessageDto[], conversation: PublicConversationDto): void {
    for (const message of messages) if (message.isMine && message.cid) void this.#outbox.then((outbox) => outbox.confirm({ message, conversation }));
  }

  #types(conversationId: string, name: string | null): void {
    clearTimeout(this.#typingEnds.get(conversationId));
    if (name === null) {
      this.state.typing.delete(conversationId);
      return;
    }
    this.state.typing.set(conversationId, name);
    this.#typingEnds.set(conversationId, setTimeout(() => this.state.typing.delete(conversationId), typingLasts));
  }

  #connectionIs(state: ConnectionState): void {
    const before = this.state.connection.value;
    this.state.connection.value = state;
    if (state !== 'online') {
      this.state.isTeamHere.value = false;
      return;
    }
    if (before === 'offline' || before === 'closed') this.state.announcement.value = this.#parts.t('announce.back');
    this.#refresh();
    void this.#outbox.then((outbox) => outbox.resume());
  }

  #refresh(): void {
    if (this.#connection.state === 'online') void this.#sync.all().catch(() => undefined);
  }

  #watchTheWorld(): void {
    const isSeen = () => document.visibilityState === 'visible';
    window.addEventListener('online', () => this.#connection.hurry());
    window.addEventListener('offline', () => this.#connection.probe());
    document.addEventListener('visibilitychange', () => {
      if (!isSeen()) return;
      this.#connection.hurry();
      this.#refresh();
    });
    const syncLater = () => setTimeout(() => {
      if (isSeen()) this.#refresh();
      syncLater();
    }, syncEvery());
    syncLater();
    setInterval(() => { if (this.state.isOpen.value && isSeen()) void this.#checkWhileResting(); }, closedCheck);
  }

  /** Without a socket nobody tells that the channel was switched off, or on again. */
  async #checkWhileResting(): Promise<void> {
    if (this.#connection.state !== 'resting') return;
    const isClosed = await channelIsClosed(this.#parts.config.widget.slug);
    if (this.#connection.state === 'resting') this.state.connection.value = isClosed ? 'closed' : 'resting';
  }
}
