import { z } from '@plugboard/sdk';
import type { PluginContext } from '@plugboard/sdk';
import type { Help } from './help.ts';
import { bearerOf, bySlug, claim, notFound, unkept } from './visitor.routes.ts';
import type { VisitorPlace } from './visitor.routes.ts';

const locale = z.string().max(35).regex(/^[A-Za-z0-9-]+$/);
const slugOf = z.string().max(80).regex(/^[a-z0-9-]+$/);
const plain = (text: string): string => text.replaceAll('\u0000', '').toWellFormed().trim();

/** Articles in the widget: found and read without leaving the page. A session lets its person read what is for signed-in people. */
export async function addHelpRoutes(ctx: PluginContext, place: VisitorPlace, help: Help): Promise<void> {
  await ctx.routes.add({
    method: 'get', claim, path: '/:slug/help', summary: 'Find articles for a visitor', access: 'public', perMinute: 120, params: bySlug,
    query: z.strictObject({ q: z.string().max(200).transform(plain).default(''), locale }),
    async handle({ params, query, headers }) {
      const { brand } = await place.widget(params.slug);
      const data = await help.search(brand.id, query.locale, query.q, bearerOf(headers));
      return { body: { data: data.map(({ slug, title, excerpt }) => ({ slug, title, excerpt })) }, headers: unkept };
    },
  });

  await ctx.routes.add({
    method: 'get', claim, path: '/:slug/help/:article', summary: 'Read an article as a visitor', access: 'public', perMinute: 120,
    params: bySlug.extend({ article: z.string().max(120) }), query: z.strictObject({ locale }),
    async handle({ params, query, headers }) {
      const { brand } = await place.widget(params.slug);
      const slug = slugOf.safeParse(params.article).data;
      const article = slug === undefined ? null : await help.article(brand.id, query.locale, slug, bearerOf(headers));
      if (!article) throw notFound();
      const { title, html, url, updatedAt } = article;
      return { body: { slug: article.slug, title, html, url, updatedAt, locale: article.locale }, headers: unkept };
    },
  });
}
