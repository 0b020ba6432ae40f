import type { Traits } from '@plugboard/sdk';
import { invalid, tooLarge } from '../../kernel/errors.ts';
import { limits } from '../../shared/limits.ts';
import { emailSchema, localeSchema, timeZoneSchema } from '../../shared/primitives.ts';
import { sdkLimits, userTraitsSchema } from '../../shared/sdk-api.ts';

/** What of the traits the desk understands. Everything else is kept as it came. */
export interface UnderstoodTraits { email?: string; name?: string; locale?: string; timeZone?: string; signedUpAt?: number; rest: Traits }

/** Names that change what an object is when somebody copies them by hand. */
const harmful: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** A copy that is nothing but JSON, without names that could reach a prototype. */
export function plainJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (key, inner: unknown) => harmful.has(key) ? undefined : inner) as T;
}

export const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** Holds the limits of a person's traits, wherever they come from, and takes out what the desk understands. */
export function understandTraits(given: Traits): UnderstoodTraits {
  const traits = plainJson(given);
  const checked = userTraitsSchema.safeParse(traits);
  if (!checked.success) {
    const issue = checked.error.issues[0];
    throw invalid(['traits', ...issue?.path ?? []].join('.'), issue?.code === 'custom' ? issue.message : 'invalid');
  }
  const { email, name, firstname, lastname, locale, time_zone: timeZone, signed_up_at: signedUpAt, ...rest } = traits;
  const understood: Omit<UnderstoodTraits, 'rest'> = {
    ...keep('email', email, typeof email === 'string' ? emailSchema.safeParse(email.trim()) : null),
    ...keepName(name, firstname, lastname),
    ...keep('locale', locale, localeSchema.safeParse(locale)),
    ...keep('timeZone', timeZone, timeZoneSchema.safeParse(timeZone)),
    ...keep('signedUpAt', signedUpAt, timeOf(signedUpAt)),
  };
  // What was not understood is a trait like any other: it is shown as it was told.
  return {
    ...understood,
    rest: {
      ...rest,
      ...unless(understood.email, { email }), ...unless(understood.locale, { locale }), ...unless(understood.timeZone, { time_zone: timeZone }),
      ...unless(understood.signedUpAt, { signed_up_at: signedUpAt }), ...unless(understood.name, { name, firstname, lastname }),
    },
  };
}

function keep<K extends string, T>(key: K, given: unknown, parsed: { success: true; data: T } | { success: false } | null): Partial<Record<K, T>> {
  return given !== undefined && parsed?.success === true ? { [key]: parsed.data } as Partial<Record<K, T>> : {};
}

function keepName(...[name, first, last]: unknown[]): { name?: string } {
  const text = (value: unknown) => typeof value === 'string' ? value.replaceAll('\u0000', '').toWellFormed().trim() : '';
  const full = text(name) || [text(first), text(last)].filter((part) => part !== '').join(' ');
  return full === '' ? {} : { name: [...full].slice(0, limits.name).join('') };
}

const unless = (understood: unknown, values: Traits): Traits =>
  understood !== undefined ? {} : Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

const latestTime = Date.UTC(2200, 0, 1);

/** ISO 8601, or seconds or milliseconds since 1970. */
function timeOf(given: unknown): { success: true; data: number } | { success: false } {
  const isNumber = typeof given === 'number' || (typeof given === 'string' && /^\d{9,13}$/.test(given));
  const number = isNumber ? Number(given) * (Number(given) < 1e11 ? 1000 : 1) : typeof given === 'string' && /^\d{4}-\d{2}-\d{2}/.test(given) ? Date.parse(given) : Number.NaN;
  return Number.isFinite(number) && number > 0 && number < latestTime ? { success: true, data: Math.trunc(number) } : { success: false };
}

export const readTraits = (json: string | null | undefined): Traits => json ? JSON.parse(json) as Traits : {};

/** What there is with what came; `null` takes a trait away. Too much is refused. */
export function addTraits(present: string | null, added: Traits, maxBytes: number = sdkLimits.userTraitsBytes): string {
  const merged = Object.fromEntries(Object.entries({ ...readTraits(present), ...added }).filter(([, value]) => value !== null));
  if (bytesOf(merged) > maxBytes) throw tooLarge('traits', maxBytes);
  return JSON.stringify(merged);
}

/** Two people's traits in one: those of the first win, and the others come along as long as there is room. */
export function joinTraits(first: string | null, second: string | null): string | null {
  const joined = new Map(Object.entries(readTraits(first)));
  for (const [name, value] of Object.entries(readTraits(second))) {
    if (joined.has(name)) continue;
    joined.set(name, value);
    if (bytesOf(Object.fromEntries(joined)) > sdkLimits.userTraitsBytes) joined.delete(name);
  }
  return joined.size === 0 ? null : JSON.stringify(Object.fromEntries(joined));
}
