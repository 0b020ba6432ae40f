import type { Namespace, Server, Socket } from 'socket.io';
import { createActionContext } from '../action-context.ts';
import type { Kernel } from '../context.ts';
import { isOwnOrigin } from '../http/origin.ts';
import { readSessionCookie } from '../http/session-cookie.ts';
import { forbidden } from '../errors.ts';
import type { OperatorActor } from '../policy/actor.ts';
import { dispatchEvents } from './dispatch.ts';
import { isTooSlow } from './slow-client.ts';
import type { OperatorEvent, OperatorSocket } from './realtime.ts';

interface Open { socket: Socket; token: string; view: { id: string; actor: OperatorActor } }

export interface OperatorSocketDeps {
  kernel: Kernel;
  /** The operator behind a session token, or null when it ended. */
  resolve(token: string): Promise<OperatorActor | null>;
}

/** The `/operators` namespace: session cookie, own origin, one policy per event. */
export class OperatorSockets {
  readonly #events = new Map<string, OperatorEvent>();
  readonly #open = new Map<string, Open>();
  readonly #gone = new Set<(socket: OperatorSocket) => void>();
  readonly #deps: OperatorSocketDeps;

  constructor(deps: OperatorSocketDeps) { this.#deps = deps; }

  add(name: string, event: OperatorEvent): void { this.#events.set(name, event); }
  onGone(handler: (socket: OperatorSocket) => void): void { this.#gone.add(handler); }
  get actors(): OperatorActor[] { return [...this.#open.values()].map(({ view }) => view.actor); }

  attach(io: Server): void {
    const namespace: Namespace = io.of('/operators');
    namespace.use((socket, next) => {
      this.#admit(socket).then(() => next(), (error: Error) => next(error));
    });
    namespace.on('connection', (socket) => this.#serve(socket));
  }

  async #admit(socket: Socket): Promise<void> {
    const { config } = this.#deps.kernel;
    const { headers } = socket.handshake;
    const token = readSessionCookie(headers.cookie, config.publicUrl.startsWith('https:'));
    if (!token || !isOwnOrigin('POST', headers, config.publicUrl)) throw new Error('unauthenticated');
    const actor = await this.#deps.resolve(token);
    if (!actor) throw new Error('unauthenticated');
    socket.data = { token, actor };
  }

  #serve(socket: Socket): void {
    const { kernel } = this.#deps;
    const { token, actor } = socket.data as { token: string; actor: OperatorActor };
    const open: Open = { socket, token, view: { id: socket.id, actor } };
    this.#open.set(socket.id, open);
    socket.on('disconnect', () => {
      this.#open.delete(socket.id);
      for (const handler of this.#gone) handler(open.view);
    });
    const locale = kernel.i18n.negotiate(socket.handshake.headers['accept-language']);
    dispatchEvents(socket, (name) => {
      const event = this.#events.get(name);
      return event && {
        input: event.input,
        handle: async (input) => {
          const ctx = createActionContext(kernel, open.view.actor, { locale });
          if (!ctx.can(event.policy)) throw forbidden(event.policy);
          return event.handle(input, open.view, ctx);
        },
      };
    }, { i18n: kernel.i18n, log: kernel.log, locale });
  }

  send(name: string, payload: unknown, allowed: (socket: OperatorSocket) => boolean): void {
    for (const { socket, view } of this.#open.values()) {
      if (!allowed(view)) continue;
      if (isTooSlow(socket)) socket.disconnect(true);
      else socket.emit(name, payload);
    }
  }

  /** Loads actors anew; a socket whose session ended is told and closed. */
  async refresh(operatorId?: string): Promise<void> {
    const affected = [...this.#open.values()].filter(({ view }) => operatorId === undefined || view.actor.id === operatorId);
    await Promise.all(affected.map(async (open) => {
      const actor = await this.#deps.resolve(open.token);
      if (actor) open.view.actor = actor;
      else {
        open.socket.emit('session:ended');
        open.socket.disconnect(true);
      }
    }));
  }
}
