import type { Context } from 'koa';

/** `__Host-` wants https; on plain http (a first try on localhost) the cookie has another name. */
export const sessionCookieName = (isSecure: boolean): string => (isSecure ? '__Host-pb_session' : 'pb_session');

export function readSessionCookie(cookieHeader: string | undefined, isSecure: boolean): string | null {
  const prefix = `${sessionCookieName(isSecure)}=`;
  for (const part of cookieHeader?.split(';') ?? []) {
    const trimmed = part.trim();
    if (trimmed.startsWith(prefix)) return trimmed.slice(prefix.length) || null;
  }
  return null;
}

export function writeSessionCookie(ctx: Context, isSecure: boolean, session: { set: string; expiresAt: number } | 'clear'): void {
  const value = session === 'clear' ? '' : session.set;
  const age = session === 'clear' ? 0 : Math.max(0, Math.floor((session.expiresAt - Date.now()) / 1000));
  ctx.append('Set-Cookie', `${sessionCookieName(isSecure)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${age}${isSecure ? '; Secure' : ''}`);
}
