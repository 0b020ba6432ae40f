/** Faults of the way there, not of the message: the same message may be tried again. */
const passing = new Set(['unreachable', 'internal', 'unavailable', 'rate_limited', 'unauthenticated', 'session_invalid']);
/** A limit that lasts longer than this is told to the person. */
const shortWait = 60;

/** A request that was refused, or that got no answer (`unreachable`). */
export class RequestError extends Error {
  readonly code: string;
  /** Seconds to wait, where the server said so. */
  readonly retryAfter: number | null;

  constructor(code: string, retryAfter: number | null = null) {
    super(code);
    this.name = 'RequestError';
    this.code = code;
    this.retryAfter = retryAfter;
  }

  get isPassing(): boolean {
    return passing.has(this.code) && (this.retryAfter ?? 0) <= shortWait;
  }
}
