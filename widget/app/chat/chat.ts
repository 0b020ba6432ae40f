import type { AttachmentDto } from '@plugboard/sdk';
import { watch } from 'vue';
import type { PageConfig } from '../page-config.ts';
import type { TextStorage } from '../safe-storage.ts';
import type { Translate } from '../translate.ts';
import type { Files } from '../wire/files.ts';
import type { HostPage } from '../wire/host-page.ts';
import type { Http } from '../wire/http.ts';
import type { Session } from '../wire/session.ts';
import type { Tabs } from '../wire/tabs.ts';
import type { ConnectionState, MakeWire, Wire } from '../wire/wire.ts';
import { Arrivals } from './arrivals.ts';
import type { ChatState, Goal, Rating } from './chat-state.ts';
import { Drafts } from './drafts.ts';
import { People } from './people.ts';
import { Sending } from './sending.ts';
import { Sync } from './sync.ts';
import { keepVigil } from './vigil.ts';

export interface ChatParts {
  config: PageConfig;
  state: ChatState;
  session: Session;
  http: Http;
  files: Files;
  host: HostPage;
  storage: TextStorage;
  tabs: Tabs;
  t: Translate;
  makeWire: MakeWire;
  isClosed(): Promise<boolean>;
  pageUrl(): string | null;
}

const askedKey = 'asked';

/** The visitor's side of every conversation: commands for the screens, and what the server tells for the state. */
export class Chat {
  readonly state: ChatState;
  readonly session: Session;
  readonly drafts: Drafts;
  readonly files: Files;
  readonly people: People;
  readonly arrivals: Arrivals;
  /** The list of conversations was there for the first time. */
  onListed: () => void = () => undefined;
  readonly #parts: ChatParts;
  readonly #wire: Wire;
  readonly #sync: Sync;
  readonly #sending: Sending;
  #isListed = false;

