import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SiteServer } from '../../../../tests/support/site-server.ts';
import { createOutbound } from '../../../kernel/http/outbound.ts';
import { pageAddress } from './page-address.ts';
import { bytesOfType, SiteClient } from './site-client.ts';
import { fitsGlob, SiteScope } from './site-scope.ts';

describe('addresses of pages', () => {
  it.each([
    ['https://Shop.Example:443/a/../b//c?b=2&a=1&utm_source=x#top', 'https://shop.example/b/c?a=1&b=2'],
    ['https://shop.example/a;jsessionid=9F8?PHPSESSID=1', 'https://shop.example/a'],
    ['https://shop.example/manual.pdf', 'https://shop.example/manual.pdf'],
  ])('have one spelling: %s', (given, expected) => expect(pageAddress(given)).toBe(expected));

  it.each([
    'ftp://shop.example/', 'javascript:alert(1)', 'mailto:a@b.c', 'not an address', 'https://a:b@shop.example/', 'https://shop.example/logo.PNG', 'https://shop.example/app.js',
    `https://shop.example/${'x'.repeat(1_001)}`, 'https://shop.example/a/b/a/b/a/b', `https://shop.example/${'1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16'}`, 'https://shop.example/?a=1&b=1&c=1&d=1&e=1&f=1&g=1&h=1&i=1',
  ])('are none: %s', (given) => expect(pageAddress(given)).toBeNull());
});

describe('what belongs to a site', () => {
  const covers = (start: string, address: string, settings: { include?: string[]; exclude?: string[] } = {}) => new SiteScope(start, { include: [], exclude: [], ...settings }).covers(address);
  it.each([
    ['https://x.test/docs', 'https://x.test/docs/a', true], ['https://x.test/docs', 'https://x.test/docs', true], ['https://x.test/docs', 'https://x.test/docsy', false],
    ['https://x.test/docs/index.html', 'https://x.test/docs/a', true], ['https://x.test/docs/', 'https://y.test/docs/a', false], ['https://x.test/', 'https://x.test:8443/', false],
    ['https://x.test/', 'https://sub.x.test/', false],
  ])('%s has %s: %s', (start, address, expected) => expect(covers(start, address)).toBe(expected));

  it('is widened and narrowed by globs', () => {
    expect(covers('https://x.test/docs', 'https://x.test/faq/a', { include: ['/docs/*', '/faq/*'] })).toBe(true);
    expect(covers('https://x.test/docs', 'https://x.test/docs/a', { include: ['/faq/*'] })).toBe(false);
    expect(covers('https://x.test/', 'https://x.test/a?print=1', { exclude: ['*print=*'] })).toBe(false);
    expect(covers('https://x.test/docs', 'https://x.test/docs', { include: ['/faq/*'] })).toBe(true);
  });

  it.each([['/a/*', '/a/b/c', true], ['/a/?', '/a/b', true], ['/a/?', '/a/', false], ['*', '', true], ['/a', '/ab', false], ['*.html', '/x/y.html', true], ['/*/b', '/a/c/b', true]])('%s fits %s: %s', (glob, path, expected) => expect(fitsGlob(glob, path)).toBe(expected));
  // One that tries every way through the path would not come to an end.
  it('is found out for a nasty glob', () => expect(fitsGlob('*a'.repeat(150), `${'a'.repeat(900)}b`)).toBe(false));
});

describe('a site that is slow', () => {
  let site: SiteServer;
  beforeAll(async () => { site = await new SiteServer().start(); });
  afterAll(() => site.stop());
  const client = (signal = new AbortController().signal) => new SiteClient({ outbound: createOutbound({ allowPrivateNetwork: ['127.0.0.1'] }), signal, allowPrivateNetwork: ['127.0.0.1'], timeoutMs: 300, idleMs: 100 });

  it.each(['says nothing', 'stops in the middle', 'drips'])('and %s is left', async (how) => {
    site.set('/slow', (_request, response) => {
      if (how !== 'says nothing') response.writeHead(200, { 'Content-Type': 'text/html' }).write('<p>');
      if (how === 'drips') {
        const timer = setInterval(() => response.write('.'), 20);
        response.on('close', () => clearInterval(timer));
      }
      return undefined;
    });
    expect(await client().fetch(`${site.url}/slow`, { limit: bytesOfType })).toMatchObject({ kind: 'failed', error: { key: 'timeout' }, isPassing: true });
  });

  it('or ends in the middle is told from one that answers', async () => {
    site.set('/cut', (_request, response) => { response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Length': '5000' }).write('<p>half', () => response.destroy()); return undefined; });
    expect(await client().fetch(`${site.url}/cut`, { limit: bytesOfType })).toMatchObject({ kind: 'failed', error: { key: 'unreachable' }, isPassing: true });
  });

  it('tells when to come again', async () => {
    site.set('/busy', { status: 429, headers: { 'Retry-After': '7' } });
    expect(await client().fetch(`${site.url}/busy`, { limit: bytesOfType })).toMatchObject({ kind: 'failed', isPassing: true, retryAfterMs: 7_000 });
  });

  it('is not asked on when nobody wants it any more', async () => {
    const ended = new AbortController();
    site.set('/wait', () => { ended.abort(new Error('ended')); return undefined; });
    await expect(client(ended.signal).fetch(`${site.url}/wait`, { limit: bytesOfType })).rejects.toThrow();
  });
});
