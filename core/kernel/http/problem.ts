import type { Context } from 'koa';
import { AppError } from '../errors.ts';
import type { I18n } from '../i18n/i18n.ts';
import type { Log } from '../log/log.ts';
import type { Problem } from '../../shared/problem.ts';

/** What a thrown value means to a client: an AppError as it is, everything else `internal`. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof Error) {
    const { status, code, details, type } = error as Error & { status?: unknown; code?: unknown; details?: unknown; type?: unknown };
    if (error.name === 'PluginError' && typeof status === 'number' && typeof code === 'string') {
      return new AppError(status, code, (details ?? {}) as Record<string, unknown>);
    }
    if (type === 'entity.too.large') return new AppError(413, 'too_large', { limit: 'json' });
  }
  return new AppError(500, 'internal');
}

/** Problem document (RFC 9457) for an error, in the reader's language. */
export function problemOf(error: AppError, i18n: I18n, locale: string, requestId: string): Problem {
  const title = i18n.t(`errors:${error.code}`, locale, { ...error.details, defaultValue: i18n.t('errors:failed', locale) });
  return { type: 'about:blank', status: error.status, code: error.code, title, ...error.details, requestId };
}

/** Answers with the problem; what is nobody's fault but ours is logged with its stack. */
export function sendProblem(ctx: Context, error: unknown, deps: { i18n: I18n; log: Log }): void {
  const known = toAppError(error);
  if (known.status >= 500 && known.code === 'internal') deps.log.error({ err: error, requestId: ctx.state.requestId as string, path: ctx.path }, 'request failed');
  ctx.status = known.status;
  for (const [name, value] of Object.entries(known.headers)) ctx.set(name, value);
  ctx.body = JSON.stringify(problemOf(known, deps.i18n, (ctx.state.locale as string | undefined) ?? 'en', ctx.state.requestId as string));
  ctx.type = 'application/problem+json';
  ctx.set('Cache-Control', 'no-store');
}
