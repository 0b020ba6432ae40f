import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import type { Context } from 'koa';
import multer from '@koa/multer';
import { limits } from '../../shared/limits.ts';
import { AppError, invalid, tooLarge } from '../errors.ts';
import type { Upload } from './route.ts';

/** Whole body of a request, refused while it streams once it is larger than `max` bytes. */
export async function readRaw(request: IncomingMessage, max: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > max) throw tooLarge('body', max);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > max) throw tooLarge('body', max);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Depth ≤ 20 and ≤ 1 000 keys in all; `__proto__` and its kin are refused wherever they stand. */
function checkShape(value: unknown): void {
  let keys = 0;
  const walk = (node: unknown, depth: number): void => {
    if (node === null || typeof node !== 'object') return;
    if (depth > limits.jsonDepth) throw invalid('', 'too_deep');
    const names = Object.keys(node);
    keys += names.length;
    if (keys > limits.jsonKeys) throw invalid('', 'too_many_keys');
    for (const name of names) {
      if (name === '__proto__' || name === 'constructor' || name === 'prototype') throw invalid(name, 'unknown_key');
      walk((node as Record<string, unknown>)[name], depth + 1);
    }
  };
  walk(value, 1);
}

/** JSON body of at most 256 KB. An absent body is undefined; another media type is 415. */
export async function readJson(ctx: Context, max: number = limits.jsonBytes): Promise<unknown> {
  const raw = await readRaw(ctx.req, max);
  if (raw.length === 0) return undefined;
  if (!ctx.is('json', '+json')) throw new AppError(415, 'unsupported_media_type');
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw));
  } catch {
    throw invalid('', 'json');
  }
  checkShape(parsed);
  return parsed;
}

/** Takes the multipart field `file` to `dir`. The temporary file is removed on each error; afterwards it is the caller's. */
export async function receiveUpload(ctx: Context, dir: string, maxBytes: number): Promise<Upload> {
  if (!ctx.is('multipart')) throw new AppError(415, 'unsupported_media_type');
  const storage = multer.diskStorage({ destination: dir, filename: (_req, _file, done) => done(null, randomUUID()) });
  const accept = multer({ storage, defParamCharset: 'utf8', limits: { fileSize: maxBytes, files: 1, fields: 5, parts: 8, fieldSize: 1_000, headerPairs: 50 } } as multer.Options);
  try {
    await accept.single('file')(ctx as never, async () => {});
  } catch (error) {
    throw uploadError(error, maxBytes);
  }
  const file = (ctx as unknown as { file?: { path: string; originalname: string; size: number } }).file;
  if (!file) throw invalid('file', 'required');
  return { path: file.path, name: file.originalname, size: file.size };
}

function uploadError(error: unknown, maxBytes: number): AppError {
  const code = (error as { code?: string }).code;
  if (code === 'LIMIT_FILE_SIZE') return tooLarge('attachment', maxBytes);
  if (code?.startsWith('LIMIT_')) return invalid('file', code.toLowerCase());
  if (code === 'ENOSPC' || code === 'EROFS' || code === 'EACCES') return new AppError(507, 'storage_unavailable');
  return invalid('file', 'multipart');
}

/** Removes an upload that nobody took over. */
export async function discardUpload(upload: Upload | null): Promise<void> {
  if (upload) await rm(upload.path, { force: true });
}
