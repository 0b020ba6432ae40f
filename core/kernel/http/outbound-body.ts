import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { AppError } from '../errors.ts';

/** The body of an answer, unpacked as it streams; ended at once when it grows past `maxBytes`, packed or not. */
export async function decoded(response: IncomingMessage, maxBytes: number, signal: AbortSignal, tooLarge: () => Error): Promise<Uint8Array> {
  const stream = unpacked(response);
  const chunks: Buffer[] = [];
  let size = 0;
  const onAbort = (): void => void stream.destroy(signal.reason as Error);
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge();
      chunks.push(chunk);
    }
    return new Uint8Array(Buffer.concat(chunks));
  } finally {
    signal.removeEventListener('abort', onAbort);
    response.destroy();
  }
}

export interface StreamBounds { maxBytes: number; idleMs: number; signal: AbortSignal; tooLarge(): Error; timedOut(): Error }

/** The body piece by piece. Ends with an error when a pause or the whole is too long, or it grows past `maxBytes`; leaving the loop closes the connection. */
export async function* pieces(response: IncomingMessage, { maxBytes, idleMs, signal, tooLarge, timedOut }: StreamBounds): AsyncGenerator<Uint8Array> {
  const stream = unpacked(response);
  let size = 0;
  const onAbort = (): void => void stream.destroy(timedOut());
  const pause = setTimeout(() => stream.destroy(new AppError(504, 'timeout')), idleMs).unref();
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      pause.refresh();
      size += chunk.length;
      if (size > maxBytes) throw tooLarge();
      yield new Uint8Array(chunk);
    }
  } finally {
    clearTimeout(pause);
    signal.removeEventListener('abort', onAbort);
    stream.destroy();
    response.destroy();
  }
}

function unpacked(response: IncomingMessage): Readable {
  const unpack = { gzip: createGunzip, 'x-gzip': createGunzip, deflate: createInflate, br: createBrotliDecompress }[response.headers['content-encoding']?.toLowerCase() ?? ''];
  // The reader of the unpacked stream sees the error; there is nothing to add here.
  return unpack ? pipeline(response, unpack(), () => {}) : response;
}
