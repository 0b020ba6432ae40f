import type { Appearance, ConversationButton, ExternalLink, SelfServiceLink, Widget, WidgetConfig } from '../types.ts';

/** Changes of widget texts that are not saved: by language and key. An empty text is "as shipped again". */
export type TextChanges = Record<string, Record<string, string>>;

/** Everything that the six tabs edit: one form. */
export interface Draft extends Omit<WidgetConfig, 'appearance'> {
  name: string; brandId: string; slug: string;
  appearance: Omit<Appearance, 'buttonText'> & { hasOwnColor: boolean; buttonTextKind: 'default' | 'own' | 'none'; buttonText: string };
  texts: TextChanges;
}

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** Ids of parts live in the configuration only: short, and unlike each other within one widget. */
export const newPartId = (): string => [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => (byte % 36).toString(36)).join('');

export function toDraft(widget: Widget, brandColor: string): Draft {
  const { name, brandId, slug, botName, welcomeMessage, welcomeMessageByLocale, conversationButtons, selfServiceLinks, externalLinks, security, notifications, allowedOrigins, aliases } = widget;
  const { buttonText, color, ...appearance } = widget.appearance;
  return copy({
    name, brandId, slug, botName, welcomeMessage, welcomeMessageByLocale, conversationButtons, selfServiceLinks,
    externalLinks: externalLinks.map((link, index) => ({ ...link, id: link.id || `link-${index}` })),
    appearance: {
      ...appearance, color: color || brandColor, hasOwnColor: color !== '',
      buttonTextKind: buttonText === null ? 'default' as const : buttonText === '' ? 'none' as const : 'own' as const, buttonText: buttonText ?? '',
    },
    security, notifications, allowedOrigins, aliases, texts: {},
  });
}

const lines = (texts: string[]): string[] => texts.map((text) => text.trim()).filter(Boolean);
const filled = (texts: Record<string, string>): Record<string, string> => Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ''));

/** What is sent: the draft as the API words it. */
export function toBody(draft: Draft): WidgetConfig & { name: string; brandId: string; slug: string } {
  const { texts: _texts, appearance: { hasOwnColor, buttonTextKind, ...appearance }, ...rest } = copy(draft);
  return {
    ...rest,
    welcomeMessageByLocale: filled(rest.welcomeMessageByLocale),
    conversationButtons: rest.conversationButtons.map((button): ConversationButton => ({
      ...button, nameByLocale: filled(button.nameByLocale), descriptionByLocale: filled(button.descriptionByLocale), openingMessageByLocale: filled(button.openingMessageByLocale),
    })),
    selfServiceLinks: rest.selfServiceLinks.map((link): SelfServiceLink => ({ ...link, target: link.type === 'home' ? '' : link.target, labelByLocale: filled(link.labelByLocale) })),
    externalLinks: rest.externalLinks.map((link): ExternalLink => ({ ...link, labelByLocale: filled(link.labelByLocale) })),
    appearance: {
      ...appearance, color: hasOwnColor ? appearance.color : '', buttonTextByLocale: filled(appearance.buttonTextByLocale),
      buttonText: buttonTextKind === 'default' ? null : buttonTextKind === 'none' ? '' : appearance.buttonText,
    },
    allowedOrigins: lines(rest.allowedOrigins), aliases: lines(rest.aliases),
  };
}
