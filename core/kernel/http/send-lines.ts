import { Readable } from 'node:stream';
import type { Context } from 'koa';
import type { Kernel } from '../context.ts';
import { problemOf, toAppError } from './problem.ts';

/** Values as they are made, one a line. The status is out by then: what fails on the way is the last line. */
export function sendLines(ctx: Context, lines: AsyncIterable<unknown>, { i18n, log }: Pick<Kernel, 'i18n' | 'log'>): void {
  const requestId = ctx.state.requestId as string;
  const locale = (ctx.state.locale as string | undefined) ?? 'en';
  const iterator = lines[Symbol.asyncIterator]();
  // Whoever goes ends the work at once, also while it has nothing to say yet.
  ctx.res.once('close', () => void iterator.return?.().catch(() => {}));
  const text = async function* text(): AsyncGenerator<string> {
    try {
      for await (const value of { [Symbol.asyncIterator]: () => iterator }) yield `${JSON.stringify(value)}\n`;
    } catch (error) {
      const known = toAppError(error);
      if (known.code === 'internal') log.error({ err: error, requestId, path: ctx.path }, 'a stream failed');
      yield `${JSON.stringify({ problem: problemOf(known, i18n, locale, requestId) })}\n`;
    }
  };
  ctx.set('X-Accel-Buffering', 'no');
  ctx.compress = false;
  ctx.type = 'application/x-ndjson; charset=utf-8';
  ctx.body = Readable.from(text(), { objectMode: false, highWaterMark: 16 * 1024 });
}
