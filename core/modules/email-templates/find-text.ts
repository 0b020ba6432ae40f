import type { Knex } from 'knex';
import type { MailTemplate } from '../../kernel/mail/template/render-mail.ts';
import type { RegisteredTemplate } from '../../kernel/plugins/providers.ts';
import { OwnTemplate } from './own-template.model.ts';
import { everyBrand, TemplateText } from './template-text.model.ts';

export interface FoundText extends MailTemplate { locale: string; isShipped: boolean }

/** Languages to look for a text in, best first: the reader's, then the brand's, then English; each also without its region. */
export function localesToTry(wanted: string, brandLocale: string | undefined): string[] {
  const all = [wanted, brandLocale, 'en'].flatMap((locale) => (locale ? [locale, locale.split('-')[0] ?? locale] : []));
  return [...new Set(all)];
}

/**
 * The words of a mail. In each language those for the brand, then those for every brand, then the shipped ones; English is
 * always shipped.
 */
export function pickText(shipped: RegisteredTemplate['texts'], own: readonly TemplateText[], brandId: number | null, locales: readonly string[]): FoundText {
  for (const locale of locales) {
    const found = own.find((text) => text.locale === locale && text.brand_id === brandId) ?? own.find((text) => text.locale === locale && text.brand_id === everyBrand);
    if (found) return { locale, subject: found.subject, body: found.body, isShipped: false };
    const text = shipped[locale];
    if (text) return { locale, ...text, isShipped: true };
  }
  throw new Error('a template has no English text');
}

/** Under which name a template's own texts are kept: an admin's template while it is there, else the kind itself. */
export async function textsKey(db: Knex, kind: string, variant: string | null | undefined): Promise<string> {
  const own = variant ? await OwnTemplate.query(db).findOne({ uid: variant, kind }).select('uid') : undefined;
  return own?.uid ?? kind;
}

export const ownTexts = (db: Knex, key: string): Promise<TemplateText[]> => TemplateText.query(db).where({ template: key }).orderBy('id').execute();
