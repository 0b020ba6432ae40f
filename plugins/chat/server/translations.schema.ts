import { z } from '@plugboard/sdk';
import { localeSchema } from './widget.schema.ts';

const keySchema = z.string().regex(/^[A-Za-z][\w.-]{0,119}$/);
export const ownText = z.string().max(1_000).transform((text) => text.replaceAll('\u0000', '').replace(/\{\{\s*([^{}]+?)\s*\}\}/g, '{{$1}}').trim());

/** A language tag as it is customarily written: `es-mx` is `es-MX`. */
export const canonicalLocale = localeSchema.transform((tag, context) => {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? tag;
  } catch {
    context.addIssue({ code: 'custom', message: 'locale' });
    return z.NEVER;
  }
});

/** Texts by key; `null` (or an empty text) goes back to what stands behind it. What is not named stays. */
export const ownTextsBody = z.strictObject({ texts: z.record(keySchema, ownText.nullable()) });

export const localesSchema = z.strictObject({
  locales: z.array(z.strictObject({ locale: z.string(), isShipped: z.boolean(), ownCount: z.number(), missingCount: z.number() })),
});
export const translationSchema = z.strictObject({
  locale: z.string(),
  dir: z.enum(['ltr', 'rtl']),
  /** `shipped` is null where the desk has no text in this language: then own English stands in, or shipped English. */
  entries: z.array(z.strictObject({ key: z.string(), english: z.string(), shipped: z.string().nullable(), own: z.string().nullable(), placeholders: z.array(z.string()) })),
});
export type Translation = z.output<typeof translationSchema>;
export type Texts = Readonly<Record<string, string>>;
