import type { ActionContext } from '../../kernel/context.ts';
import { hashToken, newId, newToken } from '../../kernel/ids.ts';
import type { Contact } from './contact.model.ts';
import { findContactById } from './contact.queries.ts';
import { ContactSession } from './contact-session.model.ts';
import { touchContact } from './touch-contact.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
/** A browser that comes back within a year stays who it is. */
export const contactSessionMs = 365 * day;

/** A bearer token for one browser. It is told once; only its hash is kept. `maxAgeMs`: how long it lives without use. */
export async function createContactSession(ctx: ActionContext, contact: Pick<Contact, 'id'>, options: { maxAgeMs?: number | undefined } = {}): Promise<{ token: string; expiresAt: number }> {
  const token = newToken('pb_cs');
  const maxAge = options.maxAgeMs === undefined ? contactSessionMs : Math.max(minute, Math.min(contactSessionMs, Math.trunc(options.maxAgeMs)));
  const expiresAt = ctx.now + maxAge;
  await ContactSession.query(ctx.db).insert({
    uid: newId(), contact_id: contact.id, token_hash: hashToken(token), created_at: ctx.now, last_used_at: ctx.now, expires_at: expiresAt,
    revoked_at: null, max_age_ms: maxAge === contactSessionMs ? null : maxAge,
  });
  return { token, expiresAt };
}

/** The contact behind a token, whoever that is by now. Use moves the end of the session on. */
export async function verifyContactSession(ctx: ActionContext, token: string): Promise<{ contactId: string; sessionId: string; expiresAt: number } | null> {
  const session = await ContactSession.query(ctx.db).findOne({ token_hash: hashToken(token) }).whereNull('revoked_at').where('expires_at', '>', ctx.now);
  const contact = session && await findContactById(ctx.db, session.contact_id);
  if (!session || !contact) return null;
  const maxAge = session.max_age_ms ?? contactSessionMs;
  const isUsedAgain = session.last_used_at < ctx.now - Math.min(day, maxAge / 10);
  const expiresAt = isUsedAgain ? ctx.now + maxAge : session.expires_at;
  if (isUsedAgain) await ContactSession.query(ctx.db).findById(session.id).patch({ last_used_at: ctx.now, expires_at: expiresAt });
  await touchContact(ctx, contact);
  return { contactId: contact.uid, sessionId: session.uid, expiresAt };
}

/** Ends a session with the sockets that it opened, wherever they are. */
export async function endContactSession(ctx: ActionContext, token: string): Promise<void> {
  const session = await ContactSession.query(ctx.db).findOne({ token_hash: hashToken(token) });
  if (!session) return;
  await revokeContactSession(ctx, token);
  await ctx.kernel.realtime.endSession(session.uid);
}

export async function revokeContactSession(ctx: ActionContext, token: string): Promise<void> {
  await ContactSession.query(ctx.db).findOne({ token_hash: hashToken(token) }).whereNull('revoked_at').patch({ revoked_at: ctx.now });
}
