import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import type { PublicMessageDto } from '@plugboard/sdk';
import type { VisitorClientEvents, VisitorServerEvents } from '../../core/shared/realtime.ts';

type VisitorSocket = Socket<VisitorServerEvents, VisitorClientEvents>;
interface Sent { cid: string; body: string; acked: { id: string; seq: number } | null; tries: number }

const answerMs = 3_000;
/** An answer that does not come is a failure with a name, not a test that hangs. */
const ackTimeout = 30_000;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * A visitor as the widget behaves, without a browser: each message has its id before the first try, is tried until it is
 * acknowledged, one at a time, and what comes in is kept by `seq`.
 */
export class Visitor {
  readonly sent: Sent[] = [];
  readonly seen = new Map<number, PublicMessageDto>();
  /** Messages that arrived a second time with another content, or two under one seq: there must be none. */
  readonly oddities: string[] = [];
  conversationId: string | undefined;
  token: string;
  contactId: string;
  readonly #url: string;
  readonly #widget: string;
  #socket: VisitorSocket;

  private constructor(url: string, widget: string, session: { token: string; contactId: string }) {
    this.#url = url;
    this.#widget = widget;
    this.token = session.token;
    this.contactId = session.contactId;
    this.#socket = this.#open();
  }

  /** A new visitor, or one who comes back with a session. */
  static async arrive(url: string, widget = 'website', known?: { token: string; contactId: string }): Promise<Visitor> {
    if (known) return new Visitor(url, widget, known);
    const response = await fetch(`${url}/widget/${widget}/session`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' });
    if (!response.ok) throw new Error(`no session: ${response.status} ${await response.text()}`);
    return new Visitor(url, widget, await response.json() as { token: string; contactId: string });
  }

  /** Goes on at another address of the same desk. */
  moveTo(url: string): void {
    this.#socket.disconnect();
    this.#socket = this.#open(url);
  }

  /** Signs in by a token of the customer's server, and goes on with the session that takes the place of this one. */
  async signIn(userToken: string, deadlineMs = 60_000): Promise<void> {
    const deadline = Date.now() + deadlineMs;
    for (;;) {
      const response = await fetch(`${this.#url}/widget/${this.#widget}/session`, {
        method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ token: this.token, userToken }),
      }).catch(() => null);
      if (response?.ok) {
        const { token, contactId } = await response.json() as { token: string; contactId: string };
        this.token = token;
        this.contactId = contactId;
        return this.moveTo(this.#url);
      }
      if (response && response.status < 500 && response.status !== 429) throw new Error(`not signed in: ${response.status} ${await response.text()}`);
      if (Date.now() > deadline) throw new Error(`not signed in within ${deadlineMs} ms`);
      await pause(50);
    }
  }

  get socket(): VisitorSocket { return this.#socket; }

  #open(url = this.#url): VisitorSocket {
    const socket: VisitorSocket = io(`${url}/plugins/chat/visitors`, {
      transports: ['websocket'], forceNew: true, auth: { token: this.token, widget: this.#widget },
      reconnectionDelay: 30, reconnectionDelayMax: 200, timeout: 2_000, ackTimeout,
    });
    // A refused handshake is not tried again by the client itself.
    socket.on('connect_error', () => { if (!socket.active) setTimeout(() => socket.connect(), 100); });
    socket.on('disconnect', (reason) => { if (reason === 'io server disconnect') setTimeout(() => socket.connect(), 100); });
    socket.on('message:new', ({ message, conversationId }) => { if (conversationId === this.conversationId) this.#see(message); });
    return socket;
  }

  #see(message: PublicMessageDto): void {
    const known = this.seen.get(message.seq);
    if (known && known.id !== message.id) this.oddities.push(`seq ${message.seq} is ${known.id} and ${message.id}`);
    this.seen.set(message.seq, message);
  }

  /** Sends one message and tries until it is acknowledged, however often the desk goes away meanwhile. */
  async send(body: string, deadlineMs = 60_000): Promise<{ id: string; seq: number }> {
    const entry: Sent = { cid: randomUUID(), body, acked: null, tries: 0 };
    this.sent.push(entry);
    const deadline = Date.now() + deadlineMs;
    for (;;) {
      entry.tries += 1;
      const answer = await this.#try(entry);
      if (answer) return answer;
      if (Date.now() > deadline) throw new Error(`not acknowledged within ${deadlineMs} ms: ${body}`);
      await pause(30 + Math.random() * 60);
    }
  }

  async #try(entry: Sent): Promise<{ id: string; seq: number } | null> {
    if (!this.#socket.connected) return null;
    try {
      const answer = await this.#socket.timeout(answerMs).emitWithAck('message:send', {
        cid: entry.cid, body: entry.body, ...(this.conversationId ? { conversationId: this.conversationId } : {}),
      });
      if ('error' in answer) {
        if (['rate_limited', 'database_unavailable', 'internal', 'plugin_inactive', 'restarting'].includes(answer.error.code)) return null;
        throw new Error(`refused: ${JSON.stringify(answer.error)}`);
      }
      this.conversationId = answer.conversationId;
      entry.acked = { id: answer.id, seq: answer.seq };
      this.#see(answer.message);
      return entry.acked;
    } catch (error) {
      if (error instanceof Error && error.message.startsWith('refused')) throw error;
      return null;
    }
  }

  /** Asks for everything after what was seen without a gap, as the widget does after each reconnect. */
  async sync(): Promise<void> {
    if (!this.conversationId) return;
    let afterSeq = 0;
    for (;;) {
      const answer = await this.#socket.timeout(answerMs).emitWithAck('sync', { conversationId: this.conversationId, afterSeq });
      if ('error' in answer) throw new Error(answer.error.code);
      for (const message of answer.messages) this.#see(message);
      const last = answer.messages.at(-1);
      if (!last) return;
      afterSeq = last.seq;
    }
  }

  leave(): void { this.#socket.disconnect(); }
}
