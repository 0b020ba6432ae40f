/**
 * What the iframe asks over HTTP below `/widget/<slug>`, with `Authorization: Bearer <token>` but for the first. The chat
 * plugin's `visitor.schema.ts` has the same shapes as schemas; a contract test holds them together.
 */

/** The person as their own browser may know them. */
export interface VisitorDto { id: string; kind: 'anonymous' | 'identified' | 'verified'; name: string | null; email: string | null }
/** `token` is the bearer token from now on; `isBrief` when it is not to be kept longer than the tab. */
export interface SessionDto { token: string; expiresAt: string; contactId: string; contact: VisitorDto; isBrief: boolean }

/**
 * `POST /session` → 201 SessionDto. `token` is the session that the browser has; `userToken` (or `userDetails`) signs the
 * visitor in. A token that is not to be believed: 403 `identity_invalid` with `reason` (`signature`, `expired`, `claims`, `no_exp`,
 * `no_secret`, `email_mismatch`).
 */
export interface SessionBody {
  locale?: string;
  token?: string;
  userToken?: string;
  userDetails?: { email?: string; emailHash?: string; firstname?: string; lastname?: string };
  userId?: string;
}

/** `POST /details` → 200 DetailsAnswer. The name is kept at once; an address only after its code, where one is asked for. */
export interface DetailsBody { name?: string; email?: string }
/** `code`: one was sent to `email`; seconds. */
export interface DetailsAnswer { contact: VisitorDto; code: CodeSent | null }
export interface CodeSent { email: string; resendAfter: number; expiresIn: number }
/** `POST /codes` → 202 CodeSent: sends another one. 429 `rate_limited` with `retryAfter`. */
export interface CodeBody { email: string }
/** `POST /codes/confirm` → 200 SessionDto. 400 `code_wrong` with `triesLeft`, 410 `code_expired` (also when it was tried too often). */
export interface ConfirmBody { email: string; code: string }

/** `POST /profile` → 200 `{ contact, isTrusted }`. What the page says about its user by `identify`, `setContext`, `trackEvent` and so on. */
export interface ProfileBody {
  userId?: string;
  userToken?: string;
  traits?: Record<string, unknown>;
  /** null clears a key; null instead of the entries clears all. */
  context?: Record<string, unknown> | null;
  company?: { id: string; traits?: Record<string, unknown> };
  event?: { name: string; meta?: Record<string, unknown> };
  page?: { url: string; title: string };
}
export interface ProfileAnswer { contact: VisitorDto; isTrusted: boolean }

/** `POST /conversations/<id>/transcript` → 202 `{ email }`. 409 `address_needed` for somebody without a proved address. */
export interface TranscriptAnswer { email: string }
/** `DELETE /session` → 204: this browser is signed out. */
