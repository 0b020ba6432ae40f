import { createSecretKey } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { PluginError, z } from '@plugboard/sdk';
import type { VerifiedIdentity } from '@plugboard/sdk';

/** Why a token is not believed. */
export type IdentityProblem = 'signature' | 'expired' | 'claims' | 'no_exp' | 'no_secret' | 'email_mismatch';
export const identityInvalid = (reason: IdentityProblem): PluginError => new PluginError('identity_invalid', 403, { reason });

export interface TokenRules {
  /** Every secret that is taken now; one alone has to fit. */
  secrets: readonly string[];
  /** Tokens without an end are refused. */
  requireExp: boolean;
  /** Address and id that stand beside the token: they are the token's, or it is not believed. */
  email?: string | undefined;
  userId?: string | undefined;
}

const maxBytes = 8_192;
/** Clocks of other people's servers. */
const skewSeconds = 60;

const text = (max: number) => z.string().transform((value) => value.replaceAll('\u0000', '').toWellFormed().trim()).pipe(z.string().min(1).max(max));
const id = z.union([text(200), z.number().int().transform(String)]);
const seconds = z.number().finite();
const name = text(200).optional().catch(undefined);
/** Of a payload what is understood; everything else in it is not looked at. */
const payloadSchema = z.object({
  user_id: id.optional(), userId: id.optional(), sub: id.optional(),
  email: z.string().trim().toLowerCase().max(254).pipe(z.email()).optional(),
  name, first_name: name, firstname: name, firstName: name, last_name: name, lastname: name, lastName: name,
  traits: z.record(z.string().min(1).max(80), z.json()).optional().catch(undefined),
  exp: seconds.optional(), iat: seconds.optional(), nbf: seconds.optional(),
});
type Payload = z.output<typeof payloadSchema>;

/**
 * Who a token names that the customer's server signed: HS256 with one of the widget's secrets, and nothing else. What the
 * token's header says of keys and addresses of keys is never looked at.
 */
export function readIdentity(token: string, rules: TokenRules): VerifiedIdentity {
  const secrets = rules.secrets.filter((secret) => secret.length > 0);
  if (secrets.length === 0) throw identityInvalid('no_secret');
  if (Buffer.byteLength(token) > maxBytes) throw identityInvalid('claims');
  const payload = signedPayload(token, secrets);
  const parsed = payloadSchema.safeParse(payload);
  if (!parsed.success) throw identityInvalid('claims');
  checkTimes(parsed.data, rules.requireExp);
  const identity = identityOf(parsed.data);
  if (rules.email !== undefined && rules.email.trim().toLowerCase() !== identity.email) throw identityInvalid('email_mismatch');
  if (rules.userId !== undefined && identity.externalId !== undefined && rules.userId !== identity.externalId) throw identityInvalid('claims');
  return identity;
}

function signedPayload(token: string, secrets: readonly string[]): unknown {
  for (const secret of secrets) {
    try {
      // Times are judged below, so that each is refused by its own name.
      const { header, payload } = jwt.verify(token, createSecretKey(secret, 'utf8'), { algorithms: ['HS256'], complete: true, ignoreExpiration: true, ignoreNotBefore: true });
      // RFC 7515: who does not understand an extension that is said to be critical refuses the token.
      if ('crit' in header) throw identityInvalid('claims');
      return payload;
    } catch (error) {
      if (error instanceof PluginError) throw error;
    }
  }
  throw identityInvalid('signature');
}

function checkTimes({ exp, nbf, iat }: Payload, requireExp: boolean): void {
  const now = Date.now() / 1_000;
  if (exp === undefined && requireExp) throw identityInvalid('no_exp');
  if (exp !== undefined && exp <= now) throw identityInvalid('expired');
  if (Math.max(nbf ?? 0, iat ?? 0) > now + skewSeconds) throw identityInvalid('claims');
}

function identityOf(payload: Payload): VerifiedIdentity {
  const externalId = payload.user_id ?? payload.userId ?? payload.sub;
  const { email, traits } = payload;
  if (externalId === undefined && email === undefined) throw identityInvalid('claims');
  const parts = [payload.first_name ?? payload.firstname ?? payload.firstName, payload.last_name ?? payload.lastname ?? payload.lastName];
  const fullName = payload.name ?? parts.filter(Boolean).join(' ').slice(0, 200);
  return { ...(externalId === undefined ? {} : { externalId }), ...(email === undefined ? {} : { email }), ...(fullName ? { name: fullName } : {}), ...(traits ? { traits } : {}) };
}
