import { createRequire } from 'node:module';
import type { Robot } from 'robots-parser';
import { SourceProblem } from '../source-run.ts';
import { insist, robotName, type SiteClient } from './site-client.ts';

// Its types say ES module, its code is CommonJS.
const parse = createRequire(import.meta.url)('robots-parser') as (url: string, text: string) => Robot;
const most = { bytes: 500 * 1024, text: 100_000 } as const;

/** What a host asks of crawlers. One without a robots.txt asks nothing; one whose robots.txt fails is left alone. */
export async function readRobots(client: SiteClient, signal: AbortSignal, site: string): Promise<Robot> {
  const address = new URL('/robots.txt', site).href;
  const answer = await insist(signal, () => client.fetch(address, { limit: () => most.bytes }));
  if (answer.kind === 'fetched') {
    const robots = parse(address, new TextDecoder().decode(answer.bytes).slice(0, most.text));
    const pause = robots.getCrawlDelay(robotName);
    if (pause !== undefined) client.pauseFor(pause);
    return robots;
  }
  if (answer.error.key === 'http_status' && !answer.isPassing) return parse(address, '');
  if (answer.error.key === 'http_status' || answer.error.key === 'too_large') throw new SourceProblem('robots_unreachable', {}, true);
  throw new SourceProblem(answer.error.key, answer.error.values, answer.isPassing);
}
