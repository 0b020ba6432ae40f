import { z } from 'zod';
import type { SecretState } from './plugins.ts';
import { emailSchema, idSchema, localeSchema, personNameSchema, timeZoneSchema } from './primitives.ts';

export interface AuditEntryDto {
  at: string;
  actor: { type: string; id: string | null; name: string | null };
  action: string;
  object: { type: string; id: string | null } | null;
  details: Record<string, unknown>;
  ip: string | null;
}

/** General and mail settings of the desk. `locked` names what the environment decides. */
export interface DeskSettingsDto {
  deskName: string;
  defaultLocale: string;
  timeZone: string;
  mailFrom: string | null;
  mailFromName: string | null;
  smtpUrl: SecretState;
  locked: string[];
}

export const deskSettingsPatch = z.strictObject({
  deskName: personNameSchema.optional(),
  defaultLocale: localeSchema.optional(),
  timeZone: timeZoneSchema.optional(),
  mailFrom: emailSchema.nullable().optional(),
  mailFromName: personNameSchema.nullable().optional(),
  /** null takes it away; leaving it out keeps what is there. */
  smtpUrl: z.string().max(1_000).regex(/^smtps?:\/\//).nullable().optional(),
});
export const mailCheckBody = z.strictObject({ to: emailSchema });
/** `detail` is what the mail server said; `message` a text that says what to mend. */
export type MailCheck = { ok: true; detail: string } | { ok: false; message: string };

export interface TokenDto {
  id: string; name: string;
  /** `personal` (`pb_pat_…`) acts as its operator at `/api/v1`; `server` (`pb_server_…`) for a brand's contacts at `/api/sdk`. */
  kind: 'personal' | 'server';
  /** Of a server key; null for every brand. */
  brandId: string | null; operatorId: string; operatorName: string; scopes: string[];
  createdAt: string; lastUsedAt: string | null; expiresAt: string | null;
}
export const tokenBody = z.strictObject({
  name: personNameSchema,
  kind: z.enum(['personal', 'server']).default('personal'),
  brandId: idSchema.nullable().default(null),
  /** Permissions that the token may use, out of its owner's; `*` for all of them, now and later. Of a server key: its scopes. */
  scopes: z.array(z.string().max(100)).min(1).max(300),
  expiresAt: z.iso.datetime().nullable().default(null),
});

export type DeskSettingsPatch = z.output<typeof deskSettingsPatch>;
export type TokenBody = z.output<typeof tokenBody>;

/** `kept`: there is no mail server, so an admin reads it here. */
export const mailStatuses = ['kept', 'queued', 'sent', 'failed'] as const;
export interface MailLogEntryDto {
  id: string; to: { address: string; name: string | null }; subject: string; status: (typeof mailStatuses)[number];
  attempts: number; error: string | null; brandId: string | null; createdAt: string; sentAt: string | null; nextAttemptAt: string | null;
}
export interface MailLogDetailDto extends MailLogEntryDto { from: { address: string | null; name: string | null }; messageId: string; text: string; html: string | null }
