import { io, type Socket } from 'socket.io-client';
import type { MessageDto } from '../../core/shared/conversations.ts';
import type { OperatorClientEvents, OperatorServerEvents } from '../../core/shared/realtime.ts';
import { signInTo } from './sign-in.ts';

/** An operator at the desk: a session, and the socket that an open inbox has. */
export class Operator {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly socket: Socket<OperatorServerEvents, OperatorClientEvents>;
  /** Messages that came without asking, by conversation. */
  readonly received = new Map<string, MessageDto[]>();
  readonly typing: { conversationId: string; isTyping: boolean }[] = [];

  private constructor(url: string, headers: Record<string, string>) {
    this.url = url;
    this.headers = headers;
    this.socket = io(`${url}/operators`, {
      transports: ['websocket'], forceNew: true, reconnectionDelay: 30, reconnectionDelayMax: 200, ackTimeout: 30_000,
      extraHeaders: { Cookie: headers.Cookie ?? '', Origin: url },
    });
    this.socket.on('message:new', ({ conversationId, message }) => {
      const messages = this.received.get(conversationId) ?? [];
      this.received.set(conversationId, messages);
      if (!messages.some((known) => known.id === message.id)) messages.push(message);
    });
    this.socket.on('typing', ({ conversationId, isTyping }) => this.typing.push({ conversationId, isTyping }));
  }

  static async signIn(url: string, credentials?: { email: string; password: string }): Promise<Operator> {
    const operator = new Operator(url, await signInTo(url, credentials));
    await new Promise<void>((resolve, reject) => {
      operator.socket.once('connect', () => resolve());
      operator.socket.once('connect_error', reject);
    });
    return operator;
  }

  async call(method: string, path: string, body?: unknown): Promise<{ status: number; body: Record<string, never> }> {
    const response = await fetch(`${this.url}/api/v1${path}`, { method, headers: this.headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const text = await response.text();
    return { status: response.status, body: (text ? JSON.parse(text) : {}) as Record<string, never> };
  }

  reply(conversationId: string, body: string, kind: 'reply' | 'note' = 'reply') {
    return this.call('POST', `/conversations/${conversationId}/messages`, { cid: crypto.randomUUID(), kind, body });
  }

  heard(conversationId: string): string[] {
    return (this.received.get(conversationId) ?? []).filter((message) => message.kind !== 'event').map((message) => message.body.text);
  }

  leave(): void { this.socket.disconnect(); }
}
