import type { PluginSocket, RealtimeHandle, RealtimeNamespace } from '@plugboard/sdk';
import type { Namespace, Server, Socket } from 'socket.io';
import type { Kernel } from '../context.ts';
import { unavailable } from '../errors.ts';
import { toAppError } from '../http/problem.ts';
import type { ContactPresence } from './contact-presence.ts';
import { dispatchEvents } from './dispatch.ts';
import { RecentIds } from './recent-ids.ts';
import { isTooSlow } from './slow-client.ts';

/** Without a namespace it is ended in each of them. */
export interface SessionMessage { namespace: string | null; sessionId: string; event: string | null }
interface ContactMessage { namespace: string; contactId: string; event: string; payload: unknown }

interface Held<S> { socket: Socket; view: PluginSocket<S> }

/** One namespace of a plugin, from its activation to its deactivation. */
export class PluginNamespace<S extends { contactId?: string }> {
  readonly path: string;
  readonly #definition: RealtimeNamespace<S>;
  readonly #kernel: Kernel;
  readonly #presence: ContactPresence;
  readonly #moved: RecentIds;
  readonly #io: Server;
  readonly #namespace: Namespace;
  readonly #held = new Map<string, Held<S>>();
  readonly #unsubscribe: (() => void)[];
  readonly #ending = new AbortController();
  readonly #ended = new RecentIds();

  constructor(io: Server, pluginId: string, definition: RealtimeNamespace<S>, kernel: Kernel, presence: ContactPresence, moved: RecentIds) {
    this.path = `/plugins/${pluginId}/${definition.name}`;
    this.#io = io;
    this.#definition = definition;
    this.#kernel = kernel;
    this.#presence = presence;
    this.#moved = moved;
    this.#namespace = io.of(this.path);
    this.#namespace.use((socket, next) => { this.#admit(socket).then(() => next(), next); });
    this.#namespace.on('connection', (socket) => { void this.#serve(socket); });
    this.#unsubscribe = [
      kernel.bus.subscribe('rt:contact', (message) => this.#fromBus(message as ContactMessage)),
      kernel.bus.subscribe('rt:contact-end', (message) => this.#endContact(message as { namespace: string; contactId: string })),
      kernel.bus.subscribe('rt:session-end', (message) => this.#endSession(message as SessionMessage)),
    ];
  }

  get hasFeed(): boolean { return this.#definition.feed === 'contact'; }

  sendToContact(contactId: string, event: string, payload: unknown): void {
    for (const { socket, view } of this.#held.values()) {
      if (view.state.contactId !== contactId) continue;
      if (isTooSlow(socket)) socket.disconnect(true);
      else socket.emit(event, payload);
    }
  }

  /** The contact became part of another one: its sockets come again and are that one's then. */
  moveContact(contactId: string): void {
    for (const { socket, view } of this.#held.values()) if (view.state.contactId === contactId) endAsMoved(socket);
  }

  sendToAll(event: string, payload: unknown): void { this.#namespace.emit(event, payload); }

  handle(): RealtimeHandle {
    const { bus } = this.#kernel;
    return {
      toContact: (contactId, event, payload) => bus.publish('rt:contact', { namespace: this.path, contactId, event, payload } satisfies ContactMessage),
      disconnectContact: (contactId) => bus.publish('rt:contact-end', { namespace: this.path, contactId }),
      disconnectSession: (sessionId, event) => bus.publish('rt:session-end', { namespace: this.path, sessionId, event: event ?? null } satisfies SessionMessage),
    };
  }

  /** Tells open sockets that the channel closed, ends them, and forgets the namespace. */
  dispose(): void {
    this.#ending.abort();
    for (const off of this.#unsubscribe) off();
    this.#namespace.emit('channel:closed', { retryAfter: 5 });
    this.#namespace.disconnectSockets(false);
    this.#namespace.removeAllListeners();
    this.#io._nsps.delete(this.path);
  }

  async #admit(socket: Socket): Promise<void> {
    if (this.#ending.signal.aborted) throw socketError(unavailable('plugin_inactive'));
    const { headers, address, auth } = socket.handshake;
    const locale = this.#kernel.i18n.negotiate(headers['accept-language']);
    try {
      const state = await this.#definition.handshake(auth as Record<string, unknown>, { ip: clientAddress(headers, address, this.#kernel.config.trustProxy), origin: headers.origin ?? null, locale });
      socket.data = { state, locale };
    } catch (error) {
      throw socketError(error);
    }
  }

  async #serve(socket: Socket): Promise<void> {
    const { state, locale } = socket.data as { state: S; locale: string };
    const view: PluginSocket<S> = { id: socket.id, state, ip: clientAddress(socket.handshake.headers, socket.handshake.address, this.#kernel.config.trustProxy) };
    this.#held.set(socket.id, { socket, view });
    if (state.contactId && this.hasFeed) this.#presence.opened(state.contactId);
    socket.on('disconnect', () => {
      this.#held.delete(socket.id);
      if (state.contactId && this.hasFeed) this.#presence.closed(state.contactId);
      void this.#quietly(() => this.#definition.onDisconnect?.(view));
    });
    const events = new Map(Object.entries(this.#definition.events));
    dispatchEvents(socket, (name) => {
      const event = events.get(name);
      return event && { input: event.input, handle: (input) => event.handle(input as never, view, { signal: this.#ending.signal }) };
    }, { i18n: this.#kernel.i18n, log: this.#kernel.log, locale });
    if (state.contactId && this.#moved.has(state.contactId)) return endAsMoved(socket);
    if (this.#ended.has(sessionOf(state))) return void socket.disconnect(true);
    await this.#quietly(() => this.#definition.onConnect?.(view));
  }

  async #quietly(work: () => Promise<void> | undefined): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#kernel.log.warn({ err: error, namespace: this.path }, 'socket listener failed');
    }
  }

  #fromBus(message: ContactMessage): void {
    if (message.namespace === this.path) this.sendToContact(message.contactId, message.event, message.payload);
  }

  #endContact({ namespace, contactId }: { namespace: string; contactId: string }): void {
    if (namespace !== this.path) return;
    for (const { socket, view } of this.#held.values()) {
      if (view.state.contactId !== contactId) continue;
      socket.emit('session:ended');
      socket.disconnect(true);
    }
  }

  #endSession({ namespace, sessionId, event }: SessionMessage): void {
    if (namespace !== null && namespace !== this.path) return;
    this.#ended.add(sessionId);
    for (const { socket, view } of this.#held.values()) {
      if (sessionOf(view.state) !== sessionId) continue;
      if (event !== null) socket.emit(event);
      socket.disconnect(true);
    }
  }
}

const sessionOf = (state: object): string => ('sessionId' in state && typeof state.sessionId === 'string' ? state.sessionId : '');

function endAsMoved(socket: Socket): void {
  socket.emit('session:changed');
  socket.disconnect(true);
}

function clientAddress(headers: Record<string, string | string[] | undefined>, address: string, trustProxy: boolean): string {
  const forwarded = headers['x-forwarded-for'];
  return trustProxy && typeof forwarded === 'string' ? forwarded.split(',').at(-1)?.trim() ?? address : address;
}

/** Socket.IO hands `message` and `data` to the client as its connect_error. */
function socketError(error: unknown): Error {
  const known = toAppError(error);
  return Object.assign(new Error(known.code), { data: { code: known.code, ...known.details } });
}
