import type { PublicConversationDto, PublicMessageDto } from '@plugboard/sdk';
import type { AnswerDelta } from '../../../core/shared/assistants.ts';
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
  #answerEnds: ReturnType<typeof setTimeout> | undefined;
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
      'answer:delta': (delta) => arrivals().#writes(delta),
      'answer:end': ({ conversationId, messageId }) => arrivals().#wrote(conversationId, messageId),
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
    if (message.author.type === 'assistant') state.answers.delete(conversation.id);
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

  /** Pieces that come after a gap show nothing but that somebody writes: the message itself comes in any case. */
  #writes({ conversationId, runId, index, text, author }: AnswerDelta): void {
    const { answers } = this.#parts.state;
    const known = answers.get(conversationId);
    const before = known?.runId === runId ? known : { text: '', next: 0 };
    const isWhole = before.next === index;
    answers.set(conversationId, { runId, name: author.name, text: isWhole ? before.text + text : '', next: isWhole ? index + 1 : -1 });
    // Longer than any turn.
    this.#endLater(conversationId, 70_000);
  }

  /** What became a message stays until that is there; what nobody says is gone at once. */
  #wrote(conversationId: string, messageId: string | null): void {
    const messages = this.#parts.state.threads.get(conversationId)?.messages;
    if (messageId === null || messages?.some(({ id }) => id === messageId)) this.#parts.state.answers.delete(conversationId);
    else this.#endLater(conversationId, typingLasts);
  }

  #endLater(conversationId: string, ms: number): void {
    clearTimeout(this.#answerEnds);
    this.#answerEnds = setTimeout(() => this.#parts.state.answers.delete(conversationId), ms);
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
