import { setTimeout as delay } from 'node:timers/promises';
import type { Robot } from 'robots-parser';
import { createOutbound } from '../../../kernel/http/outbound.ts';
import type { WebsiteSettings } from '../../../shared/knowledge.ts';
import { settingsOf, type KnowledgeSource, type SourceError } from '../source.model.ts';
import { SourceProblem, type SourceRun } from '../source-run.ts';
import { fetchPage, type Visit } from './fetch-page.ts';
import { Frontier, type Place } from './frontier.ts';
import { pageAddress } from './page-address.ts';
import { isSitemapFile, readSitemaps } from './read-sitemaps.ts';
import { insist, robotName, SiteClient } from './site-client.ts';
import { readRobots } from './site-robots.ts';
import { SiteScope } from './site-scope.ts';
import { storePage } from './store-page.ts';

/** A whole site takes no longer. */
export const mostRunMs = 60 * 60_000;
const mostTries = 3;
/** A site that answers nothing so often in a row is down. */
const mostFailuresInARow = 10;

export const hostOf = (source: Pick<KnowledgeSource, 'settings'>): string => new URL(settingsOf<WebsiteSettings>(source).url).host.slice(0, 150);

interface Crawl { run: SourceRun; client: SiteClient; robots: Robot; scope: SiteScope; frontier: Frontier; settings: WebsiteSettings; locale: string | null; endsAt: number }

/** Reads a site: pages that its sitemaps list, or that links lead to. What is known already is looked at again, and only what changed is taken. */
export async function readWebsite(run: SourceRun, source: KnowledgeSource): Promise<SourceError | null> {
  const settings = settingsOf<WebsiteSettings>(source);
  const { allowPrivateNetwork } = run.kernel.config;
  const client = new SiteClient({ outbound: createOutbound({ allowPrivateNetwork }), signal: run.signal, allowPrivateNetwork });
  const { start, robots } = await openSite(run, client, settings);
  const isWholeHost = settings.mode === 'sitemap' && isSitemapFile(start);
  const crawl: Crawl = {
    run, client, robots, settings, locale: source.locale, scope: new SiteScope(start, settings, { isWholeHost }), frontier: await Frontier.load(run, settings.maxPages),
    endsAt: Number(source.run_started_at ?? Date.now()) + mostRunMs,
  };
  const seeds = settings.mode === 'sitemap' ? await readSitemaps(run, client, robots, start) : [start];
  await crawl.frontier.admit(pagesIn(crawl, seeds), 0);
  let end = await visitAll(crawl);
  // What nothing leads to any more may still be there.
  await crawl.frontier.admit(crawl.frontier.known.filter((place) => place.seen_run !== run.run && place.is_indexed === 1).flatMap(({ url }) => url && crawl.scope.covers(url) ? [url] : []), settings.depth);
  end ??= await visitAll(crawl);
  await clearUp(crawl, end);
  return outcomeOf(crawl, end);
}

/** The first page as it is found in the end (https, www), and what its host asks of crawlers. */
async function openSite(run: SourceRun, client: SiteClient, settings: WebsiteSettings): Promise<{ start: string; robots: Robot }> {
  const first = pageAddress(settings.url) ?? settings.url;
  const robots = await readRobots(client, run.signal, first);
  if (robots.isDisallowed(first, robotName)) throw new SourceProblem('robots');
  const answer = await insist(run.signal, () => client.fetch(first, { limit: () => null }));
  if (answer.kind === 'failed' && (settings.mode === 'links' || answer.error.key !== 'http_status' || answer.isPassing)) throw new SourceProblem(answer.error.key, answer.error.values, answer.isPassing);
  const found = answer.kind === 'fetched' ? answer.url : first;
  const start = isSitemapFile(found) ? found : pageAddress(found) ?? found;
  client.stayOn(start);
  return { start, robots: new URL(start).host === new URL(first).host ? robots : await readRobots(client, run.signal, start) };
}

const pagesIn = ({ scope }: Crawl, addresses: readonly string[]): string[] => addresses.flatMap((address) => pageAddress(address) ?? []).filter((address) => scope.covers(address));

