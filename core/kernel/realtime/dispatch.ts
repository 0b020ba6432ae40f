import type { Socket } from 'socket.io';
import type { z } from 'zod';
import { limits } from '../../shared/limits.ts';
import type { SocketProblem } from '../../shared/problem.ts';
import { AppError } from '../errors.ts';
import { toAppError } from '../http/problem.ts';
import type { I18n } from '../i18n/i18n.ts';
import type { Log } from '../log/log.ts';

export interface SocketEvent { input: z.ZodType; handle(input: unknown): Promise<unknown> }

export interface DispatchDeps { i18n: I18n; log: Log; locale: string }

/** 20 events a second with bursts of 40. */
class TokenBucket {
  #tokens: number = limits.socketBurst;
  #at = performance.now();
  take(): boolean {
    const now = performance.now();
    this.#tokens = Math.min(limits.socketBurst, this.#tokens + ((now - this.#at) / 1000) * limits.socketEventsPerSecond);
    this.#at = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}

const tolerated = 200;

/**
 * Sends each event of a socket to its handler and answers through the acknowledgement. Names are looked up in a
 * Map and never reach the emitter, so that `__proto__` is a name like any other that nobody knows.
 */
export function dispatchEvents(socket: Socket, find: (name: string) => SocketEvent | undefined, deps: DispatchDeps): void {
  const bucket = new TokenBucket();
  let refused = 0;
  socket.use(([name, input, acknowledge]: unknown[]) => {
    const ack = typeof acknowledge === 'function' ? acknowledge as (answer: unknown) => void : () => {};
    if (!bucket.take()) {
      refused += 1;
      ack(socketProblem(new AppError(429, 'rate_limited', { retryAfter: 1 }), deps));
      if (refused > tolerated) socket.disconnect(true);
      return;
    }
    const event = typeof name === 'string' ? find(name) : undefined;
    if (!event) {
      ack(socketProblem(new AppError(404, 'not_found', { what: 'event' }), deps));
      return;
    }
    run(event, input).then(ack, (error: unknown) => ack(socketProblem(error, deps)));
  });
}

async function run(event: SocketEvent, input: unknown): Promise<unknown> {
  const parsed = event.input.safeParse(input);
  if (!parsed.success) {
    throw new AppError(400, 'invalid', { errors: parsed.error.issues.slice(0, 10).map((issue) => ({ path: issue.path.join('.'), code: issue.code === 'custom' ? issue.message : issue.code })) });
  }
  return (await event.handle(parsed.data)) ?? {};
}

export function socketProblem(error: unknown, deps: DispatchDeps): SocketProblem {
  const known = toAppError(error);
  if (known.code === 'internal') deps.log.error({ err: error }, 'socket event failed');
  const message = deps.i18n.t(`errors:${known.code}`, deps.locale, { ...known.details, defaultValue: deps.i18n.t('errors:failed', deps.locale) });
  return { error: { code: known.code, message, ...known.details } };
}
