import { z } from '@plugboard/sdk';

export const idSchema = z.string().regex(/^[a-z2-7]{26}$/, 'not an id');

/** `assets` and `compat` are addresses of the plugin's own files. */
export const slugSchema = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/, 'lower-case letters, digits and hyphens')
  .refine((slug) => !['assets', 'compat'].includes(slug), { error: 'slug_reserved' });

const text = (max: number) => z.string().max(max).transform((value) => value.replaceAll('\u0000', '').trim());
/** A name of FontAwesome's free set, also as its site gives it (`fa-solid fa-rocket`). */
const iconSchema = z.string().max(100).transform((name) => (name.trim().split(/\s+/).at(-1) ?? '').replace(/^fa-/, ''))
  .pipe(z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'name of an icon'));
const webUrl = z.url({ protocol: /^(https?|mailto|tel)$/ }).max(2_000);

/** An origin as frame-ancestors takes it: scheme, host (with `*.` before it, if wanted) and port. */
const originSchema = z.string().max(200).regex(/^https?:\/\/(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/, 'an origin such as https://www.example.com');

export const localeSchema = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/).max(35);
/** A text in other languages than the field's own, by locale. An empty one is as good as none. */
const byLocale = (max: number) => z.record(localeSchema, text(max)).refine((texts) => Object.keys(texts).length <= 40, { error: 'too_many' }).default({});
const partIdSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/);

export const conversationButtonSchema = z.strictObject({
  id: partIdSchema,
  icon: iconSchema.nullable().default('comment'),
  /** Empty: a fitting text in the visitor's language. */
  name: text(80).default(''),
  nameByLocale: byLocale(80),
  description: text(160).default(''),
  descriptionByLocale: byLocale(160),
  departmentId: idSchema.nullable().default(null),
  priority: z.enum(['low', 'normal', 'high', 'urgent']).default('normal'),
  openingMessage: text(2_000).default(''),
  openingMessageByLocale: byLocale(2_000),
  /** An assistant answers first in conversations of this button, when one is switched on. */
  aiResponses: z.boolean().default(false),
});

/** A way into the brand's help centre: its first page, a category or an article (`target` is its slug). */
export const selfServiceLinkSchema = z.strictObject({
  id: partIdSchema,
  icon: iconSchema.nullable().default('book'),
  type: z.enum(['home', 'category', 'article']).default('home'),
  target: z.string().regex(/^[a-z0-9-]{0,120}$/).default(''),
  label: text(80).pipe(z.string().min(1)),
  labelByLocale: byLocale(80),
}).refine((link) => link.type === 'home' || link.target !== '', { path: ['target'], error: 'required' });

export const externalLinkSchema = z.strictObject({
  id: partIdSchema.optional(),
  icon: iconSchema.nullable().default('link'),
  label: text(80).pipe(z.string().min(1)),
  labelByLocale: byLocale(80),
  url: webUrl,
});

export const themes = ['plugboard', 'contrast'] as const;

