import { PluginError, z } from '@plugboard/sdk';

/** Text as people type it, without what no database and no screen can hold. */
export const text = (max: number) => z.string().max(max).transform((value) => value.replaceAll('\u0000', '').trim());
export const name = (max = 120) => text(max).pipe(z.string().min(1));
export const localeSchema = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/).max(35);

/** A text in other languages than the field's own, by locale. An empty one is as good as none. */
export const byLocale = (max: number) => z.record(localeSchema, text(max)).refine((texts) => Object.keys(texts).length <= 40, { error: 'too_many' });

export const notFound = () => new PluginError('not_found', 404);
export const refused = (path: string, code: string, status = 400) => new PluginError(status === 400 ? 'invalid' : code, status, { errors: [{ path, code, message: code }] });

export const iso = (at: number | string): string => new Date(Number(at)).toISOString();
export const isoOrNull = (at: number | string | null): string | null => (at === null ? null : iso(at));
/** Day in UTC, as budgets and figures are counted. */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The text for a locale, for its language, else the field's own. */
export function localized(own: string, others: Readonly<Record<string, string>>, locale: string): string {
  return others[locale] || others[locale.split('-')[0] ?? ''] || own;
}
