import { PluginError } from '@plugboard/sdk';
import type { PluginContext } from '@plugboard/sdk';
import { directionOf } from './locale.ts';
import { isPlural, placeholderFault, placeholdersOf, stemOf } from './placeholders.ts';
import type { Texts, Translation } from './translations.schema.ts';
import { OwnTextStore } from './translations.store.ts';
import type { OwnTexts } from './translations.store.ts';
import type { Widget } from './widget.schema.ts';

type Context = Pick<PluginContext, 'db' | 'i18n'>;
type Named = Pick<Widget, 'id' | 'textsVersion'>;

const namespace = 'widget';
const maxLocales = 40;

const pluralForms = (locale: string): string[] => {
  try {
    return new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
  } catch {
    return ['one', 'other'];
  }
};

/** Every text that a language needs: the English keys, those that count in the language's own forms, and what it has shipped. */
function keysOf(locale: string, english: Texts, shipped: Texts | null): string[] {
  const isOwnForm = (key: string) => isPlural(key) && `${stemOf(key)}_other` in english;
  const keys = Object.keys(english).flatMap((key) => {
    if (!isOwnForm(key)) return [key];
    return key.endsWith('_other') ? pluralForms(locale).map((form) => `${stemOf(key)}_${form}`) : [];
  });
  // A shipped language may have more forms (a zero of its own); the English ones only stand behind it.
  const rest = Object.keys(shipped ?? {}).filter((key) => !(key in english) && !keys.includes(key));
  return [...keys, ...rest];
}

/** The widget's texts: shipped ones, and over them what an admin wrote for one widget, in any language. */
export class Translations {
  readonly #i18n: Context['i18n'];
  readonly #own: OwnTextStore;

  constructor(ctx: Context) {
    this.#i18n = ctx.i18n;
    this.#own = new OwnTextStore(ctx.db);
  }

  /** Languages that the desk ships or the widget has of its own. */
  async locales(widget: Named | null): Promise<string[]> {
    const shipped = await this.#i18n.locales();
    const own = widget && await this.#own.of(widget);
    return own?.size ? [...new Set([...shipped, ...own.keys()])] : shipped;
  }

  /** What the pages get. `draft` lies on top, for a preview. */
  async texts(widget: Named, locale: string, draft?: Texts): Promise<Record<string, string>> {
    const own = await this.#own.of(widget);
    const shipped = await this.#i18n.texts(locale, namespace);
    if (own.size === 0) return draft ? { ...shipped, ...draft } : shipped;
    // A shipped language is complete, so own English shows through only where nothing is shipped.
    const isShipped = (await this.#i18n.locales()).includes(locale);
    return { ...shipped, ...(isShipped ? {} : own.get('en')), ...own.get(locale), ...draft };
  }

  async overview(widget: Named): Promise<{ locale: string; isShipped: boolean; ownCount: number; missingCount: number }[]> {
    const [own, shipped, english] = await Promise.all([this.#own.of(widget), this.#i18n.locales(), this.#i18n.texts('en', namespace)]);
    return (await this.locales(widget)).map((locale) => {
      const ofLocale = own.get(locale) ?? {};
      const isShipped = shipped.includes(locale);
      return { locale, isShipped, ownCount: Object.keys(ofLocale).length, missingCount: isShipped ? 0 : keysOf(locale, english, null).filter((key) => !(key in ofLocale)).length };
    });
  }

  async of(widget: Named, locale: string): Promise<Translation> {
    const { english, shipped, own } = await this.#parts(widget, locale);
    const ofLocale: Texts = own.get(locale) ?? {};
    return {
      locale, dir: directionOf(locale),
      entries: keysOf(locale, english, shipped).map((key) => {
        const source = sourceOf(english, key);
        return { key, english: source, shipped: shipped?.[key] ?? null, own: ofLocale[key] ?? null, placeholders: placeholdersOf(source) };
      }),
    };
  }

  /** Refused as a whole when one text is not fit, with each fault by its key. A text that says what is shipped is none of its own. */
  async change(widget: Named, locale: string, texts: Readonly<Record<string, string | null>>): Promise<void> {
    const { english, shipped, own } = await this.#parts(widget, locale);
    if (!shipped && !own.has(locale) && own.size >= maxLocales) throw refusal([{ path: 'locale', code: 'too_many', message: 'too_many' }]);
    const keys = new Set(keysOf(locale, english, shipped));
    const faults = Object.entries(texts).flatMap(([key, text]) => {
      const code = !keys.has(key) ? 'unknown_key' : text ? placeholderFault(key, text, sourceOf(english, key)) : null;
      return code ? [{ path: `texts.${key}`, code, message: code }] : [];
    });
    if (faults.length > 0) throw refusal(faults);
    await this.#own.change(widget.id, locale, Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, !text || text === shipped?.[key] ? null : text])));
  }

  clear(widget: Named, locale: string): Promise<void> {
    return this.#own.clear(widget.id, locale);
  }

  async #parts(widget: Named, locale: string): Promise<{ english: Texts; shipped: Texts | null; own: OwnTexts }> {
    const [own, english, locales] = await Promise.all([this.#own.of(widget), this.#i18n.texts('en', namespace), this.#i18n.locales()]);
    return { english, own, shipped: locales.includes(locale) ? await this.#i18n.texts(locale, namespace) : null };
  }
}

/** English behind a key: of a form that English does not have, its plural. */
const sourceOf = (english: Texts, key: string): string => english[key] ?? english[`${stemOf(key)}_other`] ?? '';

const refusal = (errors: { path: string; code: string; message: string }[]) => new PluginError('invalid', 400, { errors });