const appearanceFields = {
  type: z.enum(['popup', 'sidebar']),
  position: z.enum(['left', 'right']),
  /** Empty: the brand's colour. */
  color: z.union([z.literal(''), z.string().regex(/^#[0-9a-fA-F]{6}$/)]),
  buttonIcon: iconSchema.nullable(),
  /** `null`: a fitting text in the visitor's language; empty: the icon alone. */
  buttonText: text(40).nullable(),
  mode: z.enum(['system', 'light', 'dark']),
  theme: z.enum(themes),
};
export const appearanceSchema = z.strictObject({
  type: appearanceFields.type.default('popup'),
  position: appearanceFields.position.default('right'),
  color: appearanceFields.color.default(''),
  buttonIcon: appearanceFields.buttonIcon.default('comment'),
  buttonText: appearanceFields.buttonText.default(null),
  buttonTextByLocale: byLocale(40),
  mode: appearanceFields.mode.default('system'),
  theme: appearanceFields.theme.default('plugboard'),
});

const securityFields = {
  requireAuthentication: z.boolean(),
  /** Refuse signed tokens that never end. */
  requireExp: z.boolean(),
  /** When an address is to be proved by a code: always, or only where somebody known has it (which tells strangers who is known). */
  codes: z.enum(['always', 'known']),
};
export const securitySchema = z.strictObject({
  requireAuthentication: securityFields.requireAuthentication.default(false),
  requireExp: securityFields.requireExp.default(false),
  codes: securityFields.codes.default('always'),
});

/** `template` is the id of an e-mail template; null is the shipped one. `delaySeconds` without a newer message before a mail goes out. */
const noticeFields = { isOn: z.boolean(), template: z.string().max(100).nullable(), delaySeconds: z.number().int().min(0).max(86_400) };
const noticeSchema = z.strictObject({ isOn: noticeFields.isOn.default(true), template: noticeFields.template.default(null), delaySeconds: noticeFields.delaySeconds.default(60) });
const noticeChange = z.strictObject(noticeFields).partial();
const notice = () => noticeSchema.parse({});
export const notificationsSchema = z.strictObject({
  /** Operators, when somebody starts a conversation or writes in one. */
  operators: noticeSchema.default(notice),
  /** The visitor, when an operator answers. */
  users: noticeSchema.default(notice),
  transcript: z.strictObject({ isOn: z.boolean().default(true), template: z.string().max(100).nullable().default(null) }).default({ isOn: true, template: null }),
});

const hasUniqueIds = (parts: { id?: string | undefined }[]) => {
  const ids = parts.flatMap((part) => part.id ?? []);
  return new Set(ids).size === ids.length;
};
const unique = { error: 'duplicate_id' };
const buttonsSchema = z.array(conversationButtonSchema).min(1).max(12).refine(hasUniqueIds, unique);
const selfServiceSchema = z.array(selfServiceLinkSchema).max(20).refine(hasUniqueIds, unique);
const linksSchema = z.array(externalLinkSchema).max(20).refine(hasUniqueIds, unique);
const originsSchema = z.array(originSchema).max(50);
/** Names that the widget had at another desk, so that an old snippet finds it. */
const aliasesSchema = z.array(z.string().regex(/^[\w.:-]{1,100}$/)).max(20).refine((names) => new Set(names).size === names.length, { error: 'duplicate' });

/** What is kept in the JSON column. */
export const widgetConfigSchema = z.strictObject({
  botName: text(80).default(''),
  welcomeMessage: text(300).default(''),
  welcomeMessageByLocale: byLocale(300),
  conversationButtons: buttonsSchema.default(() => [conversationButtonSchema.parse({ id: 'ask' })]),
  selfServiceLinks: selfServiceSchema.default([]),
  externalLinks: linksSchema.default([]),
  appearance: appearanceSchema.default(() => appearanceSchema.parse({})),
  security: securitySchema.default(() => securitySchema.parse({})),
  notifications: notificationsSchema.default(() => notificationsSchema.parse({})),
  /** Pages that may show the widget; empty: any. */
  allowedOrigins: originsSchema.default([]),
  aliases: aliasesSchema.default([]),
});

export const createWidgetBody = widgetConfigSchema.extend({
  name: text(200).pipe(z.string().min(1)),
  brandId: idSchema,
  slug: slugSchema.optional(),
});

/** Changes only what is named; `appearance`, `security` and `notifications` field by field. */
export const changeWidgetBody = z.strictObject({
  name: text(200).pipe(z.string().min(1)).optional(),
  brandId: idSchema.optional(),
  slug: slugSchema.optional(),
  botName: text(80).optional(),
  welcomeMessage: text(300).optional(),
  welcomeMessageByLocale: byLocale(300).unwrap().optional(),
  conversationButtons: buttonsSchema.optional(),
  selfServiceLinks: selfServiceSchema.optional(),
  externalLinks: linksSchema.optional(),
  appearance: z.strictObject({ ...appearanceFields, buttonTextByLocale: byLocale(40).unwrap() }).partial().optional(),
  security: z.strictObject(securityFields).partial().optional(),
  notifications: z.strictObject({ operators: noticeChange, users: noticeChange, transcript: noticeChange.omit({ delaySeconds: true }) }).partial().optional(),
  allowedOrigins: originsSchema.optional(),
  aliases: aliasesSchema.optional(),
  /** The version that was read: refused with `stale` and the present widget where somebody else saved since. */
  version: z.number().int().min(1).optional(),
});

/** The identity secret is never told again: only that it is there, since when, and until when the one before it is still taken. */
export const secretStateSchema = z.strictObject({ isSet: z.boolean(), createdAt: z.string().nullable(), previousValidUntil: z.string().nullable() });
/** Keeps the secret before this one valid for a while, so that servers can be changed over. */
export const newSecretBody = z.strictObject({ graceHours: z.number().int().min(0).max(24 * 14).default(0) });

/** The one answer that tells it. */
export const newSecretAnswer = z.strictObject({ secret: z.string() });

export const widgetSchema = widgetConfigSchema.extend({
  id: idSchema, slug: z.string(), key: z.string(), name: z.string(), brandId: idSchema, secret: secretStateSchema,
  /** Goes up with each save. */
  version: z.number(), createdAt: z.string(), updatedAt: z.string(),
});
export const widgetPageSchema = z.strictObject({ data: z.array(widgetSchema), nextCursor: z.string().nullable() });

export const widgetListQuery = z.strictObject({
  brandId: idSchema.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().regex(/^[a-z2-7]{26}$/).optional(),
});

export type WidgetConfig = z.output<typeof widgetConfigSchema>;
export type CreateWidget = z.output<typeof createWidgetBody>;
export type ChangeWidget = z.output<typeof changeWidgetBody>;
export type WidgetDto = z.output<typeof widgetSchema>;

/** A widget as the plugin works with it. `textsVersion` goes up with each change of its own texts; 0 is none. */
export interface Widget extends WidgetConfig {
  id: string; slug: string; key: string; name: string; brandId: string; secret: SecretState; version: number; textsVersion: number; createdAt: number; updatedAt: number;
}
/** Sealed identity secrets of a widget: the present one, and the one before it while it is still taken (epoch ms). */
export interface SecretState { sealed: string | null; createdAt: number | null; previous: string | null; previousUntil: number | null }
