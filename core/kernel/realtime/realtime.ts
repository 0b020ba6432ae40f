import type { RealtimeNamespace, RealtimeHandle } from '@plugboard/sdk';
import type { Server as HttpServer } from 'node:http';
import type { z } from 'zod';
import type { ActionContext } from '../context.ts';
import type { OutboxEntry } from '../outbox/outbox.ts';
import type { OperatorActor } from '../policy/actor.ts';

/** Given the row of a broadcast, sends what it means to the sockets of this process. */
export type BroadcastHandler = (entry: OutboxEntry, context: ActionContext) => Promise<void>;

/** An operator's open socket. `actor` is loaded anew when roles change. */
export interface OperatorSocket { readonly id: string; readonly actor: OperatorActor }

export interface OperatorEvent<I extends z.ZodType = z.ZodType> {
  input: I;
  policy: string;
  handle(input: z.output<I>, socket: OperatorSocket, ctx: ActionContext): Promise<unknown>;
}

/** The sockets of this process. Sending is local: what must reach other processes goes through the outbox or the bus. */
export interface Realtime {
  attach(server: HttpServer): void;
  /** Adds an event of the `/operators` namespace: schema, policy and handler; dispatched through a Map. */
  operatorEvent<I extends z.ZodType>(name: string, event: OperatorEvent<I>): void;
  /** Sends to each operator socket for which `allowed` says yes at this moment. */
  toOperators(event: string, payload: unknown, allowed: (socket: OperatorSocket) => boolean): void;
  /** Sends the public feed of a contact to its sockets in every plugin namespace with `feed: 'contact'`. */
  toContact(contactId: string, event: string, payload: unknown): void;
  /** Tells the sockets of a contact that became part of another one, on this process, and closes them: they come again as that one. */
  contactMoved(contactId: string): void;
  /** Closes the sockets that a visitor's session opened, on every process and in every plugin's namespace. */
  endSession(sessionId: string): Promise<void>;
  /** Is a socket of this contact open, on any process? */
  isContactOnline(contactId: string): boolean;
  onlineOperators(): OperatorActor[];
  onOperatorGone(handler: (socket: OperatorSocket) => void): void;
  onContactPresence(handler: (contactId: string, isOnline: boolean) => void): void;
  /** Loads the actor of each socket of this operator again and closes those whose session ended; all operators without an id. */
  refreshOperators(operatorId?: string): Promise<void>;
  pluginNamespace<S extends { contactId?: string }>(pluginId: string, definition: RealtimeNamespace<S>): Promise<RealtimeHandle & { dispose(): Promise<void> }>;
  /** Tells every socket to come back after about so many seconds. */
  drain(retryAfter: number): Promise<void>;
  close(): Promise<void>;
}
