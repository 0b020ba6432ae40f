import type { PublicConversationDto, PublicMessageDto } from '@plugboard/sdk';
import { asRequestError } from '../wire/request-error.ts';
import type { Wire } from '../wire/wire.ts';
import type { ChatState } from './chat-state.ts';
import { Timeline } from './timeline.ts';

/** How long a gap may stay before the missing messages are asked for. */
const gapPatience = 60;

/** Brings the page's picture up to what the server has: by the feed, and by asking wherever the feed may have failed. */
export class Sync {
  readonly #state: ChatState;
  readonly #wire: Wire;
  readonly #onMessages: (messages: readonly PublicMessageDto[], conversation: PublicConversationDto) => void;
  readonly #timelines = new Map<string, Timeline>();
  readonly #running = new Map<string, Promise<void>>();
  readonly #again = new Set<string>();
  /** Counts the persons: answers to questions of the one before are not taken. */
  #epoch = 0;

  constructor(state: ChatState, wire: Wire, onMessages: (messages: readonly PublicMessageDto[], conversation: PublicConversationDto) => void) {
    this.#state = state;
    this.#wire = wire;
    this.#onMessages = onMessages;
  }

  /** The list, and every thread that was opened on this page. */
  async all(): Promise<void> {
    const epoch = this.#epoch;
    const { data, nextCursor } = await this.#wire.request('conversations:list', {});
    if (epoch !== this.#epoch) return;
    const isFirst = this.#state.conversations.size === 0;
    for (const conversation of data) this.#state.keep(conversation);
    if (isFirst) this.#state.nextConversations.value = nextCursor;
    await Promise.all([...this.#timelines.keys()].map((id) => this.thread(id)));
  }

  async moreConversations(): Promise<void> {
    const cursor = this.#state.nextConversations.value;
    if (!cursor) return;
    const epoch = this.#epoch;
    const { data, nextCursor } = await this.#wire.request('conversations:list', { cursor });
    if (epoch !== this.#epoch) return;
    for (const conversation of data) this.#state.keep(conversation);
    this.#state.nextConversations.value = nextCursor;
  }

  /** Fetches what a thread lacks. One run at a time; a call during a run makes it run once more. */
  thread(id: string): Promise<void> {
    const running = this.#running.get(id);
    if (running) {
      this.#again.add(id);
      return running;
    }
    const run = this.#fetch(id).finally(() => {
      this.#running.delete(id);
      if (this.#again.delete(id)) void this.thread(id);
    });
    this.#running.set(id, run);
    return run;
  }

  async older(id: string): Promise<void> {
    const timeline = this.#timelines.get(id);
    const beforeSeq = timeline?.firstSeq;
    if (!timeline || !beforeSeq || timeline.isComplete) return;
    const { messages } = await this.#wire.request('sync', { conversationId: id, beforeSeq });
    timeline.prepend(messages);
    this.#show(id, timeline);
  }

  /** A message of the feed or of an acknowledgement. */
  receive(conversation: PublicConversationDto, message: PublicMessageDto): void {
    this.#state.keep(conversation);
    const timeline = this.#timelines.get(conversation.id);
    if (!timeline?.isLoaded) return;
    if (!timeline.receive(message)) setTimeout(() => { if (timeline.hasGap) void this.thread(conversation.id); }, gapPatience);
    this.#show(conversation.id, timeline);
  }

  change(id: string, message: PublicMessageDto): void {
    const timeline = this.#timelines.get(id);
    timeline?.change(message);
    if (timeline) this.#show(id, timeline);
  }

  /** A conversation that a message of ours has just opened. */
  begin(conversation: PublicConversationDto, message: PublicMessageDto): void {
    this.#state.keep(conversation);
    const timeline = new Timeline();
    timeline.replace([message], message.seq);
    this.#timelines.set(conversation.id, timeline);
    this.#show(conversation.id, timeline);
    if (!timeline.isComplete) void this.older(conversation.id).catch(() => undefined);
  }

  clear(): void {
    this.#epoch += 1;
    this.#timelines.clear();
  }

  async #fetch(id: string): Promise<void> {
    const timeline = this.#timelines.get(id) ?? new Timeline();
    this.#timelines.set(id, timeline);
    this.#show(id, timeline);
    try {
      if (timeline.isLoaded) await this.#catchUp(id, timeline);
      else await this.#newest(id, timeline);
      this.#show(id, timeline);
    } catch (error) {
      this.#show(id, timeline, timeline.isLoaded ? null : asRequestError(error).code);
    }
  }

  async #catchUp(id: string, timeline: Timeline): Promise<void> {
    for (;;) {
      const known = this.#state.conversations.get(id)?.changeVersion;
      const answer = await this.#wire.request('sync', { conversationId: id, afterSeq: timeline.knownSeq });
      if (this.#timelines.get(id) !== timeline) return;
      if (answer.tooFar) return this.#newest(id, timeline);
      this.#onMessages(answer.messages, answer.conversation);
      const { isUpToDate } = timeline.append(answer.messages, answer.conversation.lastSeq);
      this.#show(id, timeline);
      const wasEdited = known !== undefined && answer.messages.length === 0 && answer.conversation.changeVersion !== known;
      this.#state.keep(answer.conversation);
      if (wasEdited) return this.#refresh(id, timeline);
      if (isUpToDate) return;
    }
  }

  /** Something changed without a new message: the newest page tells edits that the feed did not bring. */
  async #refresh(id: string, timeline: Timeline): Promise<void> {
    const { messages } = await this.#wire.request('sync', { conversationId: id });
    for (const message of messages) timeline.change(message);
  }

  async #newest(id: string, timeline: Timeline): Promise<void> {
    const { messages, conversation } = await this.#wire.request('sync', { conversationId: id });
    if (this.#timelines.get(id) !== timeline) return;
    this.#onMessages(messages, conversation);
    timeline.replace(messages, conversation.lastSeq);
    this.#state.keep(conversation);
  }

  #show(id: string, timeline: Timeline, failure: string | null = null): void {
    if (this.#timelines.get(id) !== timeline) return;
    const { messages, isLoaded, isComplete } = timeline;
    this.#state.threads.set(id, { messages, isLoaded, isComplete, failure });
  }
}
