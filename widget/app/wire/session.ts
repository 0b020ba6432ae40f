import { shallowRef } from 'vue';
import type { PageOptions } from '../../protocol.ts';
import type { TextStorage } from '../safe-storage.ts';
import type { Http } from './http.ts';
import { RequestError } from './request-error.ts';
import type { ConfirmBody, DetailsAnswer, SessionBody, SessionDto, VisitorDto } from './visitor-api.ts';

/** How the person of a session came to be known: by a token of the page's server, by a code of ours, or not at all. */
export type Proof = 'token' | 'code' | null;
interface StoredSession extends Pick<SessionDto, 'token' | 'contactId' | 'isBrief'> {
  contact: VisitorDto | null;
  proof: Proof;
  /** End of the signed token that this session was begun with: the same one needs no second sign-in. */
  signed: string | null;
}

/** What the page says about who its user is. */
export type Claim = Pick<PageOptions, 'userId' | 'userToken' | 'userDetails'>;

const signatureOf = (claim: Claim): string | null => (claim.userToken ?? claim.userDetails?.emailHash)?.slice(-24) ?? null;
/** The person who proved who they are in this browser last, by public id. */
const ownerKey = 'owner';
const unknown = (contactId: string): VisitorDto => ({ id: contactId, kind: 'anonymous', name: null, email: null });

/**
 * The visitor's bearer token. It lives in the iframe's own storage: no cookie, and no page can read it. Every token that
 * the server answers takes the place of the one before, which ends with it.
 */
export class Session {
  readonly #storage: TextStorage;
  readonly #http: Http;
  readonly #locale: () => string;
  #begun: Promise<StoredSession> | null = null;
  /** Settles when a code that was sent in is answered; never rejects. Until then nobody knows which token will be good. */
  #confirming: Promise<unknown> | null = null;
  #claim: Claim = {};
  /** Who this browser is taken for; null without a session. */
  readonly contact = shallowRef<VisitorDto | null>(null);
  onChange: (isThere: boolean) => void = () => undefined;
  /** The claim to go on with when the server doesn't believe one. */
  onRefusedClaim: (claim: Claim, error: RequestError) => Promise<Claim> = () => Promise.resolve({});
  /** Runs before another person's session takes the place of a known one's. */
  onOtherPerson: () => Promise<void> = () => Promise.resolve();

  constructor(storage: TextStorage, http: Http, locale: () => string) {
    this.#storage = storage;
    this.#http = http;
    this.#locale = locale;
    this.reload();
  }

  get token(): string | null {
    return this.#stored()?.token ?? null;
  }

  get isBrief(): boolean {
    return this.#stored()?.isBrief ?? false;
  }

  get proof(): Proof {
    return this.#stored()?.proof ?? null;
  }

  get claim(): Claim {
    return this.#claim;
  }

  set claim(claim: Claim) {
    this.#claim = claim;
  }

