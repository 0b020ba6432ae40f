import { z } from '@plugboard/sdk';

export const idSchema = z.string().regex(/^[a-z2-7]{26}$/, 'not an id');

/** `assets` is the address of the widget's own files. */
export const slugSchema = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/, 'lower-case letters, digits and hyphens')
  .refine((slug) => slug !== 'assets', { error: 'slug_reserved' });

const text = (max: number) => z.string().max(max).transform((value) => value.replaceAll('\u0000', '').trim());
const iconSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'name of an icon');
const webUrl = z.url({ protocol: /^(https?|mailto|tel)$/ }).max(2_000);

/** An origin as frame-ancestors takes it: scheme, host (with `*.` before it, if wanted) and port. */
const originSchema = z.string().max(200).regex(/^https?:\/\/(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/, 'an origin such as https://www.example.com');

export const conversationButtonSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
  icon: iconSchema.default('comment'),
  /** Empty: a fitting text in the visitor's language. */
  name: text(80).default(''),
  description: text(160).default(''),
  departmentId: idSchema.nullable().default(null),
  priority: z.enum(['low', 'normal', 'high', 'urgent']).default('normal'),
  openingMessage: text(2_000).default(''),
});

export const externalLinkSchema = z.strictObject({ icon: iconSchema.default('link'), label: text(80).pipe(z.string().min(1)), url: webUrl });

export const appearanceSchema = z.strictObject({
  type: z.enum(['popup', 'sidebar']).default('popup'),
  position: z.enum(['left', 'right']).default('right'),
  /** Empty: the brand's colour. */
  color: z.union([z.literal(''), z.string().regex(/^#[0-9a-fA-F]{6}$/)]).default(''),
  buttonIcon: iconSchema.nullable().default('comment'),
  /** `null`: a fitting text in the visitor's language; empty: the icon alone. */
  buttonText: text(40).nullable().default(null),
  mode: z.enum(['system', 'light', 'dark']).default('system'),
});

const hasUniqueIds = (buttons: { id: string }[]) => new Set(buttons.map((button) => button.id)).size === buttons.length;
const buttonsSchema = z.array(conversationButtonSchema).min(1).max(12).refine(hasUniqueIds, { error: 'duplicate_id' });
const linksSchema = z.array(externalLinkSchema).max(20);
const originsSchema = z.array(originSchema).max(50);

/** What is kept in the JSON column. */
export const widgetConfigSchema = z.strictObject({
  botName: text(80).default(''),
  welcomeMessage: text(300).default(''),
  conversationButtons: buttonsSchema.default(() => [conversationButtonSchema.parse({ id: 'ask' })]),
  externalLinks: linksSchema.default([]),
  appearance: appearanceSchema.default(() => appearanceSchema.parse({})),
  /** Pages that may show the widget; empty: any. */
  allowedOrigins: originsSchema.default([]),
});

export const createWidgetBody = widgetConfigSchema.extend({
  name: text(200).pipe(z.string().min(1)),
  brandId: idSchema,
  slug: slugSchema.optional(),
});

/** Changes only what is named; `appearance` field by field. */
export const changeWidgetBody = z.strictObject({
  name: text(200).pipe(z.string().min(1)).optional(),
  brandId: idSchema.optional(),
  slug: slugSchema.optional(),
  botName: text(80).optional(),
  welcomeMessage: text(300).optional(),
  conversationButtons: buttonsSchema.optional(),
  externalLinks: linksSchema.optional(),
  appearance: z.strictObject({
    type: z.enum(['popup', 'sidebar']), position: z.enum(['left', 'right']), color: appearanceSchema.shape.color.unwrap(),
    buttonIcon: iconSchema.nullable(), buttonText: text(40).nullable(), mode: z.enum(['system', 'light', 'dark']),
  }).partial().optional(),
  allowedOrigins: originsSchema.optional(),
});

export const widgetSchema = widgetConfigSchema.extend({
  id: idSchema, slug: z.string(), key: z.string(), name: z.string(), brandId: idSchema, createdAt: z.string(), updatedAt: z.string(),
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

/** A widget as the plugin works with it. */
export interface Widget extends WidgetConfig { id: string; slug: string; key: string; name: string; brandId: string; createdAt: number; updatedAt: number }
