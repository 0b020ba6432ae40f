import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import Koa from 'koa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scratchDir } from '../../../tests/support/scratch.ts';
import { sendStatic } from './static.ts';

let dir: string;
let server: Server;
let url: string;

beforeAll(async () => {
  dir = await scratchDir('pb-static-');
  await mkdir(join(dir, 'assets'));
  const script = 'console.log("hello")\n'.repeat(100);
  for (const [name, content] of [['app-Ab12cd34.js', script], ['app-Ab12cd34.js.br', brotliCompressSync(script)], ['app-Ab12cd34.js.gz', gzipSync(script)], ['plain.txt', 'plain']] as const) {
    await writeFile(join(dir, 'assets', name), content);
  }
  const app = new Koa();
  app.use(async (ctx) => { if (!(await sendStatic(ctx, dir, ctx.path.slice(1)))) ctx.status = 404; });
  server = createServer(app.callback()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(dir, { recursive: true });
});

/** Status of a conditional request. `fetch` would forbid the answer 304 by a header of its own. */
async function statusIfNoneMatch(path: string, etag: string): Promise<number | undefined> {
  const asked = request(url + path, { headers: { 'If-None-Match': etag } }).end();
  const [response] = await once(asked, 'response') as [{ statusCode?: number; resume(): void }];
  response.resume();
  return response.statusCode;
}

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') => fetch(url + path, { method, headers });

describe('sendStatic', () => {
  it.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip', 'gzip'],
    ['identity', null],
    ['br;q=0, gzip', 'gzip'],
  ])('to a client that takes %s', async (accepted, encoding) => {
    const response = await get('/assets/app-Ab12cd34.js', { 'Accept-Encoding': accepted });
    expect(response.headers.get('content-encoding')).toBe(encoding);
    expect(await response.text()).toContain('hello');
  });

  it('keeps names with a content hash for ever and asks again for others', async () => {
    expect((await get('/assets/app-Ab12cd34.js')).headers.get('cache-control')).toContain('immutable');
    const plain = await get('/assets/plain.txt');
    expect(plain.headers.get('cache-control')).toBe('no-cache');
    expect(await statusIfNoneMatch('/assets/plain.txt', plain.headers.get('etag') ?? '')).toBe(304);
    expect(await statusIfNoneMatch('/assets/plain.txt', '"other"')).toBe(200);
  });

  it('answers HEAD like GET, without the body', async () => {
    const response = await get('/assets/plain.txt', {}, 'HEAD');
    expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([200, '5', '']);
  });

  it('has no folders and nothing outside', async () => {
    expect((await get('/assets')).status).toBe(404);
    expect((await get('/%2e%2e%2fsecret')).status).toBe(404);
  });
});
