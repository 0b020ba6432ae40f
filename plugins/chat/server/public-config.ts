import type { BrandDto, PluginContext } from '@plugboard/sdk';
import { acceptedLocales, directionOf, pickLocale } from './locale.ts';
import type { Widget } from './widget.schema.ts';

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
  };
  locale: string;
  dir: 'ltr' | 'rtl';
  texts: Record<string, string>;
}

export interface Wish { locale?: string | undefined; acceptLanguage?: string | undefined }

/** Public configuration of a widget in the visitor's language: the browser's, else the brand's. */
export class PublicConfig {
  readonly #ctx: PluginContext;

  constructor(ctx: PluginContext) {
    this.#ctx = ctx;
  }

  async localeFor(brand: BrandDto, wish: Wish): Promise<string> {
    const wishes = [...(wish.locale ? [wish.locale] : []), ...acceptedLocales(wish.acceptLanguage)];
    return pickLocale(wishes, await this.#ctx.i18n.locales(), brand.locale);
  }

  async launcher(widget: Widget, brand: BrandDto, wish: Wish): Promise<LauncherConfig> {
    const locale = await this.localeFor(brand, wish);
    const texts = await this.#ctx.i18n.texts(locale, 'widget');
    const { type, position, mode, color, buttonIcon, buttonText } = widget.appearance;
    return {
      slug: widget.slug, type, position, mode, color: color || brand.color, icon: buttonIcon,
      text: buttonText ?? texts['launcher.text'] ?? '', locale, dir: directionOf(locale),
      texts: {
        title: (texts['launcher.title'] ?? '').replace('{{brand}}', brand.name),
        open: texts['launcher.open'] ?? '', close: texts['launcher.close'] ?? '', unread: texts['launcher.unread'] ?? '',
      },
    };
  }

  async app(widget: Widget, brand: BrandDto, wish: Wish): Promise<AppConfig> {
    const locale = await this.localeFor(brand, wish);
    return {
      widget: {
        slug: widget.slug, brandId: brand.id, brandName: brand.name, botName: widget.botName, welcomeMessage: widget.welcomeMessage,
        buttons: widget.conversationButtons.map(({ id, icon, name, description, openingMessage }) => ({ id, icon, name, description, openingMessage })),
        externalLinks: widget.externalLinks,
        color: widget.appearance.color || brand.color, mode: widget.appearance.mode, type: widget.appearance.type,
      },
      locale, dir: directionOf(locale), texts: await this.#ctx.i18n.texts(locale, 'widget'),
    };
  }
}
