import type { ClusterContext } from '@plugboard/sdk';
import { widgetConfigSchema } from './widget.schema.ts';
import { WidgetStore } from './widget.store.ts';

/** The first brand's widget is `website`, as the embed examples say; each other brand's carries its name. */
const slugsFor = (brandSlug: string) => ['website', `${brandSlug}-chat`.slice(-60).replace(/^-+/, '')];

/** Gives each brand without a widget its first one. A repeat changes nothing. */
export async function createDefaultWidgets(ctx: Pick<ClusterContext<unknown>, 'db' | 'brands' | 'log'>): Promise<void> {
  const store = new WidgetStore(ctx.db);
  for (const brand of await ctx.brands.list()) {
    if (await store.firstOfBrand(brand.id)) continue;
    for (const slug of slugsFor(brand.slug)) {
      const widget = await store.create({ name: brand.name, brandId: brand.id, slug, config: widgetConfigSchema.parse({}) });
      if (!widget) continue;
      ctx.log.info('made the first widget of a brand', { brand: brand.slug, widget: widget.slug });
      break;
    }
  }
}
