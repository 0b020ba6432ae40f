import type { ActionContext } from '../../kernel/context.ts';
import { mailScope, type StoredSecret } from '../../kernel/mail/mail-settings.ts';
import type { DeskSettingsDto } from '../../shared/desk-settings.ts';

/** The desk's settings as a person sees them: of a secret, only that it is there. */
export async function readDeskSettings(ctx: ActionContext): Promise<DeskSettingsDto> {
  const stored = await ctx.kernel.settings.all(mailScope) as Partial<DeskSettingsDto> & { smtpUrl?: StoredSecret | null };
  const { smtpUrl } = stored;
  const isLocked = ctx.kernel.config.smtpUrl !== undefined;
  return {
    deskName: stored.deskName ?? 'Plugboard',
    defaultLocale: stored.defaultLocale ?? 'en',
    timeZone: stored.timeZone ?? 'UTC',
    mailFrom: stored.mailFrom ?? null,
    mailFromName: stored.mailFromName ?? null,
    smtpUrl: { set: isLocked || Boolean(smtpUrl), updatedAt: smtpUrl && !isLocked ? new Date(smtpUrl.updatedAt).toISOString() : null, last4: isLocked ? null : smtpUrl?.last4 ?? null },
    locked: isLocked ? ['smtpUrl'] : [],
  };
}
