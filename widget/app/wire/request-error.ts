/** Faults of the way there, not of the message: the same message may be tried again. */
const passing = new Set(['unreachable', 'internal', 'unavailable', 'rate_limited', 'unauthenticated', 'session_invalid', 'database_unavailable']);
/** A limit that lasts longer than this is told to the person. */
const shortWait = 60;

/** What a refusal says besides its code: tries that are left, the reason why a signed token is not believed. */
export interface RefusalDetails { triesLeft?: number; reason?: string }

/** A request that was refused, or that got no answer (`unreachable`). */
export class RequestError extends Error {
  readonly code: string;
  /** Seconds to wait, where the server said so. */
  readonly retryAfter: number | null;
  readonly details: RefusalDetails;

  constructor(code: string, retryAfter: number | null = null, details: RefusalDetails = {}) {
    super(code);
    this.name = 'RequestError';
    this.code = code;
    this.retryAfter = retryAfter;
    this.details = details;
  }

  get isPassing(): boolean {
    return passing.has(this.code) && (this.retryAfter ?? 0) <= shortWait;
  }
}

/** Any failure as one of ours. */
export const asRequestError = (error: unknown): RequestError => (error instanceof RequestError ? error : new RequestError('internal'));
