import { z } from 'zod';
import { colorSchema, emailSchema, idSchema, localeSchema, personNameSchema, slugSchema } from './primitives.ts';

/** Everything a role can be given. A plugin adds abilities as `<plugin>.<ability>`. */
export const permissions = [
  'conversations.view', 'conversations.reply', 'conversations.note', 'conversations.assign', 'conversations.change', 'conversations.delete',
  'contacts.view', 'contacts.edit', 'knowledge.view', 'knowledge.edit', 'automation.manage', 'channels.manage', 'plugins.manage',
  'people.manage', 'settings.manage', 'reports.view', 'tokens.manage', 'audit.view', 'export.run',
] as const;
export type Permission = (typeof permissions)[number];
/** How far `conversations.*` reach: the own ones, those of the own departments, or all of the own brands. */
export const scopes = ['own', 'department', 'all'] as const;
export type Scope = (typeof scopes)[number];

export interface RoleDto { id: string; key: string | null; name: string; permissions: string[]; scope: Scope; isSystem: boolean; operatorCount: number }
export interface OperatorDto {
  id: string; name: string; email: string; kind: 'human' | 'assistant'; roleId: string; roleName: string;
  brandIds: string[] | 'all'; departmentIds: string[]; locale: string; timeZone: string; isActive: boolean; lastSeenAt: string | null; createdAt: string;
}
/** Who is signed in, with what the screens need to know. */
export interface SessionDto { operator: OperatorDto; permissions: string[]; scope: Scope; preferences: Preferences }
export interface Preferences { mode: 'system' | 'light' | 'dark'; locale: string; sounds: boolean; panes: Record<string, number> }

export const signInBody = z.strictObject({ email: emailSchema, password: z.string().min(1).max(1_000), otp: z.string().max(20).optional() });
export const passwordSchema = z.string().min(10).max(1_000);
export const operatorBody = z.strictObject({
  name: personNameSchema, email: emailSchema, password: passwordSchema.optional(), roleId: idSchema,
  brandIds: z.union([z.literal('all'), z.array(idSchema).max(200)]).default('all'), departmentIds: z.array(idSchema).max(200).default([]),
  locale: localeSchema.default('en'), timeZone: z.string().max(60).default('UTC'),
});
export const operatorPatch = operatorBody.partial().extend({ isActive: z.boolean().optional() });
export const roleBody = z.strictObject({ name: personNameSchema, permissions: z.array(z.string().max(100)).max(300), scope: z.enum(scopes) });
export const brandBody = z.strictObject({ name: personNameSchema, slug: slugSchema, locale: localeSchema.default('en'), color: colorSchema.default('#06548c') });
export const departmentBody = z.strictObject({ name: personNameSchema, isPublic: z.boolean().default(true), brandIds: z.array(idSchema).max(200).default([]), memberIds: z.array(idSchema).max(500).default([]) });
export const preferencesPatch = z.strictObject({ mode: z.enum(['system', 'light', 'dark']).optional(), locale: localeSchema.optional(), sounds: z.boolean().optional(), panes: z.record(z.string().max(40), z.number()).optional() });

/** `GET /api/v1/setup` → `{ isOpen, plugins }`; the wizard needs the one-time token of the printed link. */
export const setupBody = z.strictObject({
  token: z.string().min(20).max(200),
  operator: z.strictObject({ name: personNameSchema, email: emailSchema, password: passwordSchema }),
  brand: brandBody,
  plugins: z.array(z.string().max(40)).max(100).default([]),
});
export interface SetupState { isOpen: boolean; isTokenValid: boolean; plugins: { id: string; name: string; description: string; category: string; permissions: string[]; isSuggested: boolean }[] }
