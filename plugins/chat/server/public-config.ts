import type { BrandDto, PluginContext } from '@plugboard/sdk';
import { shapeOrComment } from './icons.ts';
import type { Help } from './help.ts';
import { acceptedLocales, directionOf, inLocale, pickLocale } from './locale.ts';
import type { Translations } from './translations.ts';
import type { Texts } from './translations.schema.ts';
import type { Widget, WidgetConfig } from './widget.schema.ts';

/** A drawing of FontAwesome's free set: size of its view box, and its path (filled). */
export interface IconShape { w: number; h: number; d: string }

/** What the host page's script has to know before anybody clicks. */
export interface LauncherConfig {
  slug: string;
  type: 'popup' | 'sidebar';
  position: 'left' | 'right';
  mode: 'system' | 'light' | 'dark';
  color: string;
  icon: IconShape | null;
  text: string;
  locale: string;
  dir: 'ltr' | 'rtl';
  texts: { title: string; open: string; close: string; unread: string };
}

/** What the widget's page carries: everything but the visitor. */
export interface AppConfig {
  widget: {
    slug: string;
    brandId: string;
    brandSlug: string;
    brandName: string;
    botName: string;
    welcomeMessage: string;
    buttons: { id: string; icon: IconShape | null; name: string; description: string; openingMessage: string }[];
    selfServiceLinks: { icon: IconShape | null; label: string; url: string }[];
    externalLinks: { icon: IconShape | null; label: string; url: string }[];
    color: string;
    mode: 'system' | 'light' | 'dark';
    theme: 'plugboard' | 'contrast';
    type: 'popup' | 'sidebar';
    position: 'left' | 'right';
    /** Nobody writes before name and address are proved by a code or a signed token. */
    requiresAuthentication: boolean;
    /** Transcripts can be asked for. */
    hasTranscript: boolean;
    /** Where `showArticle(slug)` leads, with `/<slug>` put behind it. */
    articlesUrl: string;
    /** There are articles to search in. */
    hasHelp: boolean;
  };
  locale: string;
  dir: 'ltr' | 'rtl';
  texts: Record<string, string>;
}

/** What the page or the browser asks for; `exact` is taken even where there are no texts in it yet. */
export interface Wish { locale?: string | undefined; acceptLanguage?: string | undefined; exact?: string | undefined }

/** Public configuration of a widget in the visitor's language: the browser's, else the brand's. */
export class PublicConfig {
  readonly #ctx: Pick<PluginContext, 'publicUrl'>;
  readonly #translations: Translations;
  readonly #help: Help;

  constructor(ctx: Pick<PluginContext, 'publicUrl'>, translations: Translations, help: Help) {
    this.#ctx = ctx;
    this.#translations = translations;
    this.#help = help;
  }

  /** Best of the desk's languages; with a widget also of those that it alone has. */
  async localeFor(brand: BrandDto, wish: Wish, widget: Pick<Widget, 'id' | 'textsVersion'> | null = null): Promise<string> {
    if (wish.exact) return wish.exact;
    const wishes = [...(wish.locale ? [wish.locale] : []), ...acceptedLocales(wish.acceptLanguage)];
    return pickLocale(wishes, await this.#translations.locales(widget), brand.locale);
  }

  /** `draft` are texts that are not saved yet, for a preview. */
  async launcher(widget: Widget, brand: BrandDto, wish: Wish, draft?: Texts): Promise<LauncherConfig> {
    const locale = await this.localeFor(brand, wish, widget);
    const texts = await this.#translations.texts(widget, locale, draft);
    const { type, position, mode, color, buttonIcon, buttonText, buttonTextByLocale } = widget.appearance;
    return {
      slug: widget.slug, type, position, mode, color: color || brand.color, icon: shapeOrComment(buttonIcon),
      text: inLocale(buttonText ?? texts['launcher.text'] ?? '', buttonTextByLocale, locale), locale, dir: directionOf(locale),
      texts: {
        title: (texts['launcher.title'] ?? '').replaceAll('{{brand}}', () => brand.name),
        open: texts['launcher.open'] ?? '', close: texts['launcher.close'] ?? '', unread: texts['launcher.unread'] ?? '',
      },
    };
  }

  async app(widget: Widget, brand: BrandDto, wish: Wish, draft?: Texts): Promise<AppConfig> {
    const locale = await this.localeFor(brand, wish, widget);
    const { color, mode, theme, type, position } = widget.appearance;
    const portal = `${this.#ctx.publicUrl}/portal/${encodeURIComponent(brand.slug)}`;
    const link = ({ icon, label, labelByLocale }: { icon: string | null; label: string; labelByLocale: Record<string, string> }, url: string) =>
      ({ icon: shapeOrComment(icon), label: inLocale(label, labelByLocale, locale), url });
    return {
      widget: {
        slug: widget.slug, brandId: brand.id, brandSlug: brand.slug, brandName: brand.name, botName: widget.botName,
        welcomeMessage: inLocale(widget.welcomeMessage, widget.welcomeMessageByLocale, locale),
        buttons: widget.conversationButtons.map((button) => ({
          id: button.id, icon: shapeOrComment(button.icon), name: inLocale(button.name, button.nameByLocale, locale),
          description: inLocale(button.description, button.descriptionByLocale, locale), openingMessage: inLocale(button.openingMessage, button.openingMessageByLocale, locale),
        })),
        selfServiceLinks: widget.selfServiceLinks.map((item) => link(item, portal + portalPath(item))),
        externalLinks: widget.externalLinks.map((item) => link(item, item.url)),
        color: color || brand.color, mode, theme, type, position,
        requiresAuthentication: widget.security.requireAuthentication, hasTranscript: widget.notifications.transcript.isOn,
        articlesUrl: `${portal}/articles`, hasHelp: await this.#help.isThere(brand.id, locale),
      },
      locale, dir: directionOf(locale), texts: await this.#translations.texts(widget, locale, draft),
    };
  }
}

const portalPath = ({ type, target }: WidgetConfig['selfServiceLinks'][number]): string => ({ home: '', category: `/categories/${target}`, article: `/articles/${target}` })[type];
