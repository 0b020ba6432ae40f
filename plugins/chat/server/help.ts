import type { ArticleHit, ArticleView, KnowledgeReader, PluginContext } from '@plugboard/sdk';

/** How long a first or last article may go unseen in the configuration. */
const lifeMs = 60_000;
const hits = 12;

/** The articles of a brand as a visitor may read them. */
export class Help {
  readonly #ctx: Pick<PluginContext, 'knowledge' | 'contacts' | 'log'>;
  readonly #known = new Map<string, { until: number; isThere: Promise<boolean> }>();

  constructor(ctx: Pick<PluginContext, 'knowledge' | 'contacts' | 'log'>) {
    this.#ctx = ctx;
  }

  /** Has the brand anything that everybody may read? A knowledge base that fails takes no widget away. */
  isThere(brandId: string, locale: string): Promise<boolean> {
    const known = this.#known.get(brandId);
    if (known && known.until > Date.now()) return known.isThere;
    const isThere = this.#ctx.knowledge.articles({ brandId, for: 'public', locale, limit: 1 }).then(({ data }) => data.length > 0).catch((error: unknown) => {
      this.#ctx.log.warn('the articles of a brand are not known', { brandId, error: String(error) });
      return false;
    });
    this.#known.set(brandId, { until: Date.now() + lifeMs, isThere });
    return isThere;
  }

  async search(brandId: string, locale: string, query: string, token: string): Promise<ArticleHit[]> {
    const reader = await this.#reader(brandId, token);
    const { data } = await this.#ctx.knowledge.articles({ brandId, for: reader, locale, limit: hits, ...(query === '' ? {} : { query }) });
    return data;
  }

  async article(brandId: string, locale: string, slug: string, token: string): Promise<ArticleView | null> {
    return this.#ctx.knowledge.article({ brandId, for: await this.#reader(brandId, token), locale, slug });
  }

  /** Who reads: the person behind the session of this brand, else everybody. */
  async #reader(brandId: string, token: string): Promise<KnowledgeReader> {
    const session = token === '' ? null : await this.#ctx.contacts.sessions.verify(token);
    const contact = session && await this.#ctx.contacts.get(session.contactId);
    return contact?.brandId === brandId ? { contactId: contact.id } : 'public';
  }
}
