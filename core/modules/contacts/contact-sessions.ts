import type { ActionContext } from '../../kernel/context.ts';
import { hashToken, newId, newToken } from '../../kernel/ids.ts';
import { Contact } from './contact.model.ts';
import { ContactSession } from './contact-session.model.ts';

const day = 24 * 60 * 60 * 1000;
/** A browser that comes back within a year stays who it is. */
export const contactSessionMs = 365 * day;

/** A bearer token for one browser. It is told once; only its hash is kept. */
export async function createContactSession(ctx: ActionContext, contact: Contact): Promise<{ token: string; expiresAt: number }> {
  const token = newToken('pb_cs');
  const expiresAt = ctx.now + contactSessionMs;
  await ContactSession.query(ctx.db).insert({
    uid: newId(), contact_id: contact.id, token_hash: hashToken(token),
    created_at: ctx.now, last_used_at: ctx.now, expires_at: expiresAt, revoked_at: null,
  });
  return { token, expiresAt };
}

/** The contact behind a token. Each day of use moves the end of the session on by a year from that day. */
export async function verifyContactSession(ctx: ActionContext, token: string): Promise<{ contactId: string; sessionId: string } | null> {
  const session = await ContactSession.query(ctx.db).findOne({ token_hash: hashToken(token) }).whereNull('revoked_at').where('expires_at', '>', ctx.now);
  const contact = session && await Contact.query(ctx.db).findById(session.contact_id).select('uid');
  if (!session || !contact) return null;
  if (session.last_used_at < ctx.now - day) {
    await ContactSession.query(ctx.db).findById(session.id).patch({ last_used_at: ctx.now, expires_at: ctx.now + contactSessionMs });
  }
  return { contactId: contact.uid, sessionId: session.uid };
}

export async function revokeContactSession(ctx: ActionContext, token: string): Promise<void> {
  await ContactSession.query(ctx.db).findOne({ token_hash: hashToken(token) }).whereNull('revoked_at').patch({ revoked_at: ctx.now });
}
