import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type { VisitorClientEvents, VisitorServerEvents } from '../../../core/shared/realtime.ts';
import { backoff } from '../backoff.ts';
import { RequestError } from './request-error.ts';
import type { Session } from './session.ts';
import { answerTimeout } from './wire.ts';
import type { Answer, ConnectionState, EventName, Input, Refusal, Wire, WireOptions } from './wire.ts';

export interface DirectWireOptions extends WireOptions {
  session: Session;
  slug: string;
  /** Is the channel switched off, as far as the server can be asked? */
  isClosed(): Promise<boolean>;
  /** The session was ended elsewhere, and no other has taken its place: nothing is to be connected for. */
  onEnded(): void;
}

const heartbeat = 20_000;
/** When the browser says that the network is gone, a living link proves the contrary within this time. */
const probeTimeout = 2_500;
/** A link that comes back at once is not worth a banner. */
const calm = 2_000;

/** One socket, kept open as long as there is a visitor: it comes back by itself after whatever happened. */
export class DirectWire implements Wire {
  readonly #options: DirectWireOptions;
  #socket: Socket<VisitorServerEvents, VisitorClientEvents> | null = null;
  #state: ConnectionState = 'resting';
  #attempt = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #unrest: ReturnType<typeof setTimeout> | undefined;
  #beat: ReturnType<typeof setInterval> | undefined;
  #isWanted = false;

  constructor(options: DirectWireOptions) {
    this.#options = options;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  start(): void {
    if (this.#isWanted) return;
    this.#isWanted = true;
    this.#become('connecting');
    void this.#connect();
  }

  stop(): void {
    this.#isWanted = false;
    this.#drop();
    this.#become('resting');
  }

  restart(): void {
    if (!this.#isWanted) return this.start();
    this.#attempt = 0;
    this.#become('connecting');
    void this.#connect();
  }

  hurry(): void {
    if (!this.#isWanted || this.#socket?.connected) return;
    this.#attempt = 0;
    void this.#connect();
  }

  probe(): void {
    this.request('ping', {}, probeTimeout).catch(() => undefined);
  }

  async request<E extends EventName>(event: E, input: Input<E>, timeout = answerTimeout): Promise<Answer<E>> {
    const socket = this.#socket;
    if (!socket?.connected) throw new RequestError('unreachable');
    const patient = socket.timeout(timeout);
    const emit = patient.emitWithAck.bind(patient) as (name: string, data: unknown) => Promise<Answer<E> | Refusal>;
    const answer = await emit(event, input).catch(() => {
      if (this.#socket === socket && socket.connected) this.#later();
      throw new RequestError('unreachable');
    });
    if (!('error' in answer)) return answer;
    const { code, retryAfter, errors } = answer.error;
    throw new RequestError(code === 'invalid' ? errors?.[0]?.code ?? code : code, retryAfter ?? null);
  }

  async #connect(): Promise<void> {
    this.#drop();
    const { session, slug, listeners } = this.#options;
    let token: string;
    try {
      token = await session.ensure();
    } catch {
      return this.#later();
    }
    if (!this.#isWanted || this.#socket) return;
    const socket: Socket<VisitorServerEvents, VisitorClientEvents> = io('/plugins/chat/visitors', {
      auth: { token, widget: slug }, reconnection: false, forceNew: true, transports: ['websocket', 'polling'], tryAllTransports: true, timeout: 10_000,
    });
    this.#socket = socket;
    for (const [name, listener] of Object.entries(listeners)) socket.on(name as keyof VisitorServerEvents, listener as () => void);
    socket.on('connect', () => this.#connected());
    socket.on('disconnect', () => { if (this.#socket === socket) this.#later(); });
    socket.on('connect_error', (error) => {
      if (this.#socket !== socket) return;
      if (error.message === 'session_invalid' || error.message === 'unauthenticated') session.refused(token);
      this.#later();
    });
    socket.on('channel:closed', () => { this.#become('closed'); });
    socket.on('session:ended', () => {
      if (session.token !== token) return this.restart();
      this.stop();
      session.refused(token);
      this.#options.onEnded();
    });
    socket.on('session:changed', () => { void session.refresh(token).finally(() => { if (this.#socket === socket) this.restart(); }); });
  }

  #connected(): void {
    this.#attempt = 0;
    clearTimeout(this.#unrest);
    this.#unrest = undefined;
    this.#become('online');
    this.#beat = setInterval(() => this.request('ping', {}).catch(() => undefined), heartbeat);
  }

  /** Plans the next try, and finds out meanwhile why this one failed. */
  #later(): void {
    this.#drop();
    if (!this.#isWanted) return;
    if (this.#state === 'online') this.#become('connecting');
    if (this.#state === 'connecting') this.#unrest ??= setTimeout(() => { if (this.#state === 'connecting') this.#become('offline'); }, navigator.onLine ? calm : 0);
    void this.#options.isClosed().then((isClosed) => {
      if (!this.#isWanted || this.#state === 'online') return;
      if (isClosed) this.#become('closed');
      else if (this.#state === 'closed') this.#become('offline');
    });
    this.#retry = setTimeout(() => void this.#connect(), backoff(this.#attempt));
    this.#attempt += 1;
  }

  #drop(): void {
    clearTimeout(this.#retry);
    clearInterval(this.#beat);
    const socket = this.#socket;
    this.#socket = null;
    socket?.removeAllListeners();
    socket?.disconnect();
  }

  #become(state: ConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.onState(state);
  }
}
