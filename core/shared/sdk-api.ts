import { z } from 'zod';
import { contextTypes } from '@plugboard/sdk';
import { emailSchema, idSchema, messageTextSchema } from './primitives.ts';

/** `/api/sdk`: what a customer's own pages (publishable key) and servers (server key) call. Names are snake_case on this wire. */

/** Fields that the desk keeps itself: naming one among the traits is refused, each by its name. */
export const systemManagedTraits = ['id', 'external_id', 'org_id', 'company_id', 'created_at', 'updated_at', 'first_seen', 'last_seen', 'last_contacted_at'] as const;

export const sdkLimits = { userTraitsBytes: 20 * 1024, companyTraitsBytes: 50 * 1024, contextEntries: 50, contextEntryBytes: 8 * 1024, metadataEntries: 40, contextKey: 80, contextLabel: 120 } as const;

/** Whole characters without NUL: what a database gives back is what it was given, so an id is found again. */
const plain = (max: number) => z.string().overwrite((text) => text.replaceAll('\u0000', '').toWellFormed().trim()).min(1).max(max);
const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).length;

export const externalIdSchema = plain(200);
export const contextKeySchema = z.string().regex(/^[A-Za-z0-9_.:-]{1,80}$/);
export const contextEntrySchema = z.strictObject({ label: plain(sdkLimits.contextLabel), type: z.enum(contextTypes), value: z.json() })
  .refine((entry) => bytesOf(entry) <= sdkLimits.contextEntryBytes, { error: 'context_too_large', params: { limit: 'contextEntryBytes', max: sdkLimits.contextEntryBytes } });
/** Setting a key replaces that key; `null` clears it. */
export const contextSchema = z.record(contextKeySchema, contextEntrySchema.nullable())
  .refine((entries) => Object.keys(entries).length <= sdkLimits.contextEntries, { error: 'too_many' });

const traitsSchema = (limit: 'userTraitsBytes' | 'companyTraitsBytes', maxBytes: number = sdkLimits[limit]) => z.record(z.string().min(1).max(80), z.json())
  .superRefine((traits, issues) => {
    for (const name of systemManagedTraits) {
      if (Object.hasOwn(traits, name)) issues.addIssue({ code: 'custom', path: [name], message: 'system_managed' });
    }
    if (bytesOf(traits) > maxBytes) issues.addIssue({ code: 'custom', path: [], message: 'traits_too_large', params: { limit, max: maxBytes } });
  });
/** `email`, `name` (or `firstname` and `lastname`), `locale` and `signed_up_at` are understood; everything else is kept as it is. */
export const userTraitsSchema = traitsSchema('userTraitsBytes');
export const companyTraitsSchema = traitsSchema('companyTraitsBytes');

/** Proof that a session is the caller's: what `POST /api/sdk/chat` answered as `session_id`, or a widget's bearer token. */
const sessionIdSchema = z.string().min(10).max(200);
const userTokenSchema = z.string().min(10).max(8_192);
const tenantSchema = z.string().min(1).max(80);

export const identifyUserBody = z.strictObject({
  user_id: externalIdSchema,
  traits: userTraitsSchema.optional(),
  context: contextSchema.optional(),
  session_id: sessionIdSchema.optional(),
  user_token: userTokenSchema.optional(),
  /** Brand slug; for a server key of all brands. */
  tenant: tenantSchema.optional(),
});
/**
 * `contact_id` only for callers who proved something: a server key or a valid user token. `session_id` where a user token signed
 * the visitor of a session in: it takes the place of the one that was sent, which ended.
 */
export const identifyAnswer = z.strictObject({ ok: z.literal(true), verified: z.boolean(), contact_id: idSchema.optional(), created: z.boolean().optional(), session_id: sessionIdSchema.optional() });

export const identifyCompanyBody = z.strictObject({
  company_id: externalIdSchema,
  user_id: externalIdSchema.optional(),
  session_id: sessionIdSchema.optional(),
  traits: companyTraitsSchema.optional(),
  context: contextSchema.optional(),
  user_token: userTokenSchema.optional(),
  tenant: tenantSchema.optional(),
});

export const contextBody = z.strictObject({
  user_id: externalIdSchema.optional(),
  company_id: externalIdSchema.optional(),
  session_id: sessionIdSchema.optional(),
  user_token: userTokenSchema.optional(),
  context: contextSchema.optional(),
  /** Keys to clear; `"*"` for all. */
  clear: z.union([z.literal('*'), z.array(contextKeySchema).max(sdkLimits.contextEntries)]).optional(),
  tenant: tenantSchema.optional(),
}).refine((body) => body.user_id ?? body.company_id ?? body.session_id ?? body.user_token, { path: ['user_id'], error: 'required' });

export const createTicketBody = z.strictObject({
  user_id: externalIdSchema.optional(),
  email: emailSchema.optional(),
  name: plain(200).optional(),
  subject: plain(500),
  message: messageTextSchema.refine((text) => text.trim() !== '', { error: 'message_empty' }),
  metadata: z.record(z.string().max(100), z.union([z.string().max(2_000), z.number(), z.boolean()]))
    .refine((entries) => Object.keys(entries).length <= sdkLimits.metadataEntries, { error: 'too_many' }).optional(),
  source: plain(60).optional(),
  priority: z.enum(['low', 'normal', 'high', 'urgent']).default('normal'),
  user_token: userTokenSchema.optional(),
  session_id: sessionIdSchema.optional(),
  tenant: tenantSchema.optional(),
}).refine((body) => body.user_id ?? body.email ?? body.user_token ?? body.session_id, { path: ['user_id'], error: 'required' });
export const ticketAnswer = z.strictObject({ ticket_id: idSchema, number: z.string(), contact_id: idSchema.optional(), session_id: sessionIdSchema.optional() });

export type IdentifyUserBody = z.output<typeof identifyUserBody>;
export type IdentifyCompanyBody = z.output<typeof identifyCompanyBody>;
export type ContextBody = z.output<typeof contextBody>;
export type CreateTicketBody = z.output<typeof createTicketBody>;

/** What operators see of it (`ContactDetail`). `isTrusted`: a signed token or a server key stands behind it. */
export interface ContextEntryDto { key: string; label: string; type: (typeof contextTypes)[number]; value: unknown; isTrusted: boolean; of: 'contact' | 'company'; updatedAt: string }
export interface CompanyRef { id: string; externalId: string; name: string | null; traits: Record<string, unknown>; isTrusted: boolean }
export interface ContactActivityDto { kind: 'event' | 'page'; name: string; meta: Record<string, unknown>; at: string }
/** A context key that was seen in a brand, and what an admin wrote about it for the AI. */
export interface ContextKeyDto { key: string; brandId: string; label: string; type: (typeof contextTypes)[number]; description: string; firstSeenAt: string; lastSeenAt: string }
export const contextKeyPatch = z.strictObject({ brandId: idSchema, description: z.string().max(1_000) });
