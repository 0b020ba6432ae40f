import { readerOf } from '../reading/reader-of.ts';
import { Unreadable, type ReadPage } from '../reading/reading.ts';
import type { SourceRun } from '../source-run.ts';
import { hashOf } from '../store-text.ts';
import type { Place } from './frontier.ts';
import { bytesOfType, typeOf, type Failure, type Fetched, type SiteClient } from './site-client.ts';
import type { PageOutcome } from './store-page.ts';

/** What a fetch of one address tells. `links` are those that crawlers may follow. */
export interface Visit { outcome: PageOutcome; url: string; links: string[]; canonical: string | null; failure: Failure | null }

/** Fetches an address, unless it is as it was, and reads it. */
export async function fetchPage(run: SourceRun, client: SiteClient, place: Place & { url: string }, locale: string | null): Promise<Visit> {
  const isKnown = place.is_indexed === 1;
  const answer = await client.fetch(place.url, {
    limit: bytesOfType,
    headers: { ...(isKnown && place.etag ? { 'If-None-Match': place.etag } : {}), ...(isKnown && place.last_modified ? { 'If-Modified-Since': place.last_modified } : {}) },
  });
  const visit = (outcome: PageOutcome, more: Partial<Visit> = {}): Visit => ({ outcome, url: place.url, links: [], canonical: null, failure: null, ...more });
  if (answer.kind === 'failed') {
    const isGone = answer.error.key === 'http_status' && (answer.error.values.status === 404 || answer.error.values.status === 410);
    // A redirect to another host is a page of that host.
    return visit(isGone ? { kind: 'gone' } : { kind: 'failed', error: answer.error }, { failure: answer });
  }
  if (answer.status === 304) return visit({ kind: 'same', ...marksOf(answer) });
  if (answer.bytes.length === 0) return visit({ kind: 'skipped' }, { url: answer.url });
  return { ...visit({ kind: 'skipped' }), url: answer.url, ...(await readAnswer(run, answer, place, locale)) };
}

/** Fits its column, or is not kept. */
const fitting = (mark: string | undefined, most: number): string | null => (mark !== undefined && mark.length <= most ? mark : null);
const marksOf = ({ headers }: Fetched) => ({ etag: fitting(headers.etag, 500), lastModified: fitting(headers['last-modified'], 100) });

async function readAnswer(run: SourceRun, answer: Fetched, place: Place, sourceLocale: string | null): Promise<Pick<Visit, 'outcome' | 'links' | 'canonical'>> {
  const tag = robotsTag(answer.headers['x-robots-tag']);
  const page = await readBytes(run, answer);
  if ('error' in page) return { outcome: { kind: 'failed', error: page.error }, links: [], canonical: null };
  const links = tag.isNofollow || page.isNofollow ? [] : page.links;
  if (tag.isNoindex || page.isNoindex || page.markdown.trim() === '') return { outcome: { kind: 'skipped' }, links, canonical: null };
  const locale = page.isLocaleSaid ? page.locale : sourceLocale ?? page.locale;
  const hash = hashOf(page.title, locale ?? '', page.markdown);
  const isSame = place.is_indexed === 1 && place.content_hash === hash;
  const outcome: PageOutcome = isSame ? { kind: 'same', ...marksOf(answer) } : { kind: 'text', title: page.title || lastOf(answer.url), locale, markdown: page.markdown, hash, ...marksOf(answer) };
  return { outcome, links, canonical: page.canonical };
}

async function readBytes(run: SourceRun, answer: Fetched): Promise<ReadPage | { error: { key: Unreadable['key']; values: Unreadable['values'] } }> {
  const type = typeOf(answer.headers);
  try {
    if (type === 'text/html' || type === 'application/xhtml+xml') return await readerOf(run.kernel).read({ kind: 'page', bytes: answer.bytes, url: answer.url, contentType: answer.headers['content-type'] ?? '' });
    const fileType = type === 'application/pdf' ? 'application/pdf' as const : type === 'text/markdown' ? 'text/markdown' as const : 'text/plain' as const;
    const text = await readerOf(run.kernel).read({ kind: 'file', bytes: answer.bytes, name: lastOf(answer.url), type: fileType });
    return { ...text, links: [], canonical: null, isNoindex: false, isNofollow: false };
  } catch (error) {
    if (error instanceof Unreadable) return { error: { key: error.key, values: error.values } };
    throw error;
  }
}

const lastOf = (url: string): string => {
  const { pathname, host } = new URL(url);
  const part = pathname.split('/').filter(Boolean).at(-1);
  try {
    return (part === undefined ? host : decodeURIComponent(part)).slice(0, 300);
  } catch {
    return part ?? host;
  }
};

/** `X-Robots-Tag`, for everybody or for us by name. */
function robotsTag(header: string | undefined): { isNoindex: boolean; isNofollow: boolean } {
  const said = (header ?? '').toLowerCase().split(',').map((part) => part.trim()).filter((part) => !/^[\w-]+:/.test(part) || part.startsWith('plugboard:') || part.startsWith('unavailable_after')).join(',');
  const isNone = /\bnone\b/.test(said);
  return { isNoindex: isNone || said.includes('noindex'), isNofollow: isNone || said.includes('nofollow') };
}
