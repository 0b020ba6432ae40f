import type { z } from 'zod';

/** A socket as a plugin sees it: data only. `state` is what the handshake answered. */
export interface PluginSocket<S> { readonly id: string; readonly state: S; readonly ip: string }

export interface RealtimeEvent<S, I extends z.ZodType = z.ZodType> {
  input: I;
  /** The answer is the acknowledgement. Throw a `PluginError` for a typed refusal. */
  handle(input: z.output<I>, socket: PluginSocket<S>, call: { signal: AbortSignal }): Promise<unknown>;
}

/** A typed Socket.IO namespace `/plugins/<id>/<name>`; gone, with every socket, at deactivation. */
export interface RealtimeNamespace<S extends { contactId?: string }> {
  name: string;
  /** Decides who may connect. Throw a `PluginError` to refuse. `sessionId` in the state lets the session's sockets be closed. */
  handshake(auth: Record<string, unknown>, request: { ip: string; origin: string | null; locale: string }): Promise<S>;
  events: Record<string, RealtimeEvent<S>>;
  /**
   * `contact`: the host sends the public feed of `state.contactId` to the socket: `message:new`, `message:changed`,
   * `conversation:changed`, `typing`, `presence`. It is made by a presenter that knows no notes.
   */
  feed?: 'contact';
  onConnect?(socket: PluginSocket<S>): Promise<void>;
  onDisconnect?(socket: PluginSocket<S>): Promise<void>;
}

export interface RealtimeHandle {
  /** Sends to the sockets of one contact, on every process. */
  toContact(contactId: string, event: string, payload: unknown): Promise<void>;
  /** Closes the sockets of one contact, on every process. */
  disconnectContact(contactId: string): Promise<void>;
  /** Closes the sockets of one session (`state.sessionId`), on every process; `event` is told to them before. */
  disconnectSession(sessionId: string, event?: string): Promise<void>;
}
export interface RealtimeApi { namespace<S extends { contactId?: string }>(definition: RealtimeNamespace<S>): Promise<RealtimeHandle> }

/** Helps the types of an event's input flow into its handler. */
export function realtimeEvent<S, I extends z.ZodType>(event: RealtimeEvent<S, I>): RealtimeEvent<S> {
  return event as unknown as RealtimeEvent<S>;
}
