/**
 * Every refusal that a client is meant to see. `code` is stable and is also the text key `errors:<code>`;
 * the HTTP layer tells it as RFC 9457, sockets as `{ error }`.
 */
export class AppError extends Error {
  readonly status: number;
  readonly code: string;
  /** Extension members of the problem document: the limit's name, the present state … */
  readonly details: Record<string, unknown>;
  readonly headers: Record<string, string>;

  constructor(status: number, code: string, details: Record<string, unknown> = {}, headers: Record<string, string> = {}) {
    super(code);
    this.name = 'AppError';
    this.status = status;
    this.code = code;
    this.details = details;
    this.headers = headers;
  }
}

export const notFound = (what = 'resource') => new AppError(404, 'not_found', { what });
export const forbidden = (action?: string) => new AppError(403, 'forbidden', action ? { action } : {});
export const unauthenticated = () => new AppError(401, 'unauthenticated');
export const conflict = (code: string, details: Record<string, unknown> = {}) => new AppError(409, code, details);
export const invalid = (path: string, code: string) => new AppError(400, 'invalid', { errors: [{ path, code, message: code }] });
export const tooLarge = (limit: string, max: number) => new AppError(413, 'too_large', { limit, max });
export const rateLimited = (retryAfter: number) => new AppError(429, 'rate_limited', { retryAfter }, { 'Retry-After': String(retryAfter) });
export const unavailable = (code: string, retryAfter = 30) => new AppError(503, code, { retryAfter }, { 'Retry-After': String(retryAfter) });
