import { z } from '@plugboard/admin-sdk';

/** Words for what is wrong: keys below `admin.errors`. */
const said = (key: string) => ({ error: key });

const locale = z.string();
const byLocale = (max: number) => z.record(locale, z.string().max(max));
const icon = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, said('icon')).nullable();
const label = z.string().trim().min(1).max(80);
const isColor = (text: string) => /^#[0-9a-f]{6}$/i.test(text);
const address = z.string().max(2_000).refine((text) => /^(https?:\/\/[^\s/]+|mailto:[^\s@]+@[^\s@]+|tel:[+\d])/i.test(text.trim()), said('url'));

const conversationButton = z.strictObject({
  id: z.string(), icon, name: z.string().max(80), nameByLocale: byLocale(80), description: z.string().max(160), descriptionByLocale: byLocale(160),
  departmentId: z.string().nullable(), priority: z.enum(['low', 'normal', 'high', 'urgent']),
  openingMessage: z.string().max(2_000), openingMessageByLocale: byLocale(2_000), aiResponses: z.boolean(),
});
const selfServiceLink = z.strictObject({
  id: z.string(), icon, type: z.enum(['home', 'category', 'article']), target: z.string(), label, labelByLocale: byLocale(80),
}).refine((link) => link.type === 'home' || link.target !== '', { path: ['target'], error: 'target' })
  .refine((link) => link.type === 'home' || /^[a-z0-9-]{0,120}$/.test(link.target), { path: ['target'], error: 'slug' });
const externalLink = z.strictObject({ id: z.string(), icon, label, labelByLocale: byLocale(80), url: address });

const appearance = z.strictObject({
  type: z.enum(['popup', 'sidebar']), position: z.enum(['left', 'right']), hasOwnColor: z.boolean(), color: z.string(),
  buttonIcon: icon, buttonTextKind: z.enum(['default', 'own', 'none']), buttonText: z.string().max(40), buttonTextByLocale: byLocale(40),
  mode: z.enum(['system', 'light', 'dark']), theme: z.enum(['plugboard', 'contrast']),
}).refine((look) => !look.hasOwnColor || isColor(look.color), { path: ['color'], error: 'color' })
  .refine((look) => look.buttonTextKind !== 'own' || look.buttonText.trim() !== '', { path: ['buttonText'], error: 'buttonText' })
  .refine((look) => look.buttonIcon !== null || look.buttonTextKind !== 'none', { path: ['buttonIcon'], error: 'emptyButton' });

const notice = z.strictObject({ isOn: z.boolean(), template: z.string().nullable(), delaySeconds: z.number().int().min(0).max(86_400) });
const origin = z.string().trim().refine((text) => text === '' || /^https?:\/\/(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/i.test(text), said('origin'));
const alias = z.string().trim().refine((text) => text === '' || /^[\w.:-]{1,100}$/.test(text), said('alias'));
const distinct = (texts: string[]) => new Set(texts.map((text) => text.trim()).filter(Boolean)).size === texts.filter((text) => text.trim()).length;

/** The checks of the server, made while one types. */
export const draftSchema = z.strictObject({
  name: z.string().trim().min(1).max(200), brandId: z.string().min(1),
  slug: z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/, said('slug')).refine((slug) => !['assets', 'compat'].includes(slug), said('slugReserved')),
  botName: z.string().max(80), welcomeMessage: z.string().max(300), welcomeMessageByLocale: byLocale(300),
  conversationButtons: z.array(conversationButton).min(1, said('noButton')).max(12), selfServiceLinks: z.array(selfServiceLink).max(20), externalLinks: z.array(externalLink).max(20),
  appearance,
  security: z.strictObject({ requireAuthentication: z.boolean(), requireExp: z.boolean(), codes: z.enum(['always', 'known']) }),
  notifications: z.strictObject({ operators: notice, users: notice, transcript: notice.omit({ delaySeconds: true }) }),
  allowedOrigins: z.array(origin).max(50), aliases: z.array(alias).max(20).refine(distinct, said('duplicate')),
  texts: z.record(locale, z.record(z.string(), z.string().max(2_000))),
});
