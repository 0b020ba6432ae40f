import { z } from '@plugboard/sdk';
import { canonicalLocale, ownText } from './translations.schema.ts';
import { changeWidgetBody } from './widget.schema.ts';

/** What an admin has before them, saved or not. `texts` are those of `locale`. */
export const previewBody = z.strictObject({
  draft: changeWidgetBody.omit({ version: true }).default({}),
  locale: canonicalLocale.optional(),
  texts: z.record(z.string().max(120), ownText).default({}),
});

const iconShape = z.strictObject({ w: z.number(), h: z.number(), d: z.string() }).nullable();
const mode = z.enum(['system', 'light', 'dark']);
const type = z.enum(['popup', 'sidebar']);
const position = z.enum(['left', 'right']);
const dir = z.enum(['ltr', 'rtl']);
const linkSchema = z.strictObject({ icon: iconShape, label: z.string(), url: z.string() });

export const launcherSchema = z.strictObject({
  slug: z.string(), type, position, mode, color: z.string(), icon: iconShape, text: z.string(), locale: z.string(), dir,
  texts: z.strictObject({ title: z.string(), open: z.string(), close: z.string(), unread: z.string() }),
});
export const appSchema = z.strictObject({
  widget: z.strictObject({
    slug: z.string(), brandId: z.string(), brandSlug: z.string(), brandName: z.string(), botName: z.string(), welcomeMessage: z.string(),
    buttons: z.array(z.strictObject({ id: z.string(), icon: iconShape, name: z.string(), description: z.string(), openingMessage: z.string() })),
    selfServiceLinks: z.array(linkSchema), externalLinks: z.array(linkSchema),
    color: z.string(), mode, theme: z.enum(['plugboard', 'contrast']), type, position,
    requiresAuthentication: z.boolean(), hasTranscript: z.boolean(), articlesUrl: z.string(), hasHelp: z.boolean(),
  }),
  locale: z.string(), dir, texts: z.record(z.string(), z.string()),
});
export const previewAnswer = z.strictObject({ launcher: launcherSchema, app: appSchema });
