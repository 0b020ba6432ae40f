import { z } from 'zod';
import { audiences, type DocumentKind, type ReadAudience } from '@plugboard/sdk';
import { idSchema, localeSchema, pageQuerySchema, slugSchema, timeSchema } from './primitives.ts';
import { limits } from './limits.ts';

export const articleStatuses = ['draft', 'scheduled', 'published'] as const;
export type ArticleStatus = (typeof articleStatuses)[number];

export const knowledgeLimits = { title: 200, summary: 500, body: 200_000, tags: 30, categoryDepth: 3, file: 10 * 1024 * 1024, guidance: 20_000, text: 500_000, crawlPages: 2_000, crawlDepth: 5 } as const;

const clean = (max: number) => z.string().overwrite((text) => text.replaceAll('\u0000', '').toWellFormed()).max(max);
const title = clean(knowledgeLimits.title).trim().min(1);
const body = clean(knowledgeLimits.body);

/** One article as operators see it, with its text in one language. */
export interface ArticleDto {
  id: string;
  brandId: string;
  categoryId: string | null;
  audience: ReadAudience;
  /** Who can read it in the end: never wider than the categories that it lies in. */
  effectiveAudience: ReadAudience;
  isPinned: boolean;
  tags: string[];
  /** Ids of articles that are named below it; others of its category are added. */
  relatedIds: string[];
  /** The text in `locale`; every text has its own state. */
  locale: string;
  title: string;
  slug: string;
  summary: string;
  /** Markdown. */
  body: string;
  status: ArticleStatus;
  publishAt: string | null;
  publishedAt: string | null;
  /** Address for readers; null until it is published and unless the portal shows it. */
  url: string | null;
  /** Every language it is there in, the first one first. */
  translations: { locale: string; title: string; slug: string; status: ArticleStatus; updatedAt: string }[];
  attachments: { id: string; name: string; type: string; size: number; isImage: boolean; url: string }[];
  rating: { up: number; down: number };
  views: number;
  author: { id: string; name: string } | null;
  /** Goes up with each change of this text or of the article; send it back with a change. */
  version: number;
  createdAt: string;
  updatedAt: string;
}
/** A row of the list: no body. */
export type ArticleSummary = Omit<ArticleDto, 'body' | 'attachments' | 'relatedIds'> & { hasBody: boolean };
export interface ArticleRevisionDto { id: string; locale: string; title: string; author: { id: string; name: string } | null; createdAt: string; summary: string; body: string; isCurrent: boolean }
export type ArticleRevisionSummary = Omit<ArticleRevisionDto, 'body'>;
/** Runs of lines, in order. What is `removed` stood in the text that it is compared with. */
export interface LineChange { kind: 'same' | 'added' | 'removed'; lines: string[] }
/** `diff` leads from `comparedWith` to this revision; null when there is nothing to compare it with. */
export interface ArticleRevisionDetail extends ArticleRevisionDto { comparedWith: { id: string; title: string; createdAt: string } | null; diff: LineChange[] }

