export type ByLocale = Record<string, string>;
export type Priority = 'low' | 'normal' | 'high' | 'urgent';

export interface ConversationButton {
  id: string; icon: string | null; name: string; nameByLocale: ByLocale; description: string; descriptionByLocale: ByLocale;
  departmentId: string | null; priority: Priority; openingMessage: string; openingMessageByLocale: ByLocale; aiResponses: boolean;
}
export interface SelfServiceLink { id: string; icon: string | null; type: 'home' | 'category' | 'article'; target: string; label: string; labelByLocale: ByLocale }
export interface ExternalLink { id: string; icon: string | null; label: string; labelByLocale: ByLocale; url: string }
export interface Appearance {
  type: 'popup' | 'sidebar'; position: 'left' | 'right'; color: string; buttonIcon: string | null; buttonText: string | null; buttonTextByLocale: ByLocale;
  mode: 'system' | 'light' | 'dark'; theme: 'plugboard' | 'contrast';
}
export interface Security { requireAuthentication: boolean; requireExp: boolean; codes: 'always' | 'known' }
export interface Notice { isOn: boolean; template: string | null; delaySeconds: number }
export interface Notifications { operators: Notice; users: Notice; transcript: { isOn: boolean; template: string | null } }

export interface WidgetConfig {
  botName: string; welcomeMessage: string; welcomeMessageByLocale: ByLocale;
  conversationButtons: ConversationButton[]; selfServiceLinks: SelfServiceLink[]; externalLinks: ExternalLink[];
  appearance: Appearance; security: Security; notifications: Notifications; allowedOrigins: string[]; aliases: string[];
}
export interface SecretState { isSet: boolean; createdAt: string | null; previousValidUntil: string | null }

/** A widget as `/api/v1/widgets` tells it. */
export interface Widget extends WidgetConfig {
  id: string; slug: string; key: string; name: string; brandId: string; secret: SecretState; version: number; createdAt: string; updatedAt: string;
}

export interface Brand { id: string; slug: string; name: string; color: string; locale: string }
export interface Department { id: string; name: string; brandIds?: string[] }
export interface Language { id: string; name: string; direction: 'ltr' | 'rtl' }
/** A drawing of FontAwesome's free set: size of its view box, and its path (filled). */
export interface IconShape { w: number; h: number; d: string }
/** A found icon: its name, and its drawing. */
export interface IconHit extends IconShape { name: string; style: 'solid' | 'brands' }
