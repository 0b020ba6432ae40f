import type { CategoryView, ReadAudience } from '@plugboard/sdk';
import { createActionContext } from '../../kernel/action-context.ts';
import type { ActionContext, Kernel } from '../../kernel/context.ts';
import type { HttpContext } from '../../kernel/http/state.ts';
import { nobody } from '../../kernel/policy/actor.ts';
import { localeSchema } from '../../shared/primitives.ts';
import type { Brand } from '../brands/index.ts';
import { listReaderCategories, readerLanguages, type ReaderScope } from '../knowledge/index.ts';
import { Links } from './addresses.ts';
import { Recent } from './recent.ts';

/** Somebody who reads one brand's help centre: what they may see, in which language, and how addresses look for them. */
export interface Visit {
  readonly ctx: ActionContext;
  readonly brand: Brand;
  /** Brand, audience and language: every reading goes through it. */
  readonly scope: ReaderScope;
  readonly links: Links;
  /** Language of the page around the texts. */
  readonly locale: string;
  readonly direction: 'ltr' | 'rtl';
  /** The reader chose the language, by `?lang=`. */
  readonly isChosen: boolean;
  /** Languages that the page can be read in. */
  readonly languages: readonly string[];
  t(key: string, values?: Record<string, unknown>): string;
  /** What every reader of this help centre and language gets, as it was at most two seconds ago. */
  recent<T>(name: string, read: () => Promise<T>): Promise<T>;
  /** The topics, not older either. */
  categories(): Promise<CategoryView[]>;
}

/** Nobody signs in here yet: whoever comes, an operator too, reads what everybody may read. */
const everybody: readonly ReadAudience[] = ['public'];

export const queryOf = (ctx: HttpContext, name: string): string | undefined => {
  const value = ctx.query[name];
  return Array.isArray(value) ? value[0] : value;
};

/** What a process remembers for its readers. A language that is new is in the menu a minute later. */
export class Memory {
  readonly lists = new Recent(2_000);
  readonly languages = new Recent(60_000);
}

export async function visitOf(kernel: Kernel, ctx: HttpContext, brand: Brand, memory: Memory): Promise<Visit> {
  const reading = await memory.languages.of(brand.uid, () => readerLanguages(createActionContext(kernel, nobody), { brand, audiences: everybody }));
  const asked = localeSchema.safeParse(queryOf(ctx, 'lang'));
  const chosen = asked.success ? asked.data : null;
  const wanted = ctx.get('Accept-Language');
  const locale = chosen === null ? kernel.i18n.negotiate(wanted, brand.locale) : kernel.i18n.negotiate([chosen], kernel.i18n.negotiate(wanted, brand.locale));
  const action = createActionContext(kernel, nobody, { locale, log: kernel.log.child({ requestId: ctx.state.requestId }) });
  const scope: ReaderScope = { brand, audiences: everybody, locale: chosen ?? preferred(wanted, [...kernel.i18n.locales(), ...reading]) ?? locale };
  const recent = <T>(name: string, read: () => Promise<T>): Promise<T> => memory.lists.of(`${name} ${brand.uid} ${scope.locale}`, read);
  return {
    ctx: action, brand, locale, scope, recent, isChosen: chosen !== null,
    links: new Links(brand, kernel.config.publicUrl, chosen),
    direction: kernel.i18n.direction(locale),
    languages: [...new Set([...kernel.i18n.locales(), ...reading])],
    categories: () => recent('topics', () => listReaderCategories(action, scope)),
    t: (key, values) => kernel.i18n.t(`portal:${key}`, locale, values),
  };
}

/** The first language of a browser that there is anything in: articles may be there in more languages than the desk speaks. */
function preferred(header: string, languages: readonly string[]): string | undefined {
  const plain = (tag: string): string => tag.toLowerCase().split('-')[0] ?? '';
  const tags = header.slice(0, 500).split(',').map((part, index) => ({ tag: part.split(';')[0]?.trim() ?? '', weight: Number(/;\s*q=([\d.]+)/.exec(part)?.[1] ?? 1), index }))
    .filter(({ tag, weight }) => weight > 0 && localeSchema.safeParse(tag).success).sort((a, b) => b.weight - a.weight || a.index - b.index);
  for (const { tag } of tags) {
    const found = languages.find((language) => language.toLowerCase() === tag.toLowerCase()) ?? languages.find((language) => plain(language) === plain(tag));
    if (found !== undefined) return found;
  }
  return undefined;
}
