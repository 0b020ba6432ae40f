import type { VerifiedIdentity } from '@plugboard/sdk';
import type { ActionContext } from '../../kernel/context.ts';
import { AppError, invalid, unauthenticated } from '../../kernel/errors.ts';
import type { SdkCall } from '../../kernel/http/sdk-callers.ts';
import { findBrand, findBrandBySlug, selectBrands, type Brand } from '../brands/index.ts';
import { createContactSession, endContactSession, readContact, verifyContactSession, type Contact } from '../contacts/index.ts';
import { verifyContact, type BrandKey } from '../identity/index.ts';

/** What every body may say of the person it is about. */
export interface Named { user_id?: string | undefined; session_id?: string | undefined; user_token?: string | undefined; tenant?: string | undefined }

/**
 * For whom a call speaks, from the strongest proof to none: the customer's server; a page beside a token that the customer
 * signed; a page beside the session of its visitor; a page that proves nothing.
 */
export type Party =
  | { kind: 'server'; brand: BrandKey; session: Contact | null }
  | { kind: 'token'; brand: BrandKey; session: Contact | null; sessionToken: string | undefined; identity: VerifiedIdentity }
  | { kind: 'session'; brand: BrandKey; session: Contact }
  | { kind: 'stranger'; brand: BrandKey; key: string };

/** As for everybody who proved who they are: without use for so long they prove it again. */
const provedSessionMs = 90 * 24 * 60 * 60 * 1000;

export async function partyOf(ctx: ActionContext, { caller, verifyToken }: SdkCall, named: Named): Promise<Party> {
  const brand = await brandOf(ctx, caller.brandId, named.tenant);
  const session = named.session_id === undefined ? null : await visitorOf(ctx, named.session_id, brand);
  if (caller.kind === 'server') {
    if (named.user_token !== undefined) throw invalid('user_token', 'for_publishable_keys');
    // A browser that was closed meanwhile takes nothing from what the server knows of its user.
    return { kind: 'server', brand, session };
  }
  if (named.user_token !== undefined && verifyToken) {
    const identity = await verifyToken(named.user_token);
    if (named.user_id !== undefined && identity.externalId !== undefined && identity.externalId !== named.user_id) throw new AppError(403, 'identity_mismatch');
    return { kind: 'token', brand, session, sessionToken: named.session_id, identity };
  }
  if (named.session_id === undefined) return { kind: 'stranger', brand, key: caller.key };
  // Here the session is all there is to say who asks.
  if (!session) throw new AppError(401, 'session_invalid');
  return { kind: 'session', brand, session };
}

/** `renewed` has the session that took the place of the one that was sent, where there is a new one. */
export interface Proved { contact: Contact; created: boolean; renewed: { session_id?: string } }

/**
 * Who the token names, known to the desk from now on; the visitor of the session becomes that person. Whoever knew the
 * session before, on a computer that several use, is not signed in with them: it ends, and the page gets a new one.
 */
export async function provedContact(ctx: ActionContext, { brand, session, sessionToken, identity }: Extract<Party, { kind: 'token' }>): Promise<Proved> {
  const { contact, created } = await verifyContact(ctx, { contactId: session?.uid ?? null, brand, identity });
  const isSignedIn = session !== null && session.kind !== 'verified' && (await readContact(ctx.db, session.uid)).id === contact.id;
  if (!isSignedIn || sessionToken === undefined) return { contact, created, renewed: {} };
  const { token } = await createContactSession(ctx, contact, { maxAgeMs: provedSessionMs });
  await endContactSession(ctx, sessionToken);
  return { contact, created, renewed: { session_id: token } };
}

/** The brand of the key; a key of every brand says which, else the oldest. */
async function brandOf(ctx: ActionContext, keyBrand: string | null, tenant: string | undefined): Promise<BrandKey> {
  if (keyBrand !== null) {
    const brand = await findBrand(ctx.db, keyBrand);
    if (!brand) throw unauthenticated();
    if (tenant !== undefined && tenant !== brand.slug) throw invalid('tenant', 'not_of_this_key');
    return keyOf(brand);
  }
  const brand = tenant === undefined ? (await selectBrands(ctx.db))[0] : await findBrandBySlug(ctx.db, tenant);
  if (!brand) throw invalid('tenant', 'unknown_brand');
  return keyOf(brand);
}

const keyOf = ({ id, uid }: Brand): BrandKey => ({ id, uid });

async function visitorOf(ctx: ActionContext, token: string, brand: BrandKey): Promise<Contact | null> {
  const session = await verifyContactSession(ctx, token);
  const contact = session && await readContact(ctx.db, session.contactId);
  return contact?.brand_id === brand.id ? contact : null;
}