export const articleBody = z.strictObject({
  title, body: body.default(''), summary: clean(knowledgeLimits.summary).default(''), locale: localeSchema.optional(), slug: slugSchema.optional(),
  status: z.enum(articleStatuses).default('draft'), publishAt: timeSchema.nullable().optional(), audience: z.enum(audiences).default('public'),
  brandId: idSchema.optional(), categoryId: idSchema.nullable().default(null), isPinned: z.boolean().default(false),
  tags: z.array(z.string().trim().min(1).max(limits.tag)).max(knowledgeLimits.tags).default([]), relatedIds: z.array(idSchema).max(10).default([]),
});
/** What is left out stays. `locale` says which text is meant (the first one unless told); one that is not there is added. `version`: 409 `stale` when somebody else was faster. */
export const articlePatch = z.strictObject({
  locale: localeSchema, version: z.number().int().min(0), title, body, summary: clean(knowledgeLimits.summary), slug: slugSchema, status: z.enum(articleStatuses),
  publishAt: timeSchema.nullable(), audience: z.enum(audiences), categoryId: idSchema.nullable(), isPinned: z.boolean(),
  tags: z.array(z.string().trim().min(1).max(limits.tag)).max(knowledgeLimits.tags), relatedIds: z.array(idSchema).max(10),
}).partial();
export const articleListQuery = pageQuerySchema.extend({
  q: z.string().max(limits.searchQuery).optional(), brandId: idSchema.optional(), categoryId: idSchema.optional(), status: z.enum(articleStatuses).optional(),
  audience: z.enum(audiences).optional(), locale: localeSchema.optional(), tag: z.string().max(limits.tag).optional(), slug: slugSchema.optional(), missingLocale: localeSchema.optional(),
});
export const articleQuery = z.strictObject({ locale: localeSchema.optional() });
export const articlePreviewBody = z.strictObject({ body, locale: localeSchema.optional() });
export const revisionListQuery = pageQuerySchema.extend({ locale: localeSchema.optional() });
/** `previous`: what this revision changed. `current`: what would change if it were restored, the other way round. */
export const revisionQuery = z.strictObject({ against: z.enum(['previous', 'current']).default('previous') });

export interface CategoryDto {
  id: string; brandId: string; parentId: string | null; audience: ReadAudience; icon: string | null; position: number; slug: string;
  /** By language; the first is the brand's. */
  texts: Record<string, { name: string; description: string }>;
  articleCount: number;
}
const categoryTexts = z.record(localeSchema, z.strictObject({ name: clean(120).trim().min(1), description: clean(500).default('') })).refine((texts) => Object.keys(texts).length >= 1, { error: 'required' });
export const categoryBody = z.strictObject({
  brandId: idSchema.optional(), parentId: idSchema.nullable().default(null), audience: z.enum(audiences).default('public'), icon: z.string().max(60).nullable().default(null),
  slug: slugSchema.optional(), texts: categoryTexts,
});
export const categoryPatch = z.strictObject({
  parentId: idSchema.nullable(), audience: z.enum(audiences), icon: z.string().max(60).nullable(), slug: slugSchema, texts: categoryTexts, position: z.number().int().min(0).max(10_000),
}).partial();
export const categoryListQuery = z.strictObject({ brandId: idSchema.optional() });

/** What answers stand on besides articles. */
export const sourceKinds = ['website', 'file', 'text', 'guidance', 'conversations'] as const;
export type SourceKind = (typeof sourceKinds)[number];
export const sourceStates = ['pending', 'processing', 'ready', 'error'] as const;
export type SourceState = (typeof sourceStates)[number];

export interface SourceDto {
  id: string;
  kind: SourceKind;
  name: string;
  /** Null: every brand. */
  brandId: string | null;
  audience: ReadAudience;
  locale: string | null;
  isEnabled: boolean;
  /** Order in which guidance is told, smallest first. */
  position: number;
  state: SourceState;
  /** Text key under `admin:knowledge.sources.errors` with its values, when `state` is `error` or some documents failed. */
  error: { key: string; values: Record<string, string | number> } | null;
  progress: { done: number; total: number | null; failed: number };
  documentCount: number;
  passageCount: number;
  settings: WebsiteSettings | FileSettings | TextSettings | ConversationsSettings;
  lastRunAt: string | null;
  nextRunAt: string | null;
  version: number;
  createdAt: string;
}
export interface SourceDocumentDto { id: string; title: string; url: string | null; state: SourceState; error: { key: string; values: Record<string, string | number> } | null; passageCount: number; updatedAt: string }

