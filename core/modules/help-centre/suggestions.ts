import { searchReaderArticles } from '../knowledge/index.ts';
import { runsOf, type Run } from './parts/marked.ts';
import type { Visit } from './visit.ts';

/** What the field shows below it while somebody types. Letters come in runs, so that the page needs no markup from here. */
export interface Suggestions { data: { title: Run[]; place: string | null; url: string; locale: string }[]; all: string }

const most = 6;

export async function suggestionsFor(visit: Visit, query: string): Promise<Suggestions> {
  const { ctx, scope, links } = visit;
  const { data } = query === '' ? { data: [] } : await searchReaderArticles(ctx, { ...scope, query, limit: most });
  return {
    data: data.map(({ title, category, slug, locale }) => ({ title: runsOf(title), place: category?.name ?? null, url: links.article(slug), locale })),
    all: links.articles({ q: query }),
  };
}
