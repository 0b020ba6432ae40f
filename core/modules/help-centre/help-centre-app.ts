import type { Middleware } from 'koa';
import type { Kernel } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { toAppError } from '../../kernel/http/problem.ts';
import { addressPrefix, RateLimits } from '../../kernel/http/rate-limit.ts';
import type { HttpContext } from '../../kernel/http/state.ts';
import { sendStatic } from '../../kernel/http/static.ts';
import { isStaff } from '../../kernel/policy/actor.ts';
import { limits } from '../../shared/limits.ts';
import { findBrandBySlug, selectBrands, type Brand } from '../brands/index.ts';
import { articlesForFeed, articlesForSitemap, countView, listReaderCategories } from '../knowledge/index.ts';
import { placeAt, type Place } from './addresses.ts';
import { createBundleReader, type Bundle } from './bundle.ts';
import { robotsOf } from './feeds/robots.ts';
import { rssOf } from './feeds/rss.ts';
import { sitemapOf } from './feeds/sitemap.ts';
import { articlePage } from './pages/article-page.ts';
import { articlesPage, searchPage } from './pages/articles-page.ts';
import { categoryPage } from './pages/category-page.ts';
import { homePage } from './pages/home-page.ts';
import { missingPage, troublePage } from './pages/notice-page.ts';
import { rateArticle } from './rate-article.ts';
import { sendNobodys, sendPage, sendText } from './send.ts';
import { suggestionsFor } from './suggestions.ts';
import { Memory, queryOf, visitOf, type Visit } from './visit.ts';

interface Call { ctx: HttpContext; visit: Visit; bundle: Bundle; limits: RateLimits }

const searchesPerMinute = 120;
const ratingsPerMinute = 20;
const machine = /bot\b|bot\/|crawl|spider|slurp|preview|monitor/i;

/** The help centre of each brand at `/portal/<brand>`, that of the first one at `/`, and `/robots.txt`. */
export function helpCentreApp(kernel: Kernel, dist: string): Middleware {
  const readBundle = createBundleReader(dist);
  const [rates, memory] = [new RateLimits(), new Memory()];
  return async (context, next) => {
    const ctx = context as unknown as HttpContext;
    const isRead = ctx.method === 'GET' || ctx.method === 'HEAD';
    if (isRead && ctx.path.startsWith('/portal/assets/')) return await sendStatic(context, dist, ctx.path.slice('/portal/'.length)) ? undefined : next();
    if (isRead && ctx.path === '/robots.txt') return sendText(ctx, { body: robotsOf(kernel.config.publicUrl, await selectBrands(kernel.db.knex)), type: 'text/plain' });
    const found = placeAt(ctx.path);
    const bundle = found && await readBundle();
    if (!found || !bundle) return next();
    const allowed = found.place.kind === 'rating' ? ctx.method === 'POST' : isRead;
    if (!allowed) throw new AppError(405, 'method_not_allowed', {}, { Allow: found.place.kind === 'rating' ? 'POST' : 'GET, HEAD' });
    const brand = found.brand === null ? (await selectBrands(kernel.db.knex))[0] : await findBrandBySlug(kernel.db.knex, found.brand);
    if (!brand && found.brand === null) return ctx.redirect('/admin');
    if (!brand) return sendNobodys(ctx, kernel, bundle);
    ctx.state.route = `/portal/:brand (${found.place.kind})`;
    return answer({ ctx, bundle, limits: rates }, kernel, memory, brand, found.place);
  };
}

/** Machines get problem documents, people a page in their language, whatever goes wrong. */
async function answer(call: Omit<Call, 'visit'>, kernel: Kernel, memory: Memory, brand: Brand, place: Place): Promise<void> {
  const { ctx } = call;
  const visit = await visitOf(kernel, ctx, brand, memory);
  try {
    await serve({ ...call, visit }, place);
  } catch (error) {
    const known = toAppError(error);
    if (place.kind === 'suggestions' || place.kind === 'feed' || place.kind === 'sitemap' || wantsJson(ctx)) throw error;
    if (known.code === 'internal') kernel.log.error({ err: error, requestId: ctx.state.requestId, path: ctx.path }, 'request failed');
    for (const [name, value] of Object.entries(known.headers)) ctx.set(name, value);
    // What a reader can get wrong is an address: a place in a list that is none, an article that has gone.
    const isMissing = known.status === 404 || (known.status === 400 && ctx.method !== 'POST');
    await sendPage(ctx, visit, isMissing ? missingPage(visit) : troublePage(visit, known.status), call.bundle);
  }
}

