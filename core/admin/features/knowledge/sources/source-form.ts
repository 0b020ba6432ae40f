import { z } from 'zod';
import { conversationsSettings, guidanceSettings, knowledgeLimits, sourceBody, textSettings, websiteSettings, type SourceDto, type SourceKind } from '../../../../shared/knowledge.ts';
import { conversationsOf, textOf, websiteOf } from './source-kinds.ts';

export const everywhere = 'all';
export const anyLanguage = 'any';

const shared = { name: sourceBody.options[0].shape.name, brandId: z.string(), audience: sourceBody.options[0].shape.audience.unwrap(), locale: z.string() };
/** Every kind's settings in one form, so that its parts can be drawn by kind; only the kind's own are checked and sent. */
export const schemaOf = (kind: SourceKind) => z.object({
  ...shared,
  website: kind === 'website' ? websiteSettings : z.any(),
  text: kind === 'text' ? textSettings.shape.text : kind === 'guidance' ? guidanceSettings.shape.text : z.any(),
  conversations: kind === 'conversations' ? conversationsSettings : z.any(),
});

export interface SourceValues {
  name: string; brandId: string; audience: 'public' | 'signed-in' | 'internal'; locale: string;
  website: { url: string; mode: 'sitemap' | 'links'; depth: number; maxPages: number; include: string[]; exclude: string[]; schedule: 'never' | 'daily' | 'weekly' | 'monthly' };
  text: string;
  conversations: { months: number; departmentIds: string[] };
}

export const initialOf = (kind: SourceKind, source: SourceDto | null, brandId: string | undefined): SourceValues => ({
  name: source?.name ?? '', brandId: source ? source.brandId ?? everywhere : brandId ?? everywhere, audience: source?.audience ?? (kind === 'conversations' ? 'internal' : 'public'), locale: source?.locale ?? anyLanguage,
  website: { url: '', mode: 'links', depth: 2, maxPages: 200, schedule: 'weekly', include: [], exclude: [], ...(source && websiteOf(source)) },
  text: (source && textOf(source)?.text) ?? '',
  conversations: { months: 6, departmentIds: [], ...(source && conversationsOf(source)) },
});

/** As the API takes it. */
export function bodyOf(kind: SourceKind, { name, brandId, audience, locale, website, text, conversations }: SourceValues): Record<string, unknown> {
  const settings = kind === 'website' ? website : kind === 'conversations' ? conversations : kind === 'file' ? undefined : { text };
  return { name, audience, brandId: brandId === everywhere ? null : brandId, locale: locale === anyLanguage ? null : locale, ...(settings ? { settings } : {}) };
}

/** Where the desk names a fault, in the words of this form. */
export const fieldOf = (kind: SourceKind, path: string): string => {
  const plain = path.replace(/^body\.(?=.)/, '');
  if (!plain.startsWith('settings')) return plain;
  return kind === 'website' ? plain.replace('settings', 'website') : kind === 'conversations' ? plain.replace('settings', 'conversations') : 'text';
};

export const maxText = (kind: SourceKind): number => (kind === 'guidance' ? knowledgeLimits.guidance : knowledgeLimits.text);