  constructor(parts: ChatParts) {
    const { state, session, storage, config, host, tabs, t } = parts;
    this.#parts = parts;
    this.state = state;
    this.session = session;
    this.files = parts.files;
    this.drafts = new Drafts(storage);
    this.#wire = parts.makeWire({ onState: (next) => this.#connectionIs(next), listeners: Arrivals.listeners(() => this.arrivals) });
    this.#sync = new Sync(state, this.#wire, (messages, conversation) => this.#sending.confirm(messages, conversation));
    this.#sending = new Sending({
      place: `plugboard-${config.widget.brandId}`, state, storage, host, tabs, wire: this.#wire, sync: this.#sync, drafts: this.drafts, pageUrl: () => parts.pageUrl(), t,
    });
    this.arrivals = new Arrivals({ state, storage, host, tabs, sync: this.#sync, sending: this.#sending, t });
    this.people = new People({ config, session, http: parts.http, host, storage, wipe: () => this.#wipe() });
    state.isAskedEnough.value = storage.get(askedKey) !== null;
  }

  /** Everything that was left over on this browser comes to life. Who the visitor is has to be settled before. */
  async start(): Promise<void> {
    const { session, host, tabs, isClosed } = this.#parts;
    watch(this.state.unread, (count) => host.tell({ type: 'unread', count }), { immediate: true });
    watch(session.contact, (contact, before) => {
      if (contact?.id !== before?.id || contact?.kind !== before?.kind) tabs.tell('changed');
    });
    keepVigil({ state: this.state, wire: this.#wire, refresh: () => this.#refresh(), isClosed });
    tabs.listen((news) => void (news === 'forgotten' ? this.#forgotten() : this.otherTabChanged()));
    const hasLeftOver = await this.#sending.open();
    if (session.token || hasLeftOver) this.#wire.start();
  }

  get holdsSocket(): boolean {
    return !('isLeading' in this.#wire) || Boolean(this.#wire.isLeading);
  }

  /** Gets a session and a socket ready: the person has begun to write. */
  prepare(): void {
    if (!this.people.mustConfirm.value) this.#wire.start();
  }

  async send(thread: string, buttonId: string | null, body: string, attachments: AttachmentDto[]): Promise<void> {
    this.#wire.start();
    await this.#sending.send(thread, buttonId, body, attachments);
  }

  retry(cid: string): Promise<void> {
    return this.#sending.retry(cid);
  }

  discard(cid: string): Promise<void> {
    return this.#sending.discard(cid);
  }

  openHelp(query: string): void {
    this.state.screen.value = { name: 'help', query };
  }

  /** Articles below the widget's own address, as whoever is signed in here. */
  help<T>(path: string): Promise<T> {
    return this.#parts.http.call<T>('GET', `/help${path}`, undefined, this.session.token ?? undefined);
  }

  openDashboard(): void {
    this.state.screen.value = { name: 'dashboard' };
  }

  openThread(thread: string, buttonId: string | null = null): void {
    this.state.screen.value = { name: 'thread', key: thread, thread, buttonId };
    if (!thread.startsWith('new-')) void this.load(thread);
  }

  /** A conversation of that button; where the visitor has to be known, they are asked first. */
  newThread(buttonId: string, text = ''): void {
    if (this.people.mustConfirm.value) return this.askWho({ kind: 'new', buttonId, text });
    const waiting = this.state.pending.value.find((item) => item.conversationId === null && item.buttonId === buttonId);
    const thread = waiting?.thread ?? `new-${crypto.randomUUID()}`;
    if (text) this.drafts.set(thread, text);
    this.openThread(thread, buttonId);
  }

  askWho(goal: Goal): void {
    this.state.screen.value = { name: 'identity', goal };
  }

  /** A transcript goes to a proved address only. */
  askTranscript(id: string): void {
    if (this.people.isVerified.value) this.state.transcript.value = id;
    else this.askWho({ kind: 'transcript', id });
  }

  /** The address is proved: on to what was wanted. */
  async confirmed(goal: Goal | null): Promise<void> {
    this.#wire.restart();
    await this.#sending.retryRefused('authentication_required');
    if (goal?.kind === 'new') this.newThread(goal.buttonId, goal.text);
    else if (goal) this.openThread(goal.id);
    if (goal?.kind === 'transcript') this.state.transcript.value = goal.id;
  }

  /** A conversation that a link leads to: who may not see it proves their address first. */
  async openLinked(id: string): Promise<void> {
    if (!this.session.token) return this.askWho({ kind: 'thread', id });
    this.openThread(id);
    const stop = watch(() => this.state.threads.get(id), (view) => {
      if (view?.isLoaded) stop();
      if (view?.failure !== 'not_found' && view?.failure !== 'forbidden') return;
      stop();
      const screen = this.state.screen.value;
      if (screen.name === 'thread' && screen.thread === id) this.askWho({ kind: 'thread', id });
    });
  }

  async load(thread: string): Promise<void> {
    this.#wire.start();
    await this.#sync.thread(thread);
  }

  older(thread: string): Promise<void> {
    return this.#sync.older(thread);
  }

  moreConversations(): Promise<void> {
    return this.#sync.moreConversations();
  }

  type(thread: string, isTyping: boolean): void {
    if (thread.startsWith('new-')) return;
    void this.#wire.request('typing', { conversationId: thread, isTyping }).catch(() => undefined);
  }

  /** Everything of the thread that is on screen has been seen. */
  async read(thread: string, seq: number): Promise<void> {
    const conversation = this.state.conversations.get(thread);
    if (!conversation || (conversation.readSeq >= seq && conversation.unreadCount === 0)) return;
    await this.#wire.request('read', { conversationId: thread, seq }).catch(() => undefined);
    const present = this.state.conversations.get(thread);
    if (present) this.state.conversations.set(thread, { ...present, readSeq: Math.max(present.readSeq, seq), unreadCount: present.lastSeq <= seq ? 0 : present.unreadCount });
  }

  async closeConversation(thread: string): Promise<void> {
    const { conversation } = await this.#wire.request('conversation:close', { conversationId: thread });
    this.state.keep(conversation);
  }

  /** A word on an assistant's answer; the same again takes it back. */
  async rate(thread: string, messageId: string, rating: Rating): Promise<void> {
    const { ratings } = this.state;
    const before = ratings.get(messageId) ?? null;
    const next = before === rating ? null : rating;
    ratings.set(messageId, next);
    await this.#ask('PUT', `/conversations/${thread}/rating`, { messageId, rating: next }).catch(() => ratings.set(messageId, before));
  }

  async askForPerson(thread: string): Promise<void> {
    await this.#ask('POST', `/conversations/${thread}/person`, {});
  }

  async #ask(method: 'POST' | 'PUT', path: string, body: object): Promise<void> {
    await this.#parts.http.call(method, path, body, await this.session.ensure());
  }

  /** Another tab wrote, sent, or got a session. */
  async otherTabChanged(): Promise<void> {
    const before = this.session.contact.value?.id;
    this.session.reload();
    const contact = this.session.contact.value;
    if (before && contact && contact.id !== before) this.#wire.restart();
    await this.#sending.reload();
    if (contact) this.#wire.start();
  }

  /** No more questions for name and address. */
  dismissAsking(): void {
    this.state.isAskedEnough.value = true;
    this.#parts.storage.set(askedKey, '1');
  }

  /** Log-out: this browser keeps nothing of the visitor. */
  async forget(): Promise<void> {
    this.openDashboard();
    await this.people.leave();
    this.#parts.tabs.tell('forgotten');
  }

  /** The desk or another tab ended the session. */
  async ended(): Promise<void> {
    await this.#forgotten();
  }

  async #forgotten(): Promise<void> {
    this.session.reload();
    this.people.forget();
    await this.#wipe();
  }

  async #wipe(): Promise<void> {
    this.#wire.stop();
    this.#sync.clear();
    this.drafts.clear();
    this.state.clear();
    this.#parts.storage.remove(askedKey);
    this.#parts.files.clear();
    await this.#sending.clear();
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
    this.#sending.resume();
  }

  #refresh(): void {
    if (this.#wire.state !== 'online') return;
    this.#sync.all().then(() => {
      if (!this.#isListed) this.onListed();
      this.#isListed = true;
    }).catch(() => undefined);
  }
}
