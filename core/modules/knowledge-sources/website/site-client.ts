import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../../../kernel/errors.ts';
import { OutboundRefused, type Outbound, type OutboundStream } from '../../../kernel/http/outbound.ts';
import { knowledgeLimits } from '../../../shared/knowledge.ts';
import type { SourceError } from '../source.model.ts';

export const robotName = 'Plugboard';
const usual = { timeoutMs: 30_000, idleMs: 15_000 } as const;
export const pageBytes = 2 * 1024 * 1024;

export interface Failure { kind: 'failed'; error: SourceError; isPassing: boolean; retryAfterMs: number | null }
export interface Fetched { kind: 'fetched'; url: string; status: number; headers: Record<string, string>; bytes: Uint8Array }

/** What may be fetched of a type; null for types that no text is made of. */
export function bytesOfType(type: string): number | null {
  if (/^(text\/html|application\/xhtml\+xml|text\/plain|text\/markdown)$/.test(type)) return pageBytes;
  return type === 'application/pdf' ? knowledgeLimits.file : null;
}
export const typeOf = (headers: Record<string, string>): string => (headers['content-type'] ?? 'text/html').split(';')[0]?.trim().toLowerCase() ?? '';

export interface SiteClientDeps { outbound: Outbound; signal: AbortSignal; allowPrivateNetwork: readonly string[]; timeoutMs?: number; idleMs?: number }

/**
 * Fetches from one host, one thing at a time, with a pause after each as long as the host took to answer, or as long as its
 * robots.txt asks for.
 */
export class SiteClient {
  readonly #deps: SiteClientDeps;
  #freeAt = 0;
  #pauseMs: number | null = null;
  /** Host that pages are fetched from; redirects to others are not followed. Null until it is known. */
  #host: string | null = null;

  constructor(deps: SiteClientDeps) { this.#deps = deps; }

  stayOn(address: string): void { this.#host = new URL(address).hostname; }
  /** At most ten seconds: a crawl that takes days helps nobody. */
  pauseFor(seconds: number): void { this.#pauseMs = Math.min(10_000, Math.max(0, seconds * 1_000)); }

  /** `limit` says how many bytes a type may have; null ends it before its body is read. */
  async fetch(url: string, { headers = {}, limit }: { headers?: Record<string, string>; limit(type: string): number | null }): Promise<Fetched | Failure> {
    await delay(Math.max(0, this.#freeAt - Date.now()), undefined, { signal: this.#deps.signal });
    const began = Date.now();
    try {
      const response = await this.#deps.outbound.stream(url, {
        headers: { 'User-Agent': robotName, Accept: 'text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.1', ...headers },
        timeoutMs: this.#deps.timeoutMs ?? usual.timeoutMs, idleMs: this.#deps.idleMs ?? usual.idleMs, maxBytes: knowledgeLimits.file + 1, signal: this.#deps.signal,
        ...(this.#host === null ? {} : { allows: (host, port) => this.#allows(host, port) }),
      });
      return await answerOf(response, limit);
    } catch (error) {
      if (this.#deps.signal.aborted) throw error;
      return failureOf(error);
    } finally {
      this.#freeAt = Date.now() + (this.#pauseMs ?? Math.min(2_000, Math.max(20, Date.now() - began)));
    }
  }

  #allows(host: string, port: number): boolean {
    const isUsual = port === 80 || port === 443 || this.#deps.allowPrivateNetwork.some((entry) => entry.toLowerCase() === host || entry.toLowerCase() === `${host}:${port}`);
    return isUsual && host === this.#host;
  }
}

async function answerOf(response: OutboundStream, limit: (type: string) => number | null): Promise<Fetched | Failure> {
  const { status, headers, url } = response;
  const isWanted = status >= 200 && status < 300 && status !== 204;
  const most = isWanted ? limit(typeOf(headers)) : null;
  if (most === null) {
    await close(response);
    if (status === 304 || isWanted) return { kind: 'fetched', status, headers, url, bytes: new Uint8Array() };
    return { kind: 'failed', error: { key: 'http_status', values: { status } }, isPassing: status === 408 || status === 425 || status === 429 || status >= 500, retryAfterMs: retryAfter(headers['retry-after']) };
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.length;
    if (size > most) return tooLarge(most);
    chunks.push(chunk);
  }
  return { kind: 'fetched', status, headers, url, bytes: new Uint8Array(Buffer.concat(chunks)) };
}

/** A body that nobody reads: the connection is closed with it. */
async function close({ body }: OutboundStream): Promise<void> {
  try {
    for await (const _chunk of body) return;
  } catch {
    // It was not wanted.
  }
}

const tooLarge = (max: number): Failure => ({ kind: 'failed', error: { key: 'too_large', values: { megabytes: Math.round(max / 1024 / 1024) } }, isPassing: false, retryAfterMs: null });

function failureOf(error: unknown): Failure {
  const failed = (key: SourceError['key'], isPassing: boolean): Failure => ({ kind: 'failed', error: { key, values: {} }, isPassing, retryAfterMs: null });
  if (error instanceof OutboundRefused) return failed(error.message.includes('redirects') ? 'redirects' : 'address_refused', false);
  if (error instanceof AppError && error.code === 'timeout') return failed('timeout', true);
  if (error instanceof AppError && error.code === 'too_large') return tooLarge(knowledgeLimits.file);
  return failed('unreachable', true);
}

function retryAfter(said: string | undefined): number | null {
  if (said === undefined) return null;
  const ms = /^\d+$/.test(said) ? Number(said) * 1_000 : Date.parse(said) - Date.now();
  return Number.isFinite(ms) ? Math.min(60_000, Math.max(0, ms)) : null;
}

/** Asks up to three times where a failure may pass. */
export async function insist(signal: AbortSignal, ask: () => Promise<Fetched | Failure>): Promise<Fetched | Failure> {
  for (let tries = 1; ; tries += 1) {
    const answer = await ask();
    if (answer.kind === 'fetched' || !answer.isPassing || tries === 3) return answer;
    await delay(answer.retryAfterMs ?? 300 * 4 ** (tries - 1), undefined, { signal });
  }
}