/** A site: from its sitemap, or from link to link to `depth`. Globs on the path. */
export const websiteSettings = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).max(2_000), mode: z.enum(['sitemap', 'links']).default('links'), depth: z.number().int().min(0).max(knowledgeLimits.crawlDepth).default(2),
  maxPages: z.number().int().min(1).max(knowledgeLimits.crawlPages).default(200), include: z.array(z.string().max(300)).max(50).default([]), exclude: z.array(z.string().max(300)).max(50).default([]),
  schedule: z.enum(['never', 'daily', 'weekly', 'monthly']).default('weekly'),
});
export const textSettings = z.strictObject({ text: clean(knowledgeLimits.text).trim().min(1) });
export const guidanceSettings = z.strictObject({ text: clean(knowledgeLimits.guidance).trim().min(1) });
/** Only conversations that were resolved by people; addresses, numbers and names are taken out. */
export const conversationsSettings = z.strictObject({ months: z.number().int().min(1).max(24).default(6), departmentIds: z.array(idSchema).max(50).default([]) });
export type WebsiteSettings = z.output<typeof websiteSettings>;
export type TextSettings = z.output<typeof textSettings>;
export type ConversationsSettings = z.output<typeof conversationsSettings>;
export interface FileSettings { fileName: string; type: string; size: number }

const sourceCommon = { name: clean(200).trim().min(1), brandId: idSchema.nullable().default(null), audience: z.enum(audiences).default('public'), locale: localeSchema.nullable().default(null), isEnabled: z.boolean().default(true) };
export const sourceBody = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('website'), ...sourceCommon, settings: websiteSettings }),
  z.strictObject({ kind: z.literal('text'), ...sourceCommon, settings: textSettings }),
  z.strictObject({ kind: z.literal('guidance'), ...sourceCommon, settings: guidanceSettings }),
  z.strictObject({ kind: z.literal('conversations'), ...sourceCommon, audience: z.enum(audiences).default('internal'), settings: conversationsSettings.prefault({}) }),
]);
export const sourcePatch = z.strictObject({
  version: z.number().int().min(0), name: sourceCommon.name, brandId: idSchema.nullable(), audience: z.enum(audiences), locale: localeSchema.nullable(), isEnabled: z.boolean(), position: z.number().int().min(0).max(10_000),
  /** Checked against the source's own kind. */
  settings: z.record(z.string(), z.json()),
}).partial();
/** Beside the file of `POST /api/v1/knowledge-sources/files`. */
export const fileSourceQuery = z.strictObject({ name: clean(200).trim().optional(), brandId: idSchema.optional(), audience: z.enum(audiences).default('public'), locale: localeSchema.optional() });
export const sourceListQuery = pageQuerySchema.extend({ brandId: idSchema.optional(), kind: z.enum(sourceKinds).optional() });
export const sourceDocumentsQuery = pageQuerySchema.extend({ q: z.string().max(limits.searchQuery).optional(), state: z.enum(sourceStates).optional() });
export const sourceDocumentParams = z.strictObject({ id: idSchema, documentId: idSchema });

/** `POST /api/v1/knowledge/search`: what an answer would find, for people who try it. */
export const knowledgeTryBody = z.strictObject({ query: z.string().trim().min(1).max(1_000), brandId: idSchema.optional(), locale: localeSchema.optional(), audience: z.enum(audiences).default('public'), limit: z.number().int().min(1).max(20).default(6) });
export interface KnowledgeTryAnswer { confidence: number; passages: { id: string; documentId: string; kind: DocumentKind; title: string; headings: string[]; url: string | null; text: string; locale: string; audience: ReadAudience; score: number }[] }

export type ArticleBody = z.output<typeof articleBody>;
export type ArticlePatch = z.output<typeof articlePatch>;
export type ArticleListQuery = z.output<typeof articleListQuery>;
export type CategoryBody = z.output<typeof categoryBody>;
export type CategoryPatch = z.output<typeof categoryPatch>;
export type SourceBody = z.output<typeof sourceBody>;
export type SourcePatch = z.output<typeof sourcePatch>;
export type SourceListQuery = z.output<typeof sourceListQuery>;
export type SourceDocumentsQuery = z.output<typeof sourceDocumentsQuery>;
export type KnowledgeTryBody = z.output<typeof knowledgeTryBody>;