/** Answers why it ended before everything was visited. */
async function visitAll(crawl: Crawl): Promise<SourceError | null> {
  const { run, frontier, settings } = crawl;
  let failures = 0;
  for (let place = frontier.next(); place; place = frontier.next()) {
    run.signal.throwIfAborted();
    if (Date.now() > crawl.endsAt) return { key: 'time_limit', values: {} };
    if (countRead(frontier) >= settings.maxPages) return { key: 'page_limit', values: { max: settings.maxPages } };
    if (place.at > Date.now()) await delay(place.at - Date.now(), undefined, { signal: run.signal });
    const failure = await visitOne(crawl, place as Place & { url: string });
    failures = failure ? failures + 1 : 0;
    if (failures >= mostFailuresInARow) throw new SourceProblem(failure?.key ?? 'unreachable', failure?.values, true);
  }
  return frontier.isFull ? { key: 'page_limit', values: { max: settings.maxPages } } : null;
}

const countRead = (frontier: Frontier): number => frontier.known.filter((place) => frontier.isFetched(place) && place.state === 'ready').length;

/** Answers the failure when the site could not be reached. */
async function visitOne(crawl: Crawl, place: Place & { url: string }): Promise<SourceError | null> {
  const { run, client, frontier } = crawl;
  if (crawl.robots.isDisallowed(place.url, robotName)) {
    await storePage(run, frontier, place, { kind: 'skipped' });
    return null;
  }
  const visit = await fetchPage(run, client, place, crawl.locale);
  if (visit.failure?.isPassing) {
    place.attempts += 1;
    if (place.attempts < mostTries) {
      place.at = Date.now() + (visit.failure.retryAfterMs ?? 300 * 4 ** (place.attempts - 1));
      return visit.failure.error;
    }
  }
  await settle(crawl, place, visit);
  return visit.failure?.isPassing ? visit.failure.error : null;
}

/** Stores what a visit told, at the address where the page really is. */
async function settle(crawl: Crawl, place: Place & { url: string }, visit: Visit): Promise<void> {
  const { run, frontier, settings } = crawl;
  if (settings.mode === 'links' && place.depth < settings.depth) await frontier.admit(pagesIn(crawl, visit.links), place.depth + 1);
  const target = await targetOf(crawl, place, visit);
  if (target !== place) await storePage(run, frontier, place, { kind: 'skipped' });
  if (!target || frontier.isFetched(target) || target.state === 'removed') return;
  const isFresh = visit.outcome.kind === 'text' || target === place;
  if (isFresh) await storePage(run, frontier, target, isTwin(crawl, target, visit) ? { kind: 'skipped' } : visit.outcome);
}

/** The place of the page behind redirects and a canonical link; null when that is not one of the source's, or to be fetched itself. */
async function targetOf({ scope, frontier, robots }: Crawl, place: Place & { url: string }, visit: Visit): Promise<Place | null> {
  const final = pageAddress(visit.url);
  if (visit.failure || visit.outcome.kind === 'same') return place;
  if (final === null || !scope.covers(final) || robots.isDisallowed(final, robotName)) return null;
  if (final !== place.url) {
    await frontier.admit([final], place.depth);
    return frontier.find(final) ?? null;
  }
  const canonical = visit.canonical === null ? null : pageAddress(visit.canonical);
  if (canonical === null || canonical === final || !scope.covers(canonical)) return place;
  await frontier.admit([canonical], place.depth);
  const other = frontier.find(canonical);
  // A site whose pages all name the same one as theirs would have one page only: then the link is wrong.
  return !other || frontier.isFetched(other) ? place : null;
}

/** The same text at another address of the source. */
function isTwin({ frontier }: Crawl, place: Place, { outcome }: Visit): boolean {
  return outcome.kind === 'text' && frontier.known.some((other) => other.id !== place.id && frontier.isFetched(other) && other.state === 'ready' && other.content_hash === outcome.hash);
}

/** Known pages that do not belong to the source any more go, and addresses that were never read. Where it was cut short, what was read before stays. */
async function clearUp({ run, frontier, scope }: Crawl, end: SourceError | null): Promise<void> {
  for (const place of frontier.known) {
    if (frontier.isFetched(place) || place.state === 'removed') continue;
    const isOutside = place.url === null || !scope.covers(place.url);
    if (place.is_indexed === 1 && !isOutside && end?.key !== 'page_limit') continue;
    await storePage(run, frontier, place, { kind: 'gone' });
  }
}

function outcomeOf({ frontier }: Crawl, end: SourceError | null): SourceError | null {
  const { failed } = frontier.progress;
  if (frontier.known.some((place) => place.is_indexed === 1)) return end ?? (failed > 0 ? { key: 'some_failed', values: { count: failed } } : null);
  const first = frontier.known.find((place) => place.error !== null);
  const error = first?.error ? JSON.parse(first.error) as SourceError : null;
  throw new SourceProblem(error?.key ?? 'no_pages', error?.values);
}