  /** Is there a signed claim that this session was not begun with? */
  get hasNewClaim(): boolean {
    const signature = signatureOf(this.#claim);
    return signature !== null && signature !== this.#stored()?.signed;
  }

  /** The token that is there, or a new visitor's. */
  async ensure(): Promise<string> {
    if (this.#confirming) await this.#confirming;
    const stored = this.#stored();
    if (stored && !this.#begun) return stored.token;
    return (await this.#once(() => this.#begin())).token;
  }

  /** Signs in with what the page claims. */
  async signIn(): Promise<void> {
    await this.#begun?.catch(() => undefined);
    await this.#once(() => this.#begin());
  }

  async confirm(body: ConfirmBody): Promise<void> {
    const answered = this.#http.call<SessionDto>('POST', '/codes/confirm', body, await this.ensure());
    const settled = this.#confirming = answered.catch(() => undefined).finally(() => { if (this.#confirming === settled) this.#confirming = null; });
    await this.#take(await answered, 'code', null);
  }

  /**
   * The desk says that the visitor is somebody else now: asks who, with a token that stays good. One that is good no more
   * ended for the sake of another, which comes with the answer to whatever was proved, here or in another tab.
   */
  async refresh(token: string): Promise<void> {
    await this.#confirming;
    await this.#begun?.catch(() => undefined);
    const stored = this.#stored();
    if (!stored || stored.token !== token) return;
    const answer = await this.#http.call<DetailsAnswer>('POST', '/details', {}, token).catch(() => null);
    if (!answer || this.token !== token) return;
    const { contact } = answer;
    await this.#take({ token, contactId: contact.id, contact, isBrief: contact.kind === 'verified' }, stored.proof, stored.signed);
  }

  /** The server doesn't know this token any more. Another one may have taken its place meanwhile. */
  refused(token: string): void {
    if (this.token === token) this.forget();
  }

  forget(): void {
    this.#storage.remove('session');
    this.contact.value = null;
    this.onChange(false);
  }

  /** Ends the session at the server too. */
  async leave(): Promise<void> {
    const { token } = this;
    this.#claim = {};
    this.forget();
    this.#storage.remove(ownerKey);
    if (token) await this.#http.call('DELETE', '/session', undefined, token).catch(() => undefined);
  }

  /** What is known of the person changed. */
  know(contact: VisitorDto): void {
    const stored = this.#stored();
    if (stored) this.#keep({ ...stored, contact });
  }

  /** Another tab may have changed what is stored. */
  reload(): void {
    const stored = this.#stored();
    this.contact.value = stored && (stored.contact ?? unknown(stored.contactId));
  }

  async #once(run: () => Promise<StoredSession>): Promise<StoredSession> {
    this.#begun ??= run().finally(() => { this.#begun = null; });
    return this.#begun;
  }

  async #begin(): Promise<StoredSession> {
    for (;;) {
      const claim = this.#claim;
      const stored = this.#stored();
      const body: SessionBody = { locale: this.#locale(), ...(stored ? { token: stored.token } : {}), ...claim };
      const signature = signatureOf(claim);
      try {
        const answer = await this.#http.call<SessionDto>('POST', '/session', body);
        const present = this.#stored();
        // Another tab became somebody meanwhile; nobody in particular does not take their place.
        if (signature === null && present && present.token !== stored?.token) return present;
        return await this.#take(answer, signature ? 'token' : stored?.proof ?? null, signature);
      } catch (error) {
        if (signature === null || !(error instanceof RequestError) || error.code !== 'identity_invalid') throw error;
        this.#claim = await this.onRefusedClaim(claim, error);
      }
    }
  }

  /**
   * A known person makes room for another one before anything of the other is kept. Where a proved session ends with its
   * tab, drafts and unsent messages may be there still: whose they are is remembered beside them.
   */
  async #take({ token, contactId, contact, isBrief }: Omit<SessionDto, 'expiresAt'>, proof: Proof, signed: string | null): Promise<StoredSession> {
    const stored = this.#stored();
    const owner = contact?.kind === 'verified' ? this.#storage.get(ownerKey) : null;
    const isOther = (stored?.contact?.kind === 'verified' && stored.contactId !== contactId) || (owner !== null && owner !== contactId);
    if (isOther) await this.onOtherPerson();
    return this.#keep({ token, contactId, contact: contact ?? null, isBrief: isBrief ?? false, proof, signed });
  }

  #keep(session: StoredSession): StoredSession {
    const before = this.#stored();
    if (before && before.isBrief !== session.isBrief) this.#storage.remove('session');
    this.#storage.set('session', JSON.stringify(session), session.isBrief);
    if (session.contact?.kind === 'verified') this.#storage.set(ownerKey, session.contactId);
    this.reload();
    if (before?.token !== session.token) this.onChange(true);
    return session;
  }

  #stored(): StoredSession | null {
    const text = this.#storage.get('session');
    return text ? JSON.parse(text) as StoredSession : null;
  }
}
