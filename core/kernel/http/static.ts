import { stat } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { extname, join, normalize, sep } from 'node:path';
import type { Context } from 'koa';

const hashed = /[.-][A-Za-z0-9_-]{8,}\.[a-z0-9]+$/;

/** A path inside `dir`, or null when it would lead out of it. */
export function safeJoin(dir: string, path: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return null;
  }
  if (decoded.includes('\0')) return null;
  const full = normalize(join(dir, decoded));
  return full.startsWith(normalize(dir + sep)) ? full : null;
}

/**
 * Sends a file of a built bundle, the `.br` or `.gz` beside it where the browser takes that. Names with a
 * content hash are immutable; others are checked each time. Answers false when there is no such file.
 */
export async function sendStatic(ctx: Context, dir: string, path: string): Promise<boolean> {
  const full = safeJoin(dir, path);
  if (!full) return false;
  // Browsers name gzip first and mean no order by it; brotli is smaller.
  const encoding = ctx.acceptsEncodings('br') ? 'br' : ctx.acceptsEncodings('gzip') ? 'gzip' : null;
  const suffix = encoding === 'br' ? '.br' : encoding === 'gzip' ? '.gz' : '';
  const packed = suffix ? await fileInfo(full + suffix) : null;
  const info = packed ?? await fileInfo(full);
  if (!info) return false;
  ctx.type = extname(full);
  ctx.vary('Accept-Encoding');
  ctx.set('ETag', `"${info.size.toString(36)}-${Math.floor(info.mtimeMs).toString(36)}"`);
  ctx.set('Cache-Control', hashed.test(full) ? 'public, max-age=31536000, immutable' : 'no-cache');
  ctx.status = 200;
  if (ctx.fresh) {
    ctx.status = 304;
    return true;
  }
  if (packed && encoding) ctx.set('Content-Encoding', encoding);
  ctx.length = info.size;
  if (ctx.method !== 'HEAD') ctx.body = createReadStream(packed ? full + suffix : full);
  return true;
}

async function fileInfo(path: string) {
  const info = await stat(path).catch(() => null);
  return info?.isFile() ? info : null;
}
