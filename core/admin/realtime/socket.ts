import { io, type Socket } from 'socket.io-client';
import type { Ack, OperatorClientEvents, OperatorServerEvents } from '../../shared/realtime.ts';

export type OperatorSocket = Socket<OperatorServerEvents, OperatorClientEvents>;
type Answer<E extends keyof OperatorClientEvents> = Parameters<OperatorClientEvents[E]>[1] extends Ack<infer T> ? T : never;
type Input<E extends keyof OperatorClientEvents> = Parameters<OperatorClientEvents[E]>[0];

/** One socket for the page; it connects on sign-in. Closed and opened again by the connection store. */
export const socket: OperatorSocket = io('/operators', { autoConnect: false, transports: ['websocket', 'polling'], reconnectionDelay: 500, reconnectionDelayMax: 8_000 });

/** An event that the server refused, by its code. */
export class SocketError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'SocketError';
    this.code = code;
  }
}

/** Sends an event and waits for its acknowledgement. */
export async function ask<E extends keyof OperatorClientEvents>(event: E, input: Input<E>, withinMs = 10_000): Promise<Answer<E>> {
  const patient = socket.timeout(withinMs);
  const emit = patient.emitWithAck.bind(patient) as (event: E, input: Input<E>) => Promise<Answer<E> | { error: { code: string; message: string } }>;
  const answer = await emit(event, input);
  if (typeof answer === 'object' && answer !== null && 'error' in answer) throw new SocketError(answer.error.code, answer.error.message);
  return answer as Answer<E>;
}

/** Tells the server something that may be lost. */
export function tell<E extends keyof OperatorClientEvents>(event: E, input: Input<E>): void {
  if (socket.connected) ask(event, input).catch(() => undefined);
}
