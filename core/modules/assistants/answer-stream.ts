import type { Kernel } from '../../kernel/context.ts';
import type { AnswerDelta, AnswerEnd } from '../../shared/assistants.ts';
import { accessOf, type ConversationAccess, type LoadedConversation } from '../conversations/index.ts';

/** Bus topic: pieces of an answer on their way to the sockets of every process. Hints: the message itself comes in any case. */
export const streamTopic = 'assistant.stream';
export type StreamHint = { contactId: string; access: ConversationAccess } & ({ delta: AnswerDelta } | { end: AnswerEnd });

/** Pieces of one moment go out together. */
const gatherMs = 60;
const longest = 40 * 1024;

/** What an assistant is writing, as the contact and the operators see it come. */
export class AnswerStream {
  readonly #kernel: Kernel;
  readonly #to: { contactId: string; access: ConversationAccess };
  readonly #of: { conversationId: string; runId: string; author: { id: string; name: string } };
  readonly #isSilent: boolean;
  #text = '';
  #waiting = '';
  #index = 0;
  #timer: NodeJS.Timeout | null = null;
  #isOver = false;

  /** A silent one tells nobody: drafts are for operators, once they are done. */
  constructor(kernel: Kernel, conversation: LoadedConversation, run: { uid: string; author: { uid: string; name: string }; isSilent: boolean }) {
    this.#kernel = kernel;
    this.#to = { contactId: conversation.contact_uid, access: accessOf(conversation) };
    this.#of = { conversationId: conversation.uid, runId: run.uid, author: { id: run.author.uid, name: run.author.name } };
    this.#isSilent = run.isSilent;
  }

  /** What has been written so far. */
  get text(): string { return this.#text.toWellFormed(); }

  /** Says that it has begun, before there is a word. */
  begin(): void { this.#publish({ delta: { ...this.#of, index: this.#index++, text: '' } }); }

  add(text: string): void {
    const piece = text.slice(0, Math.max(0, longest - this.#text.length));
    if (this.#isOver || piece === '') return;
    this.#text += piece;
    this.#waiting += piece;
    this.#timer ??= setTimeout(() => this.#flush(), gatherMs);
  }

  end(messageId: string | null): void {
    if (this.#isOver) return;
    this.#flush();
    this.#isOver = true;
    this.#publish({ end: { conversationId: this.#of.conversationId, runId: this.#of.runId, messageId } });
  }

  #flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#waiting === '' || this.#isOver) return;
    const text = this.#waiting.toWellFormed();
    this.#waiting = '';
    this.#publish({ delta: { ...this.#of, index: this.#index++, text } });
  }

  #publish(what: { delta: AnswerDelta } | { end: AnswerEnd }): void {
    if (this.#isSilent) return;
    this.#kernel.bus.publish(streamTopic, { ...this.#to, ...what } satisfies StreamHint)
      .catch((error: unknown) => this.#kernel.log.debug({ err: error }, 'a piece of an answer was not told'));
  }
}

/** Hands a piece to the sockets of this process. */
export function sendStreamed({ realtime, policies }: Kernel, hint: StreamHint): void {
  const [event, payload] = 'delta' in hint ? ['answer:delta', hint.delta] as const : ['answer:end', hint.end] as const;
  realtime.toContact(hint.contactId, event, payload);
  realtime.toOperators(event, payload, ({ actor }) => policies.can(actor, 'conversation.view', hint.access));
}
