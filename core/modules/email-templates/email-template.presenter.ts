import { sampleWith } from '../../kernel/mail/template/common-values.ts';
import { placeholdersOf } from '../../kernel/mail/template/placeholders.ts';
import type { EmailTemplateDetail, EmailTemplateSummary, EmailTemplateText } from '../../shared/email-templates.ts';
import { descriptionOf, nameOf, type KnownTemplate } from './read-template.ts';
import type { TemplateText } from './template-text.model.ts';

type BrandUids = ReadonlyMap<number, string>;
type Changed = Pick<TemplateText, 'brand_id' | 'locale' | 'updated_at'>;

const iso = (ms: number): string => new Date(ms).toISOString();

export function presentTemplate(template: KnownTemplate, texts: readonly Changed[], brands: BrandUids, locale: string): EmailTemplateSummary {
  const { registered } = template;
  return {
    id: template.id,
    kind: registered.kind,
    name: nameOf(template, locale),
    description: descriptionOf(template, locale),
    audience: registered.audience,
    pluginId: registered.pluginId,
    isShipped: template.own === null,
    changed: texts.map((text) => ({ brandId: brands.get(text.brand_id) ?? null, locale: text.locale, updatedAt: iso(text.updated_at) })),
  };
}

/** With its texts: those that somebody wrote, and the shipped ones of every brand behind them. */
export function presentWholeTemplate(template: KnownTemplate, texts: readonly TemplateText[], brands: BrandUids, locale: string, locales: readonly string[]): EmailTemplateDetail {
  const own: EmailTemplateText[] = texts.map(({ brand_id, locale: language, subject, body, updated_at }) => (
    { brandId: brands.get(brand_id) ?? null, locale: language, subject, body, isShipped: false, updatedAt: iso(updated_at) }));
  const shipped: EmailTemplateText[] = Object.entries(template.registered.texts).map(([language, text]) => (
    { brandId: null, locale: language, ...text, isShipped: true, updatedAt: null }));
  return {
    ...presentTemplate(template, texts, brands, locale),
    placeholders: placeholdersOf(sampleWith(template.registered.sample)),
    texts: [...own, ...shipped],
    locales: [...new Set([...locales, ...own.map((text) => text.locale), ...shipped.map((text) => text.locale)])],
  };
}
