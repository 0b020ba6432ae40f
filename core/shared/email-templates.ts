import { z } from 'zod';
import { emailSchema, idSchema, localeSchema, personNameSchema } from './primitives.ts';

/** A shipped template goes by its kind (`chat.user-reply`), one that an admin made by its public id. */
export const templateIdSchema = z.union([idSchema, z.string().regex(/^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/).max(101)]);
export const templateSubject = z.string().trim().min(1).max(500);
/** Markdown with Liquid in it. */
export const templateBody = z.string().trim().min(1).max(50_000);

export interface EmailTemplateSummary {
  id: string;
  kind: string;
  name: string;
  description: string;
  audience: 'operator' | 'contact';
  pluginId: string | null;
  isShipped: boolean;
  /** Brand and language pairs that have their own text; `brandId` null is every brand. */
  changed: { brandId: string | null; locale: string; updatedAt: string }[];
}
export interface EmailTemplateText { brandId: string | null; locale: string; subject: string; body: string; isShipped: boolean; updatedAt: string | null }
/** `fields`: what each entry of a list has. */
export interface TemplatePlaceholder { name: string; sample: string; isList: boolean; fields?: TemplatePlaceholder[] }
export interface EmailTemplateDetail extends EmailTemplateSummary {
  /** `{{ contact.name }}`: dotted names of text, number and list placeholders, each with a made-up value. */
  placeholders: TemplatePlaceholder[];
  texts: EmailTemplateText[];
  locales: string[];
}
export interface EmailPreview { subject: string; html: string; text: string }

export const createTemplateBody = z.strictObject({ kind: z.string().max(101), name: personNameSchema });
export const renameTemplateBody = z.strictObject({ name: personNameSchema });
export const templateTextBody = z.strictObject({ brandId: idSchema.nullable(), locale: localeSchema, subject: templateSubject, body: templateBody });
export const templateTextQuery = z.strictObject({ brandId: idSchema.optional(), locale: localeSchema });
/** Without subject and body: what is saved. */
export const templatePreviewBody = z.strictObject({ brandId: idSchema.nullable(), locale: localeSchema, subject: templateSubject.optional(), body: templateBody.optional() });
/** Goes to the operator who asks, or to `to`. */
export const templateTestBody = templatePreviewBody.extend({ to: emailSchema.optional() });
export type TemplateTextBody = z.output<typeof templateTextBody>;
export type TemplatePreviewBody = z.output<typeof templatePreviewBody>;
export type TemplateTestBody = z.output<typeof templateTestBody>;
