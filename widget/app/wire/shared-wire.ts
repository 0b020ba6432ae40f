import type { Bus } from './bus.ts';
import { asRequestError, RequestError } from './request-error.ts';
import { answerTimeout } from './wire.ts';
import type { Answer, ConnectionState, EventName, Input, Listeners, MakeWire, Wire, WireOptions } from './wire.ts';

/** What tabs say to each other. Only the one that leads holds a socket. */
type Said =
  /** A tab wants to be connected: the leader answers with its state. */
  | { kind: 'hello' }
  | { kind: 'state'; state: ConnectionState; leader: string }
  | { kind: 'event'; name: string; values: unknown[] }
  | { kind: 'ask'; id: string; from: string; name: EventName; input: unknown; timeout: number }
  /** The leader has heard, and does it. */
  | { kind: 'heard'; id: string; to: string }
  | { kind: 'answer'; id: string; to: string; value?: unknown; error?: { code: string; retryAfter: number | null } }
  | { kind: 'wish'; wish: 'hurry' | 'probe' | 'restart' };

interface Asked { heard: ReturnType<typeof setTimeout>; end: ReturnType<typeof setTimeout>; resolve(value: unknown): void; reject(error: RequestError): void }

export interface SharedWireOptions extends WireOptions {
  bus: Bus;
  make: MakeWire;
  /** This tab's session is not to be shared, or can't be. Asked at each start. */
  isAlone(): boolean;
}

/** A tab that is alive answers at once. */
const hearing = 900;

/** One socket for all tabs of a browser: the first holds it, the others ask through it, and when it goes the next takes its place. */
export class SharedWire implements Wire {
  readonly #options: SharedWireOptions;
  readonly #id = crypto.randomUUID();
  readonly #direct: Wire;
  readonly #asked = new Map<string, Asked>();
  #state: ConnectionState = 'resting';
  #leader: string | null = null;
  #isWanted = false;
  #isLeading = false;
  #isAlone = false;
  #silence: ReturnType<typeof setTimeout> | undefined;

