import type { Robot } from 'robots-parser';
import { readerOf } from '../reading/reader-of.ts';
import { Unreadable } from '../reading/reading.ts';
import { SourceProblem, type SourceRun } from '../source-run.ts';
import { insist, type SiteClient } from './site-client.ts';

const most = { files: 50, pages: 10_000, bytes: 10 * 1024 * 1024 } as const;

/** Pages that the sitemaps of a site list: of the one that was given, else of those that robots.txt names, else of /sitemap.xml. */
export async function readSitemaps(run: SourceRun, client: SiteClient, robots: Robot, start: string): Promise<string[]> {
  const host = new URL(start).host;
  const named = robots.getSitemaps().filter((address) => URL.canParse(address) && new URL(address).host === host);
  const waiting = isSitemapFile(start) ? [start] : named.length > 0 ? named : [new URL('/sitemap.xml', start).href];
  const met = new Set(waiting);
  const pages: string[] = [];
  let read = 0;
  let last: SourceProblem = new SourceProblem('sitemap');
  for (let address = waiting.shift(); address !== undefined && read < most.files && pages.length < most.pages; address = waiting.shift()) {
    const found = await readOne(run, client, address, most.pages - pages.length).catch((error: unknown) => {
      if (!(error instanceof SourceProblem)) throw error;
      last = error;
      return null;
    });
    if (!found) continue;
    read += 1;
    pages.push(...found.pages);
    for (const next of found.sitemaps) if (new URL(next).host === host && !met.has(next) && met.size < most.files) { met.add(next); waiting.push(next); }
  }
  if (read === 0) throw last;
  return pages;
}

export const isSitemapFile = (address: string): boolean => /\.(xml|xml\.gz|txt)$/i.test(new URL(address).pathname);

async function readOne(run: SourceRun, client: SiteClient, address: string, limit: number) {
  const answer = await insist(run.signal, () => client.fetch(address, { headers: { Accept: '*/*' }, limit: () => most.bytes }));
  if (answer.kind === 'failed') throw new SourceProblem(answer.error.key === 'http_status' && !answer.isPassing ? 'sitemap' : answer.error.key, answer.error.values, answer.isPassing);
  try {
    return await readerOf(run.kernel).read({ kind: 'sitemap', bytes: answer.bytes, url: address, most: limit });
  } catch (error) {
    throw error instanceof Unreadable ? new SourceProblem('sitemap') : error;
  }
}
