import type { TextStorage } from '../safe-storage.ts';
import { RequestError } from './request-error.ts';

interface StoredSession { token: string; contactId: string }

/** What an answer that isn't a success says of itself. */
export async function problemOf(response: Response): Promise<RequestError> {
  const problem: unknown = await response.json().catch(() => null);
  const code = problem && typeof problem === 'object' && 'code' in problem ? String(problem.code) : 'internal';
  const retryAfter = Number(response.headers.get('retry-after')) || null;
  return new RequestError(response.status >= 500 ? 'unavailable' : code, retryAfter);
}

/** The visitor's bearer token. It lives in the iframe's own storage: no cookie, and no page can read it. */
export class Session {
  readonly #storage: TextStorage;
  readonly #address: string;
  readonly #locale: string;
  #begun: Promise<StoredSession> | null = null;
  onChange: (isThere: boolean) => void = () => undefined;

  constructor(storage: TextStorage, address: string, locale: string) {
    this.#storage = storage;
    this.#address = address;
    this.#locale = locale;
  }

  get token(): string | null {
    return this.#stored()?.token ?? null;
  }

  /** The token that is there, or a new anonymous visitor's. */
  async ensure(): Promise<string> {
    const stored = this.#stored();
    if (stored) return stored.token;
    this.#begun ??= this.#begin().finally(() => { this.#begun = null; });
    return (await this.#begun).token;
  }

  forget(): void {
    this.#storage.remove('session');
    this.onChange(false);
  }

  async #begin(): Promise<StoredSession> {
    const response = await fetch(`${this.#address}/session`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ locale: this.#locale }),
    }).catch(() => { throw new RequestError('unreachable'); });
    if (!response.ok) throw await problemOf(response);
    const { token, contactId } = await response.json() as StoredSession;
    this.#storage.set('session', JSON.stringify({ token, contactId }));
    this.onChange(true);
    return { token, contactId };
  }

  #stored(): StoredSession | null {
    const text = this.#storage.get('session');
    return text ? JSON.parse(text) as StoredSession : null;
  }
}