const wantsJson = (ctx: HttpContext): boolean => ctx.accepts('html', 'json') === 'json';

async function serve(call: Call, place: Place): Promise<void> {
  const { ctx, visit, bundle } = call;
  switch (place.kind) {
    case 'home': return sendPage(ctx, visit, await homePage(visit), bundle);
    case 'articles': return serveArticles(call);
    case 'article': return serveArticle(call, place.slug);
    case 'category': return sendPage(ctx, visit, await categoryPage(visit, place.slug, queryOf(ctx, 'cursor')) ?? missingPage(visit), bundle);
    case 'rating': return serveRating(call, place.slug);
    case 'suggestions': return serveSuggestions(call);
    case 'feed': return serveFeed(call);
    case 'sitemap': return serveSitemap(call);
    default: return sendPage(ctx, visit, missingPage(visit), bundle);
  }
}

/** What somebody looks for: without letters that no text has, and as long as a search may be. */
const wordsOf = (ctx: HttpContext): string => [...(queryOf(ctx, 'q') ?? '').toWellFormed().replaceAll('\u0000', '').replace(/\s+/g, ' ').trim()].slice(0, limits.searchQuery).join('');
const who = (ctx: HttpContext): string => addressPrefix(ctx.state.ip);

async function serveArticles({ ctx, visit, bundle, limits: rates }: Call): Promise<void> {
  const query = wordsOf(ctx);
  if (query !== '') await rates.take('search', who(ctx), searchesPerMinute);
  await sendPage(ctx, visit, query === '' ? await articlesPage(visit, queryOf(ctx, 'cursor')) : await searchPage(visit, query), bundle);
}

async function serveArticle({ ctx, visit, bundle }: Call, slug: string): Promise<void> {
  const rated = queryOf(ctx, 'rated');
  const found = await articlePage(visit, slug, rated === 'up' || rated === 'down' ? rated : undefined);
  if (!found) return sendPage(ctx, visit, missingPage(visit), bundle);
  if ('movedTo' in found) {
    ctx.vary('Accept-Language');
    ctx.set('Cache-Control', 'no-cache');
    ctx.redirect(found.movedTo);
    ctx.status = found.isForGood ? 301 : 302;
    return;
  }
  const isReader = ctx.method === 'GET' && rated === undefined && !isStaff(ctx.state.actor) && !machine.test(ctx.get('User-Agent')) && !/prefetch/.test(ctx.get('Sec-Purpose'));
  if (isReader) countView(visit.ctx.kernel, found.rowId);
  await sendPage(ctx, visit, found.page, bundle);
}

async function serveRating(call: Call, slug: string): Promise<void> {
  const { ctx, visit, limits: rates } = call;
  await rates.take('rating', who(ctx), ratingsPerMinute);
  const rating = await rateArticle(visit, ctx, slug);
  ctx.set('Cache-Control', 'no-store');
  if (wantsJson(ctx)) {
    ctx.body = { rating };
    return;
  }
  ctx.redirect(`${visit.links.article(slug, { rated: rating })}#rating`);
  ctx.status = 303;
}

async function serveSuggestions({ ctx, visit, limits: rates }: Call): Promise<void> {
  await rates.take('search', who(ctx), searchesPerMinute);
  ctx.set('X-Robots-Tag', 'noindex');
  sendText(ctx, { body: JSON.stringify(await suggestionsFor(visit, wordsOf(ctx))), type: 'application/json' });
}

async function serveFeed({ ctx, visit }: Call): Promise<void> {
  const { links, scope, brand, t } = visit;
  const entries = await visit.recent('feed', () => articlesForFeed(visit.ctx, { brand, locale: scope.locale }));
  const modified = entries.map(({ updatedAt }) => new Date(updatedAt)).sort((a, b) => b.getTime() - a.getTime())[0];
  const body = rssOf({
    title: t('siteTitle', { brand: brand.name }), about: t('feed', { brand: brand.name }), home: links.whole('', visit.locale), self: links.whole('/articles.rss', scope.locale), locale: scope.locale, entries,
  });
  sendText(ctx, { body, type: 'application/rss+xml; charset=utf-8', modified });
}

async function serveSitemap({ ctx, visit }: Call): Promise<void> {
  const { links, scope, brand, languages } = visit;
  const [categories, articles] = await visit.recent('sitemap', async () => [await listReaderCategories(visit.ctx, { ...scope, locale: brand.locale }), await articlesForSitemap(visit.ctx, brand)] as const);
  sendText(ctx, { body: sitemapOf({ links, locale: brand.locale, languages, categories, articles }), type: 'application/xml; charset=utf-8' });
}
