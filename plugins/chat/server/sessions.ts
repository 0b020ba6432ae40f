import { PluginError } from '@plugboard/sdk';
import type { BrandDto, ContactDto, PluginContext, RealtimeHandle, VerifiedIdentity, z } from '@plugboard/sdk';
import { readIdentity } from './identity.ts';
import { secretsOf } from './secrets.ts';
import type { sessionAnswer, sessionBody, visitorDto } from './visitor.schema.ts';
import type { Widget } from './widget.schema.ts';

export type SessionInput = z.output<typeof sessionBody>;
export type Session = z.output<typeof sessionAnswer>;
interface Begun { token: string; expiresAt: string; contact: ContactDto }
interface Current extends Begun { sessionId: string }

/** Somebody who proved who they are and does not come back for this long proves it again. */
const verifiedAgeMs = 90 * 24 * 60 * 60 * 1000;

/** A person as their own browser may know them. */
export const presentVisitor = ({ id, kind, name, email }: ContactDto): z.output<typeof visitorDto> => ({ id, kind, name, email });

const sessionOf = ({ token, expiresAt, contact }: Begun): Session =>
  ({ token, expiresAt, contactId: contact.id, contact: presentVisitor(contact), isBrief: contact.kind === 'verified' });

/** Does a proof name the person that this contact already proved to be? */
export const isSamePerson = (contact: ContactDto, identity: VerifiedIdentity): boolean =>
  contact.kind === 'verified'
  && (identity.externalId === undefined || contact.externalId === identity.externalId)
  && (identity.email === undefined || contact.email === identity.email);

/** Sessions of visitors: who a browser is, and how it becomes somebody else. */
export class Sessions {
  readonly #ctx: PluginContext;
  readonly #sockets: RealtimeHandle;

  constructor(ctx: PluginContext, sockets: RealtimeHandle) {
    this.#ctx = ctx;
    this.#sockets = sockets;
  }

  /** The session that the browser has, if it is one of this brand. */
  async current(token: string | undefined, brandId: string): Promise<Current | null> {
    if (token === undefined) return null;
    const session = await this.#ctx.contacts.sessions.verify(token);
    const contact = session && await this.#ctx.contacts.get(session.contactId);
    return session && contact?.brandId === brandId ? { token, ...session, contact } : null;
  }

  /** Whom a signed token names, by the secrets of this widget. Throws `identity_invalid`. */
  async identity(widget: Widget, token: string, beside: { email?: string | undefined; userId?: string | undefined } = {}): Promise<VerifiedIdentity> {
    return readIdentity(token, { secrets: await secretsOf(this.#ctx, widget), requireExp: widget.security.requireExp, ...beside });
  }

  /** Begins or goes on with a browser's session; a signed token signs the visitor in. */
  async begin(widget: Widget, brand: BrandDto, input: SessionInput, locale: string): Promise<Session> {
    const { userDetails, userId } = input;
    const userToken = input.userToken ?? userDetails?.emailHash;
    const identity = userToken === undefined ? null : await this.identity(widget, userToken, { email: userDetails?.email, userId });
    const current = await this.#unlessSomebodyElse(await this.current(input.token, brand.id), identity, userId);
    const name = [userDetails?.firstname, userDetails?.lastname].filter(Boolean).join(' ').slice(0, 200);
    if (identity) return this.signIn(current, brand, identity, { locale, name });
    if (current) return sessionOf({ ...current, contact: await this.#claim(current.contact, userId) });
    const contact = await this.#ctx.contacts.create({ brandId: brand.id, kind: 'anonymous', locale, ...(name ? { name } : {}) });
    return sessionOf({ ...await this.open(contact), contact: await this.#claim(contact, userId) });
  }

  /** Makes the browser the person who was proved: under a new token, with the old one worth nothing (no fixed sessions). */
  async signIn(current: Current | null, brand: Pick<BrandDto, 'id'>, identity: VerifiedIdentity, unsigned: { locale?: string; name?: string } = {}): Promise<Session> {
    const { contacts } = this.#ctx;
    const isSignedIn = current !== null && isSamePerson(current.contact, identity);
    const contact = await this.#complete((await contacts.verify({ contactId: current?.contact.id ?? null, brandId: brand.id, identity })).contact, unsigned);
    if (isSignedIn && contact.id === current.contact.id) return sessionOf({ ...current, contact });
    const next = await this.open(contact);
    if (current) await this.#end(current, 'session:changed');
    return sessionOf({ ...next, contact });
  }

  /** A new token for a contact. */
  async open(contact: ContactDto): Promise<Begun> {
    const { token, expiresAt } = await this.#ctx.contacts.sessions.create(contact.id, contact.kind === 'verified' ? { maxAgeMs: verifiedAgeMs } : {});
    return { token, expiresAt, contact };
  }

  /** Signs a browser out. Its open sockets hear of it at once. */
  async leave(token: string): Promise<void> {
    const session = await this.#ctx.contacts.sessions.verify(token);
    if (session) await this.#end({ token, ...session }, 'session:ended');
  }

  /** Sockets that hear `session:changed`, or nothing, come again by themselves, with the token that took this one's place. */
  async #end({ token, sessionId }: Pick<Current, 'token' | 'sessionId'>, event?: string): Promise<void> {
    await this.#ctx.contacts.sessions.revoke(token);
    await this.#sockets.disconnectSession(sessionId, event);
  }

  /**
   * A shared computer: who was signed in here before is signed out, and nothing of theirs goes on, once the page says that
   * somebody else is here now. A signed token says so about a proved person, a bare user id about whoever came with another one.
   */
  async #unlessSomebodyElse(current: Current | null, identity: VerifiedIdentity | null, userId: string | undefined): Promise<Current | null> {
    if (!current) return null;
    const { contact } = current;
    const namedId = identity?.externalId ?? userId;
    const isOtherId = namedId !== undefined && contact.externalId !== null && contact.externalId !== namedId;
    const isOtherAddress = identity?.email !== undefined && contact.kind === 'verified' && contact.email !== null && contact.email !== identity.email
      && !(identity.externalId !== undefined && contact.externalId === identity.externalId);
    if (!isOtherId && !isOtherAddress) return current;
    await this.#end(current);
    return null;
  }

  /** Name and language that nobody signed are good enough for somebody who has none. */
  #complete(contact: ContactDto, { name, locale }: { name?: string; locale?: string }): ContactDto | Promise<ContactDto> {
    const missing = { ...(name && contact.name === null ? { name } : {}), ...(locale && contact.locale === null ? { locale } : {}) };
    return Object.keys(missing).length === 0 ? contact : this.#ctx.contacts.update(contact.id, missing);
  }

  /** What a page says without a proof: a claim of somebody who has not proved anything. */
  async #claim(contact: ContactDto, userId: string | undefined): Promise<ContactDto> {
    if (userId === undefined || contact.kind === 'verified' || contact.externalId === userId) return contact;
    return this.#ctx.contacts.identify({ contactId: contact.id, isTrusted: false, externalId: userId });
  }
}

/** Only pages of the desk itself begin sessions: the frame is one. Others would only make contacts that nobody is. */
export function refuseForeignPage(headers: Record<string, string>, publicUrl: string): void {
  const { origin } = headers;
  const isOwn = origin === undefined
    ? headers['sec-fetch-site'] !== 'cross-site'
    : origin === new URL(publicUrl).origin || (URL.canParse(origin) && new URL(origin).host === headers.host);
  if (!isOwn) throw new PluginError('foreign_origin', 403);
}
