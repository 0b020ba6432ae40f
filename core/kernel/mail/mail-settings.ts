import type { Config } from '../config/config.ts';
import type { Secrets } from '../secrets/secrets.ts';
import type { Settings } from '../settings/settings.ts';

/** Scope and keys of the desk's own settings; `smtpUrl` is a `StoredSecret`. */
export const mailScope = 'core';
export const smtpUrlPlace = 'core:smtpUrl:global';

/** A secret as it is stored: sealed to its place, with what may be shown of it. */
export interface StoredSecret { sealed: string; updatedAt: number; last4: string }

export interface MailSettings { smtpUrl: string | null; from: string | null; fromName: string | null }

/** Where mail goes out and who it is from. SMTP_URL stands above what was typed in Settings. */
export async function readMailSettings(deps: { settings: Settings; secrets: Secrets; config: Config }): Promise<MailSettings> {
  const stored = await deps.settings.all(mailScope);
  const secret = stored.smtpUrl as StoredSecret | null | undefined;
  return {
    smtpUrl: deps.config.smtpUrl ?? (secret ? deps.secrets.decrypt(secret.sealed, smtpUrlPlace) : null),
    from: (stored.mailFrom as string | null | undefined) ?? null,
    fromName: (stored.mailFromName as string | null | undefined) ?? null,
  };
}