  constructor(options: SharedWireOptions) {
    this.#options = options;
    this.#direct = options.make({ onState: (state) => this.#directIs(state), listeners: this.#relayed(options.listeners) });
    options.bus.listen((data) => this.#hear(data as Said));
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Does this tab hold the socket? */
  get isLeading(): boolean {
    return this.#isLeading;
  }

  start(): void {
    if (this.#isWanted) return;
    this.#isWanted = true;
    this.#isAlone = this.#options.isAlone();
    if (this.#isAlone) return this.#direct.start();
    this.#become('connecting');
    this.#options.bus.lead(() => this.#begin(), () => this.#lost());
    this.#greet();
  }

  stop(): void {
    if (!this.#isWanted) return;
    this.#isWanted = false;
    clearTimeout(this.#silence);
    this.#direct.stop();
    this.#failAll();
    if (!this.#isAlone) this.#options.bus.end();
    this.#isLeading = false;
    this.#leader = null;
    this.#become('resting');
  }

  restart(): void {
    if (!this.#isWanted) return this.start();
    if (this.#options.isAlone() !== this.#isAlone) {
      this.stop();
      this.start();
    } else if (this.#holds) this.#direct.restart();
    else this.#say({ kind: 'wish', wish: 'restart' });
  }

  hurry(): void {
    if (this.#holds) this.#direct.hurry();
    else if (this.#isWanted) this.#say({ kind: 'wish', wish: 'hurry' });
  }

  probe(): void {
    if (this.#holds) this.#direct.probe();
    else if (this.#isWanted) this.#say({ kind: 'wish', wish: 'probe' });
  }

  async request<E extends EventName>(event: E, input: Input<E>, timeout = answerTimeout): Promise<Answer<E>> {
    if (this.#holds) return this.#direct.request(event, input, timeout);
    if (!this.#isWanted || this.#state !== 'online') throw new RequestError('unreachable');
    return new Promise<Answer<E>>((resolve, reject) => {
      const id = crypto.randomUUID();
      this.#asked.set(id, {
        resolve: (value) => resolve(value as Answer<E>), reject,
        heard: setTimeout(() => this.#unheard(), hearing),
        end: setTimeout(() => this.#settle(id)?.reject(new RequestError('unreachable')), timeout + hearing),
      });
      this.#say({ kind: 'ask', id, from: this.#id, name: event, input, timeout });
    });
  }

  get #holds(): boolean {
    return this.#isLeading || this.#isAlone;
  }

  /** This tab's turn: whatever was asked of the one before is open again, and asked anew under the same cid. */
  #begin(): void {
    if (!this.#isWanted) return this.#options.bus.end();
    clearTimeout(this.#silence);
    this.#isLeading = true;
    this.#leader = this.#id;
    this.#failAll();
    this.#say({ kind: 'state', state: 'connecting', leader: this.#id });
    this.#direct.start();
  }

  /** Another tab took over, because this one didn't answer. */
  #lost(): void {
    this.#isLeading = false;
    this.#direct.stop();
    if (!this.#isWanted) return;
    this.#become('connecting');
    this.#options.bus.lead(() => this.#begin(), () => this.#lost());
    this.#greet();
  }

  #greet(): void {
    this.#say({ kind: 'hello' });
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#unheard(), hearing);
  }

  /** Nobody holds the socket, or the tab that does hangs. */
  #unheard(): void {
    if (!this.#isWanted || this.#holds || this.#options.bus.takeOver()) return;
    this.#isAlone = true;
    this.#failAll();
    this.#direct.start();
  }

  #hear(said: Said): void {
    if (said.kind === 'answer' || said.kind === 'heard') return this.#answered(said);
    if (!this.#isWanted || this.#isAlone) return;
    if (this.#isLeading) return this.#serve(said);
    if (said.kind === 'event') (this.#options.listeners[said.name as keyof Listeners] as ((...values: unknown[]) => void) | undefined)?.(...said.values);
    if (said.kind !== 'state') return;
    clearTimeout(this.#silence);
    if (this.#leader !== said.leader) this.#failAll();
    this.#leader = said.leader;
    this.#become(said.state);
  }

  #serve(said: Said): void {
    if (said.kind === 'hello') this.#say({ kind: 'state', state: this.#direct.state, leader: this.#id });
    else if (said.kind === 'wish') this.#direct[said.wish]();
    else if (said.kind === 'ask') void this.#answer(said);
  }

  async #answer({ id, from, name, input, timeout }: Extract<Said, { kind: 'ask' }>): Promise<void> {
    this.#say({ kind: 'heard', id, to: from });
    try {
      this.#say({ kind: 'answer', id, to: from, value: await this.#direct.request(name, input as Input<EventName>, timeout) });
    } catch (error) {
      const { code, retryAfter } = asRequestError(error);
      this.#say({ kind: 'answer', id, to: from, error: { code, retryAfter } });
    }
  }

  #answered(said: Extract<Said, { kind: 'answer' | 'heard' }>): void {
    if (said.to !== this.#id) return;
    clearTimeout(this.#asked.get(said.id)?.heard);
    if (said.kind === 'heard') return;
    const asked = this.#settle(said.id);
    if (said.error) asked?.reject(new RequestError(said.error.code, said.error.retryAfter));
    else asked?.resolve(said.value);
  }

  #settle(id: string): Asked | undefined {
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    clearTimeout(asked?.heard);
    clearTimeout(asked?.end);
    return asked;
  }

  #failAll(): void {
    for (const id of [...this.#asked.keys()]) this.#settle(id)?.reject(new RequestError('unreachable'));
  }

  #relayed(listeners: Listeners): Listeners {
    return Object.fromEntries(Object.entries(listeners).map(([name, listener]) => [name, (...values: unknown[]) => {
      if (this.#isLeading) this.#say({ kind: 'event', name, values });
      (listener as (...given: unknown[]) => void)(...values);
    }])) as Listeners;
  }

  #directIs(state: ConnectionState): void {
    if (!this.#holds) return;
    if (this.#isLeading) this.#say({ kind: 'state', state, leader: this.#id });
    this.#become(state);
  }

  #say(said: Said): void {
    this.#options.bus.post(said);
  }

  #become(state: ConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.onState(state);
  }
}
