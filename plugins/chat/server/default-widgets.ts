import type { ClusterContext } from '@plugboard/sdk';
import { widgetConfigSchema } from './widget.schema.ts';
import { WidgetStore } from './widget.store.ts';

type Context = Pick<ClusterContext<unknown>, 'db' | 'brands' | 'log'>;

/** A desk that switches an assistant on means it to answer: nobody has to find the switch of a button first. */
const firstConfig = () => widgetConfigSchema.parse({ conversationButtons: [{ id: 'ask', aiResponses: true }] });

/** The first brand's widget is `website`, as the embed examples say; each other brand's carries its name. */
const slugsFor = (brandSlug: string) => ['website', `${brandSlug}-chat`.slice(-60).replace(/^-+/, ''), `chat-${crypto.randomUUID().slice(0, 8)}`];

/**
 * Gives each brand its first widget: when the channel goes on, and a brand that came later as soon as anybody asks. Once per
 * brand, so that a widget which was deleted on purpose stays away; of several at once the table's key lets one do it.
 */
export async function createDefaultWidgets({ db, brands, log }: Context): Promise<void> {
  const table = db.table('first_widgets');
  const isGiven = async (brandId: string) => (await db.query(`SELECT brand_id FROM ${table} WHERE brand_id = ?`, [brandId])).length > 0;
  const given = new Set((await db.query<{ brand_id: string }>(`SELECT brand_id FROM ${table}`)).map((row) => row.brand_id));
  const store = new WidgetStore(db);
  for (const brand of await brands.list()) {
    if (given.has(brand.id)) continue;
    const claim = { sql: `INSERT INTO ${table} (brand_id, created_at) VALUES (?, ?)`, bindings: [brand.id, Date.now()] };
    for (const slug of slugsFor(brand.slug)) {
      try {
        const widget = await store.create({ name: brand.name, brandId: brand.id, slug, config: firstConfig() }, [claim]);
        if (!('id' in widget)) continue;
        log.info('made the first widget of a brand', { brand: brand.slug, widget: widget.slug });
      } catch (error) {
        if (!await isGiven(brand.id)) throw error;
      }
      break;
    }
  }
}
