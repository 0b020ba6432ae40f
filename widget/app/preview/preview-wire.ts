import type { PublicConversationDto, PublicMessageDto } from '@plugboard/sdk';
import type { PageConfig } from '../page-config.ts';
import type { Translate } from '../translate.ts';
import { RequestError } from '../wire/request-error.ts';
import type { Answer, ConnectionState, EventName, Input, Wire, WireOptions } from '../wire/wire.ts';
import { otherMessages, sampleConversations, sampleId, sampleMessages } from './sample.ts';

type Handlers = { [E in EventName]: (input: Input<E>) => Answer<E> };

/** A desk in memory: every request is answered at once, and nothing leaves the page. */
export class PreviewWire implements Wire {
  readonly #options: WireOptions;
  readonly #config: PageConfig;
  readonly #t: Translate;
  readonly #now = Date.now();
  readonly #written: PublicMessageDto[] = [];
  readonly #begun: PublicConversationDto[] = [];
  #version = 1;
  #state: ConnectionState = 'resting';

  constructor(options: WireOptions, config: PageConfig, t: Translate) {
    this.#options = options;
    this.#config = config;
    this.#t = t;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  start(): void {
    if (this.#state === 'online') return;
    this.#state = 'online';
    this.#options.onState('online');
    this.#options.listeners.presence?.({ isOnline: true });
  }

  stop(): void {
    this.#state = 'resting';
    this.#options.onState('resting');
  }

  restart(): void {
    this.start();
  }

  hurry(): void { /* is always there */ }
  probe(): void { /* is always there */ }

  /** The language changed: everything made up is said again. */
  redraw(): void {
    this.#version += 1;
    for (const conversation of this.#conversations()) this.#options.listeners['conversation:changed']?.({ conversation });
    for (const message of this.#messages(sampleId)) this.#options.listeners['message:changed']?.({ conversationId: sampleId, message });
  }

  async request<E extends EventName>(event: E, input: Input<E>): Promise<Answer<E>> {
    if (this.#state !== 'online') throw new RequestError('unreachable');
    const handlers: Handlers = {
      'message:send': (sent) => this.#take(sent),
      'conversations:list': () => ({ data: this.#conversations(), nextCursor: null }),
      sync: ({ conversationId, afterSeq }) => {
        const conversation = this.#conversations().find(({ id }) => id === conversationId);
        if (!conversation) throw new RequestError('not_found');
        return { messages: this.#messages(conversationId).filter(({ seq }) => seq > (afterSeq ?? 0)), conversation, tooFar: false };
      },
      read: () => ({}),
      typing: () => ({}),
      'conversation:close': ({ conversationId }) => {
        const conversation = this.#conversations().find(({ id }) => id === conversationId);
        if (!conversation) throw new RequestError('not_found');
        return { conversation: { ...conversation, status: 'closed', changeVersion: conversation.changeVersion + 1 } };
      },
      ping: () => ({ time: new Date().toISOString() }),
    };
    return handlers[event](input);
  }

  #opening(): string {
    return this.#config.widget.buttons[0]?.openingMessage ?? '';
  }

  #messages(conversationId: string): PublicMessageDto[] {
    const made = conversationId === sampleId ? sampleMessages(this.#t, this.#opening(), this.#now)
      : this.#begun.some(({ id }) => id === conversationId) ? [] : otherMessages(this.#t, this.#now);
    return [...made, ...this.#written.filter(({ id }) => id.startsWith(`${conversationId}:`))];
  }

  #conversations(): PublicConversationDto[] {
    return [...this.#begun, ...sampleConversations(this.#t, this.#messages(sampleId), this.#version, this.#now)];
  }

  #take({ cid, body, conversationId }: Input<'message:send'>): Answer<'message:send'> {
    const id = conversationId ?? `begun-${this.#begun.length}`;
    const seq = conversationId ? (this.#messages(id).at(-1)?.seq ?? 0) + 1 : 1;
    const message: PublicMessageDto = {
      id: `${id}:${seq}`, cid, seq, kind: 'reply', isMine: true, author: { type: 'contact', id: 'sample-visitor', name: '' }, body: { html: '', text: body }, attachments: [], createdAt: new Date().toISOString(),
    };
    this.#written.push(message);
    const template = this.#conversations().find((known) => known.id === (conversationId ?? sampleId));
    if (!template) throw new RequestError('not_found');
    const conversation: PublicConversationDto = {
      ...template, id, assignee: conversationId ? template.assignee : null, lastSeq: seq, readSeq: seq, unreadCount: 0, changeVersion: template.changeVersion + 1,
      lastMessage: { text: body, authorName: '', isMine: true, createdAt: message.createdAt },
    };
    if (!conversationId) this.#begun.push(conversation);
    return { id: message.id, seq, conversationId: id, message, conversation };
  }
}
