import { computed, ref } from 'vue';
import type { PageOptions } from '../../protocol.ts';
import { backoff } from '../backoff.ts';
import type { PageConfig } from '../page-config.ts';
import type { TextStorage } from '../safe-storage.ts';
import type { Http } from '../wire/http.ts';
import type { HostPage } from '../wire/host-page.ts';
import { asRequestError } from '../wire/request-error.ts';
import type { RequestError } from '../wire/request-error.ts';
import type { Claim, Session } from '../wire/session.ts';
import type { CodeSent, DetailsAnswer, DetailsBody, TranscriptAnswer } from '../wire/visitor-api.ts';
import { claimedPerson } from './claimed-person.ts';

export interface PeopleParts {
  config: PageConfig;
  session: Session;
  http: Http;
  host: HostPage;
  storage: TextStorage;
  /** Takes everything of the person away that this browser has. */
  wipe(): Promise<void>;
}

/** A code that was sent and not typed in yet. It is kept: phones throw a page away while somebody reads their mail. */
export interface OpenCode extends CodeSent { name: string; sentAt: number }

/** Who the visitor is: proofs of the page, codes by mail, and log-out. */
export class People {
  readonly #parts: PeopleParts;
  #hasSource = false;
  #asked: Promise<string | null> | null = null;
  #seen = new Set<string>();
  readonly isVerified = computed(() => this.#parts.session.contact.value?.kind === 'verified');
  /** Nobody writes here before their address is proved. */
  readonly mustConfirm = computed(() => this.#parts.config.widget.requiresAuthentication && !this.isVerified.value);
  /** Signed in by a code here: only such a person can sign out here. */
  readonly canSignOut = computed(() => this.isVerified.value && this.#parts.session.proof === 'code');
  readonly openCode = ref<OpenCode | null>(null);

  constructor(parts: PeopleParts) {
    this.#parts = parts;
    parts.session.onRefusedClaim = (claim, error) => this.#refused(claim, error);
    parts.session.onOtherPerson = () => parts.wipe();
    const kept = JSON.parse(parts.storage.get('code') ?? 'null') as OpenCode | null;
    if (kept && kept.sentAt + kept.expiresIn * 1_000 > Date.now()) this.openCode.value = kept;
  }

  /** What the page says of its user, at start and by `update` and `identify`. */
  async claim(options: PageOptions): Promise<void> {
    const { session } = this.#parts;
    const { userId, userToken, userDetails } = options;
    this.#hasSource = options.hasTokenSource ?? this.#hasSource;
    session.claim = {
      ...session.claim, ...(userId ? { userId } : {}), ...(userToken ? { userToken } : {}), ...(userDetails ? { userDetails } : {}),
    };
    if (this.#hasSource && !session.hasNewClaim && !this.isVerified.value) {
      const token = await this.#ask();
      if (token) session.claim = { ...session.claim, userToken: token };
    }
    if (session.hasNewClaim) await this.#signIn();
  }

  /**
   * Name and address as somebody typed them. Answers the code that was sent, or null when they are kept already.
   * `mustProve`: a code is wanted also for an address that nobody else has.
   */
  async details(body: DetailsBody, mustProve = false): Promise<CodeSent | null> {
    const { session, http } = this.#parts;
    let token = await session.ensure();
    const ask = () => http.call<DetailsAnswer>('POST', '/details', body, token);
    const answer = await ask().catch(async (error: unknown) => {
      if (asRequestError(error).code !== 'email_verified') throw error;
      // Whoever proves another address here is somebody else: the one before goes first.
      await this.leave();
      token = await session.ensure();
      return ask();
    });
    session.know(answer.contact);
    const isNeeded = mustProve && answer.contact.kind !== 'verified' && body.email !== undefined;
    const code = answer.code ?? (isNeeded ? await http.call<CodeSent>('POST', '/codes', { email: body.email }, token) : null);
    this.#openCode(code && { ...code, name: body.name ?? '', sentAt: Date.now() });
    return code;
  }

  async resend(): Promise<void> {
    const open = this.openCode.value;
    if (!open) return;
    const sent = await this.#parts.http.call<CodeSent>('POST', '/codes', { email: open.email }, await this.#parts.session.ensure());
    this.#openCode({ ...sent, name: open.name, sentAt: Date.now() });
  }

  async confirm(code: string): Promise<void> {
    const open = this.openCode.value;
    if (!open) return;
    await this.#parts.session.confirm({ email: open.email, code });
  }

  /** The code was taken, or another address is wanted. */
  dropCode(): void {
    this.#openCode(null);
  }

  async transcript(conversationId: string): Promise<string> {
    const { session, http } = this.#parts;
    return (await http.call<TranscriptAnswer>('POST', `/conversations/${conversationId}/transcript`, {}, await session.ensure())).email;
  }

  /** Log-out: this browser keeps nothing, and the desk ends the session. */
  async leave(): Promise<void> {
    this.forget();
    await this.#parts.wipe();
    await this.#parts.session.leave();
  }

  forget(): void {
    this.#openCode(null);
    this.#seen.clear();
  }

  #openCode(open: OpenCode | null): void {
    this.openCode.value = open;
    if (open) this.#parts.storage.set('code', JSON.stringify(open), true);
    else this.#parts.storage.remove('code');
  }

  /**
   * Waits for the answer when the page names another person than the one that is signed in: nothing of the one before may
   * be shown meanwhile. In every other case a desk that can't be reached holds nobody up.
   */
  async #signIn(): Promise<void> {
    const { session, host } = this.#parts;
    const isOther = this.isVerified.value && !this.#isSame(session.claim);
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await session.signIn();
      } catch (error) {
        const problem = asRequestError(error);
        if (!problem.isPassing) return host.event('error', { code: problem.code });
      }
      const again = new Promise((resolve) => { setTimeout(resolve, backoff(attempt)); });
      if (!isOther) return void again.then(() => (session.hasNewClaim ? this.#signIn() : undefined));
      await again;
    }
  }

  #isSame(claim: Claim): boolean {
    const contact = this.#parts.session.contact.value;
    const person = claimedPerson(claim);
    return contact?.email != null && person.email === contact.email.toLowerCase();
  }

  /** A token that the desk doesn't believe: the page is asked for a fresh one once, then it goes on without. */
  async #refused(claim: Claim, error: RequestError): Promise<Claim> {
    const token = claim.userToken ?? claim.userDetails?.emailHash ?? '';
    const rest: Claim = claim.userId ? { userId: claim.userId } : {};
    if (this.#hasSource && !this.#seen.has(token)) {
      this.#seen.add(token);
      const fresh = await this.#ask();
      if (fresh && !this.#seen.has(fresh)) {
        this.#seen.add(fresh);
        return { ...rest, userToken: fresh };
      }
    }
    this.#parts.host.event('identity:error', { code: error.code, reason: error.details.reason ?? null });
    if (this.isVerified.value && !this.#isSame(claim)) {
      await this.#parts.wipe();
      await this.#parts.session.leave();
    }
    return rest;
  }

  async #ask(): Promise<string | null> {
    this.#asked ??= this.#parts.host.askToken().finally(() => { this.#asked = null; });
    return this.#asked;
  }
}
