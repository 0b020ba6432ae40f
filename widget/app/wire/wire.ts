import type { VisitorClientEvents, VisitorServerEvents } from '../../../core/shared/realtime.ts';

/** `resting`: nobody has written yet, so there is nothing to be connected for. `closed`: the channel is switched off. */
export type ConnectionState = 'resting' | 'connecting' | 'online' | 'offline' | 'closed';

export type EventName = keyof VisitorClientEvents;
export type Input<E extends EventName> = Parameters<VisitorClientEvents[E]>[0];
export type Refusal = { error: { code: string; retryAfter?: number; errors?: { code: string }[] } };
export type Answer<E extends EventName> = Exclude<Parameters<Parameters<VisitorClientEvents[E]>[1]>[0], Refusal>;

/** What the server tells by itself, as far as the chat hears it. */
export type Listeners = Partial<VisitorServerEvents>;

export interface WireOptions {
  onState(state: ConnectionState): void;
  listeners: Listeners;
}

/** The way to the server and back, whoever holds the socket. */
export interface Wire {
  readonly state: ConnectionState;
  /** Connects and stays connected. Without effect when it is so already. */
  start(): void;
  stop(): void;
  /** The session is another one now: connects again with it. */
  restart(): void;
  /** Something may have changed for the better (network, visibility): try now. */
  hurry(): void;
  /** Finds out whether the link is alive, and gives it up when it isn't. */
  probe(): void;
  /** Asks and waits for the acknowledgement. A refusal and silence both reject with a `RequestError`; silence ends the link. */
  request<E extends EventName>(event: E, input: Input<E>, timeout?: number): Promise<Answer<E>>;
}

export type MakeWire = (options: WireOptions) => Wire;

export const answerTimeout = 12_000;
