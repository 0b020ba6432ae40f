import type { Kernel } from '../../kernel/context.ts';
import { mailScope } from '../../kernel/mail/mail-settings.ts';
import { commonValues } from '../../kernel/mail/template/common-values.ts';
import { renderMail, type MailTemplate, type RenderedMail } from '../../kernel/mail/template/render-mail.ts';
import type { RegisteredTemplate } from '../../kernel/plugins/providers.ts';
import { inkOn } from '../../shared/color.ts';
import type { Brand } from '../brands/index.ts';

export interface MailOccasion {
  template: Pick<RegisteredTemplate, 'audience' | 'toUnverified'>;
  text: MailTemplate & { locale: string };
  values: Record<string, unknown>;
  brand: Pick<Brand, 'name' | 'color'> | null;
  recipientName: string | null;
  locale: string;
  timeZone: string | null;
  unsubscribeUrl?: string | undefined;
}

const deskAccent = '#1d2b53';

/** Words and values on the brand's paper. Throws `TemplateProblem` for words that cannot be read. */
export async function composeMail(kernel: Kernel, occasion: MailOccasion): Promise<RenderedMail> {
  const { i18n, settings, config } = kernel;
  const { text, brand, template } = occasion;
  const deskName = await settings.get<string>(mailScope, 'deskName') ?? 'Plugboard';
  const deskZone = await settings.get<string>(mailScope, 'timeZone') ?? 'UTC';
  const accent = brand?.color ?? deskAccent;
  const name = brand?.name ?? deskName;
  const reason = template.audience === 'operator' ? 'operator' : template.toUnverified ? 'address' : 'contact';
  const unsubscribeUrl = webAddress(occasion.unsubscribeUrl);
  const values = { ...commonValues({ brandName: name, deskName, deskUrl: config.publicUrl, recipientName: occasion.recipientName }), ...occasion.values };
  const frame = {
    accent, ink: inkOn(accent), direction: i18n.direction(text.locale), locale: text.locale, name,
    reason: i18n.t(`emails:footer.${reason}`, text.locale, { name }),
    unsubscribe: unsubscribeUrl === null ? null : { url: unsubscribeUrl, label: i18n.t('emails:footer.unsubscribe', text.locale) },
  };
  return renderMail(text, values, frame, { locale: readerLocale(occasion.locale, text.locale), timeZone: knownZone(occasion.timeZone) ?? knownZone(deskZone) ?? 'UTC' });
}

/** Times are written as in the reader's country where the mail speaks the reader's language. */
function readerLocale(wanted: string, written: string): string {
  const locale = wanted.split('-')[0] === written.split('-')[0] ? wanted : written;
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

function knownZone(timeZone: string | null): string | null {
  try {
    return timeZone && new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

/** An address that may stand in a mail and in its head. */
export function webAddress(url: string | undefined): string | null {
  if (url === undefined || !URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return null;
  return new URL(url).href;
}
