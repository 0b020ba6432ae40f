import type { Claim } from '../wire/session.ts';

/** What a claim says of its person, believed by nobody: only to see whether it means the one who is signed in. */
export function claimedPerson({ userToken, userDetails }: Claim): { email: string | null } {
  const payload = (userToken ?? userDetails?.emailHash)?.split('.')[1];
  try {
    const bytes = Uint8Array.from(atob((payload ?? '').replace(/-/g, '+').replace(/_/g, '/')), (character) => character.charCodeAt(0));
    const { email } = JSON.parse(new TextDecoder().decode(bytes)) as { email?: unknown };
    return { email: typeof email === 'string' ? email.trim().toLowerCase() : null };
  } catch {
    return { email: null };
  }
}
