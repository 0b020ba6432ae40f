import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gzipSync } from 'node:zlib';
import { eventually } from '../../../tests/support/databases.ts';
import { startDesk, type TestDesk } from '../../../tests/support/desk.ts';
import { Caller } from '../../../tests/support/people.ts';
import { SiteServer, type SiteAnswer } from '../../../tests/support/site-server.ts';
import { createActionContext } from '../../kernel/action-context.ts';
import { system } from '../../kernel/policy/actor.ts';
import type { SourceDocumentDto, SourceDto } from '../../shared/knowledge.ts';
import { countPassages } from '../retrieval/index.ts';
import { planDueRuns } from './plan-due-runs.ts';

describe.each(['sqlite', 'mariadb'] as const)('sites on %s', (database) => {
  let desk: TestDesk;
  let owner: Caller;
  const sites: SiteServer[] = [];
  const hosts = ['127.0.0.1'];
  const site = async (): Promise<SiteServer> => {
    const server = await new SiteServer().start();
    sites.push(server);
    return server;
  };
  const add = async (settings: object, over: object = {}): Promise<SourceDto> => {
    const { status, body } = await owner.post('/knowledge-sources', { kind: 'website', name: 'Site', settings, ...over });
    expect([status, body]).toEqual([201, expect.anything()]);
    return body as SourceDto;
  };
  const read = async (id: string): Promise<SourceDto> => (await owner.get(`/knowledge-sources/${id}`)).body as SourceDto;
  const settled = async (id: string): Promise<SourceDto> => {
    await eventually('the source is read', async () => ['ready', 'error'].includes((await read(id)).state));
    return read(id);
  };
  const again = async (id: string): Promise<SourceDto> => {
    expect((await owner.post(`/knowledge-sources/${id}/runs`)).status).toBe(202);
    return settled(id);
  };
  const documents = async (id: string, query = ''): Promise<SourceDocumentDto[]> => (await owner.get(`/knowledge-sources/${id}/documents?limit=100${query}`)).body.data as SourceDocumentDto[];
  const paths = async (id: string, state = 'ready') => (await documents(id, `&state=${state}`)).map(({ url }) => new URL(url ?? '').pathname + new URL(url ?? '').search).sort();
  const find = async (query: string, over: object = {}) => (await owner.post('/knowledge/search', { query, ...over })).body.passages as { title: string; text: string; url: string; locale: string }[];

  beforeAll(async () => {
    desk = await startDesk({ database, env: { ALLOW_PRIVATE_NETWORK: hosts.join(',') } });
    owner = new Caller(desk.url, await desk.signIn());
  });
  afterAll(async () => {
    await desk?.stop();
    for (const server of sites) await server.stop();
  });

  it('are read from link to link, as far as they may be, one page at a time', async () => {
    const server = await site();
    server.set('/robots.txt', { body: 'User-agent: *\nDisallow: /help/secret\n', headers: { 'Content-Type': 'text/plain' } })
      .page('/help', 'Help', '<a href="/help/reset">R</a> <a href="/help/secret/x">S</a> <a href="/shop">Shop</a> <a href="/help/hidden">H</a> <a href="/help/gone">G</a> <a href="/help/lonely" rel="nofollow">L</a> <a href="/help/dead-end">D</a> <a href="https://elsewhere.invalid/x">E</a> <a href="/help/reset?utm_source=x&PHPSESSID=1#top">again</a> <a href="/help/print?id=3">P</a>')
      .page('/help/reset', 'Resetting the flux capacitor', '<p>Hold the zargonium button for nine seconds.</p><a href="/help/deep">Deep</a>')
      .page('/help/deep', 'Deep', '<a href="/help/deeper">Deeper</a>').page('/help/deeper', 'Deeper')
      .page('/help/hidden', 'Hidden', '<a href="/help/found">F</a>', { head: '<meta name="robots" content="noindex">' })
      .page('/help/found', 'Found').page('/help/lonely', 'Lonely').page('/help/secret/x', 'Secret').page('/shop', 'Shop')
      .page('/help/dead-end', 'Dead end', '<a href="/help/unreached">U</a>', { headers: { 'X-Robots-Tag': 'nofollow' } }).page('/help/unreached', 'Unreached')
      .page('/help/print?id=3', 'Print', '', { head: '<link rel="canonical" href="/help/canonical">' }).page('/help/canonical', 'Canonical');
    const made = await add({ url: `${server.url}/help`, depth: 2 });
    expect(made).toMatchObject({ kind: 'website', state: 'pending', brandId: null, audience: 'public', settings: { mode: 'links', schedule: 'weekly' } });
    const source = await settled(made.id);
    expect(source).toMatchObject({ state: 'ready', error: null, nextRunAt: expect.any(String), lastRunAt: expect.any(String) });
    expect(await paths(made.id)).toEqual(['/help', '/help/canonical', '/help/dead-end', '/help/deep', '/help/found', '/help/reset']);
    expect(source.documentCount).toBe(6);
    expect(source.passageCount).toBe(await countPassages(desk.kernel.db.knex, { sourceId: made.id }));
    expect(source.progress).toMatchObject({ failed: 0, done: source.progress.total });
    expect(server.asked.filter((path) => path.startsWith('/help/secret') || path === '/shop')).toEqual([]);
    expect([server.mostOpen, server.count('/help/reset')]).toEqual([1, 1]);
    const [passage] = await find('zargonium button');
    expect(passage).toMatchObject({ title: 'Resetting the flux capacitor', url: `${server.url}/help/reset`, locale: 'en' });
    expect(passage?.text).not.toMatch(/Menu|Imprint/);

    server.asked.length = 0;
    server.page('/help/reset', 'Resetting the flux capacitor', '<p>Hold the quuxinium lever instead.</p>').remove('/help/deep');
    server.set('/help/found', { status: 503, body: 'later' });
    const later = await again(made.id);
    expect(later).toMatchObject({ state: 'ready', error: { key: 'some_failed', values: { count: 1 } } });
    expect(await paths(made.id)).toEqual(['/help', '/help/canonical', '/help/dead-end', '/help/reset']);
    expect(await documents(made.id, '&state=error')).toMatchObject([{ url: `${server.url}/help/found`, error: { key: 'http_status', values: { status: 503 } }, passageCount: 1 }]);
    expect(server.count('/help/found')).toBe(3);
    expect((await find('zargonium button')).map(({ text }) => text).join()).not.toContain('zargonium');
    expect((await find('quuxinium lever'))[0]?.text).toContain('quuxinium');
  });

  it('take only what changed: by ETag, by date, by content', async () => {
    const server = await site();
    let unchanged = 0;
    const conditional = (etag: string) => (request: { headers: Record<string, unknown> }) => {
      if (request.headers['if-none-match'] === etag) { unchanged += 1; return { status: 304 }; }
      return { headers: { 'Content-Type': 'text/html', ETag: etag }, body: `<html lang="de"><title>Seite</title><main><p>Ein Text, der lange genug ist, um einer zu sein, mit der Marke ${etag}.</p></main>` };
    };
    server.page('/', 'Start', '<a href="/a">A</a>').set('/a', conditional('"v1"') as never);
    const { id } = await add({ url: server.url, depth: 1, schedule: 'never' });
    expect(await settled(id)).toMatchObject({ state: 'ready', nextRunAt: null, documentCount: 2 });
    const stored = () => desk.kernel.db.knex('passages').where({ source_id: id }).orderBy('id').pluck('uid') as Promise<string[]>;
    const before = await stored();
    await again(id);
    expect([unchanged, await stored()]).toEqual([1, before]);
  });

  it('are read from their sitemaps, packed and nested', async () => {
    const server = await site();
    const map = (inner: string) => `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${inner}</urlset>`;
    const loc = (path: string) => `<url><loc>${server.url}${path}</loc></url>`;
    server.set('/robots.txt', { body: `Sitemap: ${server.url}/maps/index.xml` })
      .set('/maps/index.xml', { body: `<sitemapindex><sitemap><loc>${server.url}/maps/one.xml.gz</loc></sitemap><sitemap><loc>${server.url}/maps/index.xml</loc></sitemap><sitemap><loc>https://other.invalid/map.xml</loc></sitemap></sitemapindex>`, headers: { 'Content-Type': 'application/xml' } })
      .set('/maps/one.xml.gz', { body: gzipSync(map(loc('/one') + loc('/blog/two') + loc('/two?a=1&amp;b=2') + loc('/picture.png') + '<url><loc>https://other.invalid/x</loc></url>')), headers: { 'Content-Type': 'application/gzip' } })
      .page('/', 'Home').page('/one', 'One', '<a href="/not-listed">N</a>').page('/blog/two', 'Blog').page('/two?a=1&b=2', 'Two').page('/not-listed', 'Not listed');
    const { id } = await add({ url: server.url, mode: 'sitemap', exclude: ['/blog/*'] });
    expect(await settled(id)).toMatchObject({ state: 'ready', error: null });
    expect(await paths(id)).toEqual(['/one', '/two?a=1&b=2']);
    const bare = await site();
    bare.page('/', 'Home');
    expect(await settled((await add({ url: bare.url, mode: 'sitemap' })).id)).toMatchObject({ state: 'error', error: { key: 'sitemap' } });
  });

  it('tell why they could not be read, and are asked again where that may pass', async () => {
    const reason = async (answer: SiteAnswer, path = '/') => {
      const server = await site();
      server.set(path, answer);
      const source = await settled((await add({ url: server.url })).id);
      return [source.state, source.error?.key, source.error?.values.status, server.count(path)];
    };
    expect(await Promise.all([
      reason({ status: 503 }), reason({ status: 403 }), reason({ status: 302, headers: { Location: '/' } }), reason({ status: 302, headers: { Location: 'http://localhost:1/' } }),
      reason({ body: 'User-agent: Plugboard\nDisallow: /' }, '/robots.txt'), reason({ status: 500 }, '/robots.txt'), reason({ headers: { 'Content-Type': 'image/png' }, body: 'PNG' }),
    ])).toEqual([
      ['error', 'http_status', 503, 3], ['error', 'http_status', 403, 1], ['error', 'redirects', undefined, 6], ['error', 'address_refused', undefined, 1],
      ['error', 'robots', undefined, 1], ['error', 'robots_unreachable', undefined, 3], ['error', 'no_pages', undefined, 2],
    ]);
    const gone = await site();
    await gone.stop();
    const errors = async (url: string) => (await settled((await add({ url })).id)).error?.key;
    expect(await Promise.all([errors('http://169.254.169.254/latest/meta-data'), errors('http://[::ffff:10.0.0.1]/'), errors('http://127.0.0.1:9/')])).toEqual(['address_refused', 'address_refused', 'unreachable']);
  });

  // The database has no part in it.
  if (database === 'sqlite') it('are left in one piece by those that misbehave', async () => {
    const server = await site();
    const text = (inner: string, head = '') => ({ headers: { 'Content-Type': 'text/html' }, body: `<!doctype html><html lang="en"><head>${head}<title>T</title></head><body><main><p>Some words about nothing in particular that make a text.</p>${inner}</main></body></html>` });
    const traps = ['/calendar?month=0', '/round/and', '/deep', '/links', '/bomb', '/charset', '/huge', '/picture', '/pdf', '/hop', '/empty', '/same', '/odd'];
    server.page('/', 'Start', traps.map((path) => `<a href="${path}">t</a>`).join(' '))
      .set('/deep', { headers: { 'Content-Type': 'text/html' }, body: `${'<div><b>'.repeat(3_000)}words far down that nobody closes` })
      .set('/links', text(Array.from({ length: 20_000 }, (_, index) => `<a href="/l/${index}">x</a>`).join('')))
      .set('/bomb', { headers: { 'Content-Type': 'text/html', 'Content-Encoding': 'gzip' }, body: gzipSync(Buffer.alloc(30 * 1024 * 1024, 'a ')) })
      .set('/charset', { headers: { 'Content-Type': 'text/html; charset=utf-8' }, body: Buffer.from('<html lang="de"><title>Größe</title><main><p>Die Größe der Tür ist für alle Häuser gleich.</p></main>', 'latin1') })
      .set('/huge', text('x'.repeat(2.5 * 1024 * 1024)))
      .set('/picture', { headers: { 'Content-Type': 'image/png' }, body: 'PNG' })
      .set('/pdf', { headers: { 'Content-Type': 'application/pdf' }, body: '%PDF-1.4 broken' })
      .set('/hop', { status: 301, headers: { Location: '/same' } })
      .set('/empty', { headers: { 'Content-Type': 'text/html' }, body: '' })
      .page('/same', 'Same').page('/odd', 'Odd', '<a href="javascript:alert(1)">j</a><a href="http://[">b</a><a href="//">c</a><script>alert(1)</script>');
    server.fallback = ({ url = '/' }) => {
      if (url.startsWith('/calendar')) return text(`<a href="/calendar?month=${Number(url.split('=')[1]) + 1}">next</a><a href="/calendar?month=${Number(url.split('=')[1])}&day=1">day</a><p>Month ${url}</p>`);
      if (url.startsWith('/round')) return text(`<a href="${url}/and">again</a><p>${url}</p>`);
      if (url.startsWith('/l/')) return text(`<p>Page ${url}</p>`);
      return { status: 404 };
    };
    const { id } = await add({ url: server.url, depth: 5, maxPages: 30 });
    const source = await settled(id);
    expect(source).toMatchObject({ state: 'ready', error: { key: 'page_limit' } });
    expect(source.documentCount).toBeLessThanOrEqual(30);
    expect(server.asked.length).toBeLessThan(200);
    const failed = Object.fromEntries((await documents(id, '&state=error')).map(({ url, error }) => [new URL(url ?? '').pathname, error?.key]));
    expect(failed).toMatchObject({ '/bomb': 'too_large', '/huge': 'too_large', '/pdf': 'unreadable' });
    const titles = (await documents(id)).map(({ title }) => title);
    expect(titles).toEqual(expect.arrayContaining(['Start', 'Größe', 'Same', 'Odd']));
    expect((await paths(id)).filter((path) => ['/hop', '/picture', '/empty'].includes(path))).toEqual([]);
    expect((await find('words far down that nobody closes'))[0]?.text).toContain('words far down');
  }, 120_000);

  it('are begun once by 50 calls, and by their schedule', async () => {
    const server = await site();
    server.page('/', 'Once');
    const { id } = await add({ url: server.url, schedule: 'daily' });
    await settled(id);
    server.asked.length = 0;
    let go = (): void => undefined;
    const gate = new Promise<void>((resolve) => { go = resolve; });
    server.set('/robots.txt', (_request, response) => { void gate.then(() => response.writeHead(404).end()); return undefined; });
    const calls = await Promise.all(Array.from({ length: 50 }, () => owner.post(`/knowledge-sources/${id}/runs`)));
    expect(new Set(calls.map(({ status }) => status))).toEqual(new Set([202]));
    go();
    await settled(id);
    expect(server.count('/robots.txt')).toBe(1);

    const knex = desk.kernel.db.knex;
    await knex('knowledge_sources').where({ uid: id }).update({ next_run_at: Date.now() - 1 });
    const asSystem = () => createActionContext(desk.kernel, system);
    await Promise.all([planDueRuns(asSystem()), planDueRuns(asSystem())]);
    await eventually('it is read by its schedule', () => server.count('/robots.txt') === 2);
    expect(Date.parse((await settled(id)).nextRunAt ?? '')).toBeGreaterThan(Date.now() + 23 * 3_600_000);
    expect(server.count('/robots.txt')).toBe(2);
  });

  it.each(['removed', 'switched off', 'stopped', 'narrowed'] as const)('leave nothing behind that should not be found when they are %s in the middle of a reading', async (how) => {
    const server = await site();
    let go = (): void => undefined;
    const gate = new Promise<void>((resolve) => { go = resolve; });
    server.page('/', 'Start', '<a href="/a">a</a><a href="/b">b</a>').page('/a', 'First')
      .set('/b', (_request, response) => { void gate.then(() => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html lang="en"><title>Late</title><main><p>This came when nobody wanted it any more.</p></main>')); return undefined; });
    const { id } = await add({ url: server.url, depth: 1 });
    const passages = () => countPassages(desk.kernel.db.knex, { sourceId: id });
    await eventually('the second page is asked for', () => server.count('/b') === 1);
    expect(await passages()).toBe(2);
    if (how === 'removed') expect((await owner.delete(`/knowledge-sources/${id}`)).status).toBe(204);
    if (how === 'switched off') expect((await owner.patch(`/knowledge-sources/${id}`, { isEnabled: false })).body).toMatchObject({ isEnabled: false, passageCount: 0, nextRunAt: null });
    if (how === 'stopped') expect((await owner.delete(`/knowledge-sources/${id}/runs`)).body).toMatchObject({ state: 'ready', error: { key: 'stopped' }, documentCount: 2 });
    if (how === 'narrowed') expect((await owner.patch(`/knowledge-sources/${id}`, { audience: 'internal' })).body).toMatchObject({ audience: 'internal', state: 'pending' });
    if (how === 'narrowed') expect(await desk.kernel.db.knex('passages').where({ source_id: id, audience: 'public' })).toEqual([]);
    else expect(await passages()).toBe(how === 'stopped' ? 2 : 0);
    go();
    if (how === 'narrowed') {
      expect(await settled(id)).toMatchObject({ state: 'ready', documentCount: 3 });
      expect(new Set(await desk.kernel.db.knex('passages').where({ source_id: id }).pluck('audience'))).toEqual(new Set(['internal']));
      return;
    }
    await eventually('the reading has ended', async () => (await desk.kernel.db.knex('jobs').where({ name: 'knowledge-sources.crawl' }).whereNull('failed_at')).length === 0);
    expect(await passages()).toBe(how === 'stopped' ? 2 : 0);
    if (how !== 'switched off') return;
    expect((await owner.post(`/knowledge-sources/${id}/runs`)).body).toMatchObject({ code: 'source_disabled' });
    await owner.patch(`/knowledge-sources/${id}`, { isEnabled: true });
    expect(await settled(id)).toMatchObject({ state: 'ready', documentCount: 3 });
    expect(await passages()).toBe(3);
  });

  it('go on where another process was when it lost them, and that one writes nothing any more', async () => {
    const server = await site();
    const gates: (() => void)[] = [];
    const late = (word: string) => `<html lang="en"><title>Late</title><main><p>The page that was told ${word} to come.</p></main>`;
    server.page('/', 'Start', '<a href="/a">a</a><a href="/b">b</a>').page('/a', 'First')
      .set('/b', (_request, response) => { gates.push(() => response.writeHead(200, { 'Content-Type': 'text/html' }).end(late(gates.length === 1 ? 'first' : 'again'))); return undefined; });
    const { id } = await add({ url: server.url, depth: 1 });
    await eventually('the second page is asked for', () => gates.length === 1);
    const knex = desk.kernel.db.knex;
    // As a process finds it that was paused for longer than its lease.
    await knex('knowledge_sources').where({ uid: id }).update({ fence: 0 });
    gates[0]?.();
    await eventually('the first reading has noticed', async () => (await knex('jobs').where({ name: 'knowledge-sources.crawl' }).whereNull('failed_at')).length === 0);
    expect([await paths(id), (await read(id)).state]).toEqual([['/', '/a'], 'processing']);
    await planDueRuns(createActionContext(desk.kernel, system));
    await eventually('the second page is asked for again', () => gates.length === 2);
    gates[1]?.();
    expect(await settled(id)).toMatchObject({ state: 'ready', documentCount: 3 });
    expect(server.count('/a')).toBe(1);
    expect((await find('page that was told to come'))[0]?.text).toContain('again');
  });

  it('do not bring back a page that a person removed', async () => {
    const server = await site();
    server.page('/', 'Start', '<a href="/a">a</a>').page('/a', 'Unwanted');
    const { id } = await add({ url: server.url, depth: 1 });
    await settled(id);
    const [unwanted] = await documents(id, '&q=unwanted');
    expect(unwanted?.title).toBe('Unwanted');
    expect((await owner.delete(`/knowledge-sources/${id}/documents/${unwanted?.id}`)).status).toBe(204);
    expect((await owner.delete(`/knowledge-sources/${id}/documents/${unwanted?.id}`)).status).toBe(404);
    expect(await read(id)).toMatchObject({ documentCount: 1, passageCount: 1 });
    server.asked.length = 0;
    await again(id);
    expect([await paths(id), server.count('/a')]).toEqual([['/'], 0]);
  });
});
