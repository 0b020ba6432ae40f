import { createServer, type Server, type ServerResponse } from 'node:http';
import type { lookup, LookupAddress } from 'node:dns';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isPublicAddress } from './address-check.ts';
import { createOutbound } from './outbound.ts';

describe('isPublicAddress', () => {
  it.each([
    '127.0.0.1', '127.255.0.9', '0.0.0.0', '10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '198.18.0.1', '224.0.0.1', '255.255.255.255',
    '::', '::1', 'fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd12:3456::1', 'ff02::1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::127.0.0.1', '64:ff9b::10.0.0.1', '64:ff9b::7f00:1',
    '64:ff9b:1::1', '2002:7f00:1::', '2002:c0a8:0101::1', '2001:db8::1', 'not-an-address', '',
  ])('%s is inside', (address) => expect(isPublicAddress(address)).toBe(false));

  it.each(['1.1.1.1', '93.184.216.34', '172.32.0.1', '2606:4700::1111', '::ffff:1.1.1.1', '64:ff9b::1.1.1.1'])('%s is public', (address) => expect(isPublicAddress(address)).toBe(true));
});

describe('createOutbound', () => {
  let server: Server;
  let port = 0;
  let seen: { url: string; authorization?: string }[] = [];
  const answers: Record<string, (response: ServerResponse) => void> = {
    '/ok': (response) => response.end('fine'),
    '/inside': (response) => response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end(),
    '/loop': (response) => response.writeHead(302, { location: '/loop' }).end(),
    '/elsewhere': (response) => response.writeHead(307, { location: `http://other.test:${port}/ok` }).end(),
    '/file': (response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    '/bomb': (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(5_000_000))),
    '/endless': (response) => { const timer = setInterval(() => response.write('x'.repeat(1_000)), 1); response.on('close', () => clearInterval(timer)); },
    '/silent': () => {},
  };

  beforeAll(async () => {
    server = createServer((request, response) => {
      seen.push({ url: `${String(request.headers.host)}${String(request.url)}`, ...(request.headers.authorization ? { authorization: request.headers.authorization } : {}) });
      answers[request.url ?? '']?.(response);
    });
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => { server.closeAllConnections(); server.close(); });

  /** Every name is this machine. */
  const here = ((_name: string, _options: unknown, done: (error: null, found: LookupAddress[]) => void) => done(null, [{ address: '127.0.0.1', family: 4 }])) as unknown as typeof lookup;
  const make = (...allowed: string[]) => createOutbound({ allowPrivateNetwork: allowed.map((host) => `${host}:${port}`), resolve: here });
  const get = (path: string, init: object = {}) => make('test.test', 'other.test').fetch(`http://test.test:${port}${path}`, init);

  it('reaches inside only where an admin means it', async () => {
    expect(new TextDecoder().decode((await get('/ok')).body)).toBe('fine');
    await expect(make().fetch(`http://test.test:${port}/ok`)).rejects.toThrow(/not an allowed host/);
    await expect(make().fetch(`http://test.test:${port}/ok`, { allows: () => true })).rejects.toThrow(/not on the public internet/);
    seen = [];
    await expect(make().fetch('http://flips.test/')).rejects.toThrow(/not on the public internet/);
    expect(seen).toEqual([]);
  });

  it('takes a name whose addresses are not all public for one that is inside', async () => {
    const addresses: LookupAddress[] = [{ address: '1.1.1.1', family: 4 }, { address: '10.0.0.1', family: 4 }];
    const resolve = ((_name: string, _options: unknown, done: (error: null, found: LookupAddress[]) => void) => done(null, addresses)) as unknown as typeof lookup;
    await expect(createOutbound({ allowPrivateNetwork: [], resolve }).fetch('http://both.test/', { timeoutMs: 500 })).rejects.toThrow(/not on the public internet/);
  });

  it.each([
    'http://127.0.0.1/', 'http://2130706433/', 'http://0x7f.1/', 'http://017700000001/', 'http://[::1]/', 'http://[::ffff:127.0.0.1]/', 'http://169.254.169.254/', 'http://0.0.0.0/',
    'http://user:pass@1.1.1.1/', 'file:///etc/passwd', 'gopher://1.1.1.1/', 'ftp://1.1.1.1/', 'http://1.1.1.1:22/', 'http://1.1.1.1:6379/', 'not an address',
  ])('refuses %s', async (url) => {
    await expect(createOutbound({ allowPrivateNetwork: [] }).fetch(url)).rejects.toThrow(/request refused/);
  });

  it('checks each redirect anew', async () => {
    await expect(get('/inside')).rejects.toThrow(/not on the public internet|not an allowed host/);
    await expect(get('/file')).rejects.toThrow(/scheme/);
    await expect(get('/loop')).rejects.toThrow(/too many redirects/);
  });

  it('sends no credentials to another host', async () => {
    seen = [];
    await get('/elsewhere', { headers: { Authorization: 'Bearer secret' } });
    expect(seen).toEqual([{ url: `test.test:${port}/elsewhere`, authorization: 'Bearer secret' }, { url: `other.test:${port}/ok` }]);
  });

  it('ends what is too large or too slow', async () => {
    await expect(get('/bomb', { maxBytes: 100_000 })).rejects.toMatchObject({ code: 'too_large' });
    await expect(get('/endless', { maxBytes: 50_000 })).rejects.toMatchObject({ code: 'too_large' });
    await expect(get('/silent', { timeoutMs: 100 })).rejects.toMatchObject({ code: 'timeout' });
    await expect(get('/endless', { timeoutMs: 200, maxBytes: 40_000_000 })).rejects.toMatchObject({ code: 'timeout' });
  });
});
