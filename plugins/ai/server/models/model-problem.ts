import type { CheckProblem } from './model.schema.ts';

export type ProblemKind = CheckProblem | 'cut' | 'endless' | 'over-budget' | 'too-many-calls';

/** Why a model gave no answer, in one word. `detail` is what the endpoint said: for admins and logs, never for contacts. */
export class ModelProblem extends Error {
  readonly kind: ProblemKind;
  readonly detail: string;
  readonly retryAfterMs: number | null;
  constructor(kind: ProblemKind, detail = '', retryAfterMs: number | null = null) {
    super(detail ? `${kind}: ${detail}` : kind);
    this.name = 'ModelProblem';
    this.kind = kind;
    this.detail = detail;
    this.retryAfterMs = retryAfterMs;
  }

  /** Worth a second try at the same endpoint. */
  get isPassing(): boolean {
    return ['rate-limited', 'server-error', 'refused', 'unreachable', 'empty'].includes(this.kind);
  }
}

interface ApiError extends Error { statusCode?: number; responseBody?: string; responseHeaders?: Record<string, string> }

const maxDetail = 300;
/** Nothing of a key that an endpoint repeats. */
const detailOf = (text: string): string => text.replace(/\b(sk|key|pb|xai|gsk)[-_][A-Za-z0-9_-]{8,}/g, '$1-…').replace(/\s+/g, ' ').trim().slice(0, maxDetail);

/** What the SDK, the outbound client or the network threw, as one of our words. */
export function problemOf(error: unknown): ModelProblem {
  for (let cause: unknown = error, depth = 0; cause instanceof Error && depth < 6; cause = cause.cause ?? (cause as { lastError?: unknown }).lastError, depth += 1) {
    if (cause instanceof ModelProblem) return cause;
    const found = byStatus(cause as ApiError) ?? byNetwork(cause);
    if (found) return found;
  }
  return new ModelProblem('wrong-format', detailOf(error instanceof Error ? error.message : String(error)));
}

function byStatus(error: ApiError): ModelProblem | null {
  const { statusCode: status, responseBody = '' } = error;
  if (status === undefined || status < 400) return null;
  const detail = detailOf(messageIn(responseBody) || error.message);
  const isQuota = /insufficient_quota|quota|billing|credit balance/i.test(responseBody);
  if (status === 401) return new ModelProblem('unauthorized', detail);
  if (status === 402 || (status === 429 && isQuota)) return new ModelProblem('quota', detail);
  if (status === 403) return new ModelProblem('forbidden', detail);
  if (status === 404 || status === 400) {
    if (/model/i.test(responseBody) && /not.?found|does not exist|unknown|invalid|no such/i.test(responseBody)) return new ModelProblem('model-unknown', detail);
    return new ModelProblem(status === 404 ? 'not-found' : 'rejected', detail);
  }
  if (status === 429) return new ModelProblem('rate-limited', detail, retryAfter(error.responseHeaders?.['retry-after']));
  return new ModelProblem(status >= 500 ? 'server-error' : 'rejected', detail);
}

function byNetwork(error: Error): ModelProblem | null {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const detail = detailOf(error.message);
  if (code === 'outbound_refused') return new ModelProblem(/scheme|not an address|name or password/.test(error.message) ? 'address' : 'not-allowed', detail);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'ENODATA') return new ModelProblem('name-resolution', detail);
  if (code === 'ECONNREFUSED') return new ModelProblem('refused', detail);
  if (/^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_TLS|ERR_SSL|EPROTO)/.test(code)) return new ModelProblem('tls', `${code} ${detail}`.trim());
  if (['ECONNRESET', 'EHOSTUNREACH', 'ENETUNREACH', 'EPIPE'].includes(code) || error.message === 'aborted') return new ModelProblem(error.message === 'aborted' ? 'cut' : 'unreachable', detail);
  if (code === 'timeout' || code === 'ETIMEDOUT' || error.name === 'TimeoutError') return new ModelProblem('timeout', detail);
  if (code === 'too_large') return new ModelProblem('endless', detail);
  return null;
}

/** The text inside `{ "error": { "message": … } }`, as both kinds of endpoint say it. */
function messageIn(body: string): string {
  try {
    const { error, message } = JSON.parse(body) as { error?: { message?: unknown } | string; message?: unknown };
    return String((typeof error === 'object' ? error.message : error) ?? message ?? '');
  } catch {
    return '';
  }
}

function retryAfter(header: string | undefined): number | null {
  if (!header) return null;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}
