import type { PublicConversationDto, PublicMessageDto } from '@plugboard/sdk';
import type { TextStorage } from '../safe-storage.ts';
import type { Translate } from '../translate.ts';
import type { HostPage } from '../wire/host-page.ts';
import type { Tabs } from '../wire/tabs.ts';
import type { Listeners } from '../wire/wire.ts';
import { Bell } from './bell.ts';
import type { ChatState } from './chat-state.ts';
import type { Sending } from './sending.ts';
import type { Sync } from './sync.ts';

export interface ArrivalsParts { state: ChatState; storage: TextStorage; host: HostPage; tabs: Tabs; sync: Sync; sending: Sending; t: Translate }

const typingLasts = 6_000;
const longestText = 300;

/** What the server tells by itself, and who is told of it: the screens, the person's ears, the page. */
export class Arrivals {
  readonly #parts: ArrivalsParts;
  readonly #bell = new Bell();
  readonly #typingEnds = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(parts: ArrivalsParts) {
    this.#parts = parts;
  }

  /** Made late: the parts are not there yet when the wire is. */
  static listeners(arrivals: () => Arrivals): Listeners {
    return {
      'message:new': ({ conversation, message }) => arrivals().#arrived(conversation, message),
      'message:changed': ({ conversationId, message }) => arrivals().#parts.sync.change(conversationId, message),
      'conversation:changed': ({ conversation }) => arrivals().#changed(conversation),
      typing: ({ conversationId, author, isTyping }) => arrivals().#types(conversationId, isTyping ? author.name : null),
      presence: ({ isOnline }) => { arrivals().#parts.state.isTeamHere.value = isOnline; },
    };
  }

  get hasSound(): boolean {
    return this.#parts.storage.get('sound') !== 'off';
  }

  set hasSound(isOn: boolean) {
    this.#parts.storage.set('sound', isOn ? 'on' : 'off');
    if (isOn) this.#bell.ring();
  }

  #arrived(conversation: PublicConversationDto, message: PublicMessageDto): void {
    const { state, sync, sending, host, t } = this.#parts;
    const isKnown = (state.conversations.get(conversation.id)?.lastSeq ?? 0) >= message.seq;
    sending.confirm([message], conversation);
    this.#escalates(conversation);
    sync.receive(conversation, message);
    if (message.isMine || message.kind !== 'reply' || isKnown) return;
    this.#types(conversation.id, null);
    if (this.hasSound && this.#bell.canRing) void this.#ring(message.id);
    const text = message.body.text.slice(0, longestText);
    state.announcement.value = t('announce.message', { name: message.author.name, text });
    host.event('message', { conversationId: conversation.id, text, authorName: message.author.name });
  }

  #changed(conversation: PublicConversationDto): void {
    this.#escalates(conversation);
    this.#parts.state.keep(conversation);
  }

  /** A conversation became a ticket, which has a number. */
  #escalates(conversation: PublicConversationDto): void {
    const known = this.#parts.state.conversations.get(conversation.id);
    if (known && known.number === null && conversation.number !== null) this.#parts.host.event('escalated', { conversationId: conversation.id, number: conversation.number });
  }

  /** Of several tabs one rings. */
  async #ring(id: string): Promise<void> {
    if (await this.#parts.tabs.isFirst(`bell:${id}`, 3_000)) this.#bell.ring();
  }

  #types(conversationId: string, name: string | null): void {
    const { typing } = this.#parts.state;
    clearTimeout(this.#typingEnds.get(conversationId));
    if (name === null) {
      typing.delete(conversationId);
      return;
    }
    typing.set(conversationId, name);
    this.#typingEnds.set(conversationId, setTimeout(() => typing.delete(conversationId), typingLasts));
  }
}
