import { Readable } from 'node:stream';
import type { Context } from 'koa';
import { AppError } from '../errors.ts';
import type { PluginInstance } from './plugin-instance.ts';
import { isPluginRefusal } from './plugin-refusal.ts';
import { runAsPlugin } from './plugin-scope.ts';

/** Each piece comes within this, the whole within that. */
const idleMs = 30_000;
const wholeMs = 5 * 60_000;
const maxBytes = 2 * 1024 * 1024;

export interface StreamSource { instance: PluginInstance; point: string; stream: AsyncIterable<string>; /** Ends with the request: the plugin was given it too. */ life: AbortController }

/**
 * Text as a plugin makes it. The first piece is waited for, so that what fails at once is answered as a problem; what fails
 * later cuts the connection, for a reader must not take half a text for the whole. Pieces are asked for as the reader
 * takes them, and nobody asks on once the reader is gone.
 */
export async function sendStream(source: StreamSource, ctx: Context): Promise<void> {
  const { instance, stream, life } = source;
  const pieces = stream[Symbol.asyncIterator]();
  const next = () => instance.resume({ point: source.point, stage: 'route', timeoutMs: idleMs, hasBreaker: false, signal: life.signal, isRefusal: isPluginRefusal }, () => pieces.next());
  // The plugin's generator may be waiting for what never comes: told to end, not waited for.
  const end = (): void => void runAsPlugin(instance.id, source.point, async () => pieces.return?.()).catch(() => {});
  let first: IteratorResult<string>;
  try {
    first = await next();
    if (!first.done) check(first.value, 0);
  } catch (error) {
    life.abort(error);
    end();
    throw error;
  }
  const text = async function* text(): AsyncGenerator<Buffer> {
    let size = 0;
    try {
      for (let piece = first; !piece.done; piece = await next()) {
        const bytes = check(piece.value, size);
        size += bytes.length;
        if (bytes.length > 0) yield bytes;
      }
    } finally {
      clearTimeout(timer);
      life.abort(new AppError(499, 'client_gone'));
      end();
    }
  };
  const timer = setTimeout(() => life.abort(new AppError(504, 'timeout')), wholeMs).unref();
  const body = Readable.from(text(), { objectMode: false, highWaterMark: 16 * 1024 });
  // Switching the plugin off waits for it, as for every call that runs.
  void instance.track(() => new Promise<void>((resolve) => { body.once('close', resolve); }));
  ctx.set('X-Accel-Buffering', 'no');
  ctx.compress = false;
  ctx.type = 'text/plain; charset=utf-8';
  ctx.body = body;
}

function check(piece: unknown, before: number): Buffer {
  if (typeof piece !== 'string') throw new AppError(502, 'plugin_failed');
  const bytes = Buffer.from(piece);
  if (before + bytes.length > maxBytes) throw new AppError(502, 'plugin_failed', { limit: 'stream', max: maxBytes });
  return bytes;
}
