import { z } from 'zod';
import { colorSchema, emailSchema, idSchema, localeSchema, personNameSchema, slugSchema, timeZoneSchema } from './primitives.ts';

/** Everything a role can be given. A plugin adds abilities as `<plugin>.<ability>`. */
export const permissions = [
  'conversations.view', 'conversations.reply', 'conversations.note', 'conversations.assign', 'conversations.change', 'conversations.delete',
  'contacts.view', 'contacts.edit', 'knowledge.view', 'knowledge.edit', 'automation.manage', 'channels.manage', 'plugins.manage',
  'people.manage', 'settings.manage', 'assistants.manage', 'assistants.use', 'tools.approve', 'reports.view', 'tokens.manage', 'audit.view', 'export.run',
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
const brandIdsSchema = z.union([z.literal('all'), z.array(idSchema).max(200)]);
const idListSchema = z.array(idSchema).max(200);
/** Without defaults: a field that a change leaves out stays as it is. */
export const operatorPatch = z.strictObject({
  name: personNameSchema, email: emailSchema, password: passwordSchema, roleId: idSchema, brandIds: brandIdsSchema, departmentIds: idListSchema,
  locale: localeSchema, timeZone: timeZoneSchema, isActive: z.boolean(),
}).partial();
export const operatorBody = z.strictObject({
  name: personNameSchema, email: emailSchema, password: passwordSchema.optional(), roleId: idSchema,
  brandIds: brandIdsSchema.default('all'), departmentIds: idListSchema.default([]), locale: localeSchema.default('en'), timeZone: timeZoneSchema.default('UTC'),
});
export const roleBody = z.strictObject({ name: personNameSchema, permissions: z.array(z.string().max(100)).max(300), scope: z.enum(scopes) });
export const rolePatch = roleBody.partial();
export const brandPatch = z.strictObject({ name: personNameSchema, slug: slugSchema, locale: localeSchema, color: colorSchema }).partial();
export const brandBody = z.strictObject({ name: personNameSchema, slug: slugSchema, locale: localeSchema.default('en'), color: colorSchema.default('#06548c') });
export const departmentPatch = z.strictObject({
  name: personNameSchema, isPublic: z.boolean(), brandIds: idListSchema, memberIds: z.array(idSchema).max(500), position: z.number().int().min(0).max(10_000),
}).partial();
export const departmentBody = z.strictObject({ name: personNameSchema, isPublic: z.boolean().default(true), brandIds: idListSchema.default([]), memberIds: z.array(idSchema).max(500).default([]) });
export const preferencesPatch = z.strictObject({ mode: z.enum(['system', 'light', 'dark']).optional(), locale: localeSchema.optional(), sounds: z.boolean().optional(), panes: z.record(z.string().max(40), z.number()).refine((panes) => Object.keys(panes).length <= 20, { error: 'too_many' }).optional() });

/** A place where somebody is signed in. */
export interface DeviceDto { id: string; ip: string; userAgent: string; createdAt: string; lastUsedAt: string; isCurrent: boolean }
export const passwordBody = z.strictObject({ current: z.string().min(1).max(1_000), next: passwordSchema });
/** An entry of the list that a role is made of; `pluginId` for an ability that a plugin brings. */
export interface PermissionDto { id: string; label: string; group: string; pluginId: string | null }
/** A department as operators see it; without brands it serves all of them. */
export interface StaffDepartmentDto { id: string; name: string; isPublic: boolean; brandIds: string[]; memberIds: string[]; position: number }

/** `GET /api/v1/setup` → `{ isOpen, plugins }`; the wizard needs the one-time token of the printed link. */
export const setupBody = z.strictObject({
  token: z.string().min(20).max(200),
  operator: z.strictObject({ name: personNameSchema, email: emailSchema, password: passwordSchema }),
  brand: brandBody,
  plugins: z.array(z.string().max(40)).max(100).default([]),
});
export type OperatorBody = z.output<typeof operatorBody>;
export type OperatorPatch = z.output<typeof operatorPatch>;
export type RolePatch = z.output<typeof rolePatch>;
export type BrandPatch = z.output<typeof brandPatch>;
export type DepartmentPatch = z.output<typeof departmentPatch>;
export type RoleBody = z.output<typeof roleBody>;
export type BrandBody = z.output<typeof brandBody>;
export type DepartmentBody = z.output<typeof departmentBody>;
export type PreferencesPatch = z.output<typeof preferencesPatch>;
export type SetupBody = z.output<typeof setupBody>;
export interface SetupState { isOpen: boolean; isTokenValid: boolean; plugins: { id: string; name: string; description: string; category: string; permissions: string[]; isSuggested: boolean }[] }
