import type { ActionContext } from '../../kernel/context.ts';
import { conflict, invalid } from '../../kernel/errors.ts';
import { mailScope, smtpUrlPlace, type StoredSecret } from '../../kernel/mail/mail-settings.ts';
import type { DeskSettingsDto, DeskSettingsPatch } from '../../shared/desk-settings.ts';
import { audit } from '../audit/index.ts';
import { readDeskSettings } from './read-desk-settings.ts';

export async function changeDeskSettings(ctx: ActionContext, { smtpUrl, ...patch }: DeskSettingsPatch): Promise<DeskSettingsDto> {
  ctx.authorize('settings.change');
  const { config, i18n, settings } = ctx.kernel;
  if (smtpUrl !== undefined && config.smtpUrl !== undefined) throw conflict('locked_by_environment', { field: 'smtpUrl' });
  if (patch.defaultLocale !== undefined && !i18n.locales().includes(patch.defaultLocale)) throw invalid('defaultLocale', 'unknown_locale');
  const values: Record<string, unknown> = { ...patch, ...(smtpUrl === undefined ? {} : { smtpUrl: smtpUrl && seal(ctx, smtpUrl) }) };
  if (Object.keys(values).length > 0) {
    await settings.set(mailScope, values);
    await audit(ctx, 'settings.changed', { type: 'settings', id: mailScope }, { ...patch, ...(smtpUrl === undefined ? {} : { smtpUrl: smtpUrl === null ? 'removed' : 'changed' }) });
  }
  return readDeskSettings(ctx);
}

/** An address without a host would fail later and in another place. What is shown is the end of the host, never of the password. */
function seal(ctx: ActionContext, smtpUrl: string): StoredSecret {
  const host = URL.parse(smtpUrl)?.hostname;
  if (!host) throw invalid('smtpUrl', 'url');
  return { sealed: ctx.kernel.secrets.encrypt(smtpUrl, smtpUrlPlace), updatedAt: ctx.now, last4: host.slice(-4) };
}
