import { z } from 'zod';
import { articleBody, type ArticleDto, type ArticlePatch } from '../../../../shared/knowledge.ts';
import { slugSchema } from '../../../../shared/primitives.ts';

/** What is written in one language. */
const text = z.strictObject({
  title: articleBody.shape.title, summary: articleBody.shape.summary.unwrap(), body: articleBody.shape.body.unwrap(),
  slug: z.string().trim().refine((slug) => slug === '' || slugSchema.safeParse(slug).success, { error: 'ui.errors.slug' }),
});
const common = z.strictObject({
  audience: articleBody.shape.audience.unwrap(), categoryId: z.string().nullable(), isPinned: z.boolean(), tags: articleBody.shape.tags.unwrap(), relatedIds: articleBody.shape.relatedIds.unwrap(),
});
/** An article under the editor's hands: what its languages share, and each of them that was opened. */
export const draftSchema = z.strictObject({ common, texts: z.record(z.string(), text) });
export type Draft = z.input<typeof draftSchema>;
export type DraftText = Draft['texts'][string];
export type DraftCommon = Draft['common'];

export const emptyText = (): DraftText => ({ title: '', summary: '', body: '', slug: '' });
export const textOf = ({ title, summary, body, slug }: ArticleDto): DraftText => ({ title, summary, body, slug });
export const commonOf = ({ audience, categoryId, isPinned, tags, relatedIds }: ArticleDto): DraftCommon => ({ audience, categoryId, isPinned, tags, relatedIds });

export const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
export const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Fields of `mine` that differ from what was stored. */
export function changesOf<T extends object>(mine: T, stored: T | undefined): Partial<T> {
  return Object.fromEntries(Object.entries(mine).filter(([key, value]) => !stored || !isSame(value, stored[key as keyof T]))) as Partial<T>;
}

/** Mine where I changed it, theirs elsewhere. */
export const mergedOver = <T extends object>(theirs: T, mine: T, base: T | undefined): T => ({ ...theirs, ...changesOf(mine, base) });

/** What is sent of a language: only what changed, and no address that was left to the desk. */
export function patchOf(draft: Draft, stored: Draft, locale: string, withCommon: boolean): Omit<ArticlePatch, 'version'> {
  const { slug, ...words } = changesOf(draft.texts[locale]!, stored.texts[locale]);
  return { locale, ...words, ...(slug ? { slug } : {}), ...(withCommon ? changesOf(draft.common, stored.common) : {}) };
}

/** Languages with something to save, the one on screen first. */
export const changedLocales = (draft: Draft, stored: Draft, first: string): string[] =>
  Object.keys(draft.texts).filter((locale) => !isSame(draft.texts[locale], stored.texts[locale])).sort((one, other) => Number(other === first) - Number(one === first));
