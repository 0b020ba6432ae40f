import { beforeAll, expect, it } from 'vitest';
import { writeViews } from '../../core/modules/knowledge/index.ts';
import { forEachDesk } from '../support/people.ts';

const publicUrl = 'https://desk.example';
const canary = 'Zanzibar';
/** fetch asks caches for nothing as soon as it sends a tag, unless told. */
const known = (tag: string) => ({ 'If-None-Match': tag, 'Cache-Control': 'max-age=0' });
interface Seen { status: number; text: string; headers: Headers }

forEachDesk('the help centre', (open) => {
  const ids: Record<string, string> = {};
  const get = async (path: string, headers: Record<string, string> = {}, init: RequestInit = {}): Promise<Seen> => {
    const response = await fetch(open().desk.url + path, { redirect: 'manual', ...init, headers: { Accept: 'text/html', 'Accept-Language': 'en', ...headers } });
    return { status: response.status, text: await response.text(), headers: response.headers };
  };
  const send = async (method: string, path: string, body: unknown): Promise<{ id: string; slug: string }> => {
    const answer = await open().owner.send(method, path, body);
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
    return answer.body as { id: string; slug: string };
  };
  const write = (over: Record<string, unknown>) => send('POST', '/articles', { locale: 'en', status: 'published', brandId: ids.acme, body: 'Words.', ...over });
  const category = (name: string, over: Record<string, unknown> = {}) => send('POST', '/article-categories', { brandId: ids.acme, texts: { en: { name, description: '' } }, ...over });
  const origin = () => ({ Origin: open().desk.url, 'Content-Type': 'application/x-www-form-urlencoded' });

  beforeAll(async () => {
    ids.acme = (await send('POST', '/brands', { name: 'Acme <b>&', slug: 'acme', locale: 'en', color: '#ffd23f' })).id;
    ids.other = (await send('POST', '/brands', { name: 'Other', slug: 'other', locale: 'de', color: '#123456' })).id;
    ids.billing = (await category('Billing', { icon: 'credit-card', texts: { en: { name: 'Billing', description: 'Money.' }, de: { name: 'Abrechnung', description: '' } } })).id;
    ids.invoices = (await category('Invoices', { parentId: ids.billing })).id;
    ids.staff = (await category('Staff', { audience: 'internal' })).id;
    ids.refunds = (await write({ title: 'Refunds <i>', summary: 'When "money" comes back', categoryId: ids.billing, isPinned: true, body: '# One\n\n![a](https://pictures.example/a.png)\n\n# Two\n\n| a |\n|---|\n| b |\n\n# Three\n\n```\ncode\n```\n\n<script>alert(1)</script> [x](javascript:alert(1))' })).id;
    await send('PATCH', `/articles/${ids.refunds}`, { locale: 'de', title: 'Erstattungen', slug: 'erstattungen', body: '# Eins', status: 'published' });
    await write({ title: 'Reading an invoice', categoryId: ids.invoices });
    for (const over of [{ audience: 'internal' }, { audience: 'signed-in' }, { status: 'draft' }, { categoryId: ids.staff }, { brandId: ids.other, locale: 'de' }, { status: 'scheduled', publishAt: '2999-01-01T00:00:00Z' }]) {
      await write({ title: `${canary} ${Object.values(over)[0] as string}`, slug: canary.toLowerCase(), ...over }).catch(() => write({ title: canary, ...over }));
    }
  });

  it('shows strangers what is for everybody, on every page', async () => {
    const home = await get('/portal/acme');
    expect(home.status).toBe(200);
    expect(home.text).toContain('<h1>How can we help?</h1>');
    expect(home.text).toMatch(/href="\/portal\/acme\/categories\/billing">Billing<\/a><\/h3>\s*<p class="about" dir="auto">Money.<\/p>\s*<p class="count">2 articles/);
    expect(home.text).toContain('href="/portal/acme/articles/refunds-i"');
    expect(home.text).toContain('Acme &#60;b&#62;&#38;');
    expect(home.text).toContain(':root{--brand:#ffd23f;--brand-ink:#000000}');
    const shelf = await get('/portal/acme/categories/billing');
    expect(shelf.text).toContain('href="/portal/acme/categories/invoices">Invoices');
    expect(shelf.text).toContain('Refunds &#60;i&#62;</a>');
    expect(shelf.text).not.toContain('Reading an invoice');
    expect((await get('/portal/acme/articles')).text).toContain('Reading an invoice');
    expect((await get('/portal/acme/articles?q=refnds')).text).toMatch(/<mark>Refunds<\/mark>/);
  });

  it('never shows what is not for everybody, nor another brand\'s: it is not there, also for an operator', async () => {
    const cookie = { Cookie: open().owner.headers.Cookie ?? '' };
    for (const headers of [{}, cookie]) {
      for (const path of ['', '/articles', `/articles?q=${canary}`, '/articles.rss', '/sitemap.xml', `/articles/search.json?q=${canary}`, '/categories/billing']) {
        const { text } = await get(`/portal/acme${path}`, headers);
        expect(text.replaceAll(`q=${canary}`, '').replaceAll(`“${canary}”`, '').replaceAll(`value="${canary}"`, '').replaceAll(`Search: ${canary}`, ''), path).not.toMatch(new RegExp(canary, 'i'));
      }
      for (const path of [`/articles/${canary.toLowerCase()}`, `/articles/${canary.toLowerCase()}-internal`, '/categories/staff', '/articles/nothing', '/nothing']) expect((await get(`/portal/acme${path}`, headers)).status, path).toBe(404);
    }
    expect((await get('/portal/other/articles/refunds-i')).status).toBe(404);
    expect((await get(`/portal/other/articles/${canary.toLowerCase()}`)).status).toBe(200);
  });

  it('says politely that there is nothing, with a search; machines get a problem document', async () => {
    const missing = await get('/portal/acme/articles/nothing');
    expect(missing.text).toContain('<h1>This page is not here</h1>');
    expect(missing.text).toContain('role="search"');
    expect(missing.text).toContain('<meta name="robots" content="noindex, follow">');
    expect(missing.headers.get('cache-control')).toBe('no-store');
    expect((await get('/portal/nowhere')).text).toContain('There is no help centre at this address.');
    expect((await get('/portal/nowhere', { Accept: 'application/json' })).headers.get('content-type')).toBe('application/problem+json');
    expect((await get('/portal/acme/articles', {}, { method: 'DELETE' })).status).toBe(405);
  });

  it('an article: sanitised, raised to the second level, with contents, and only the pictures that it names', async () => {
    const { text, headers } = await get('/portal/acme/articles/refunds-i');
    expect(text).toContain('<h2 id="h-one">One<a class="anchor"');
    expect(text).toContain('<div class="table" role="region" tabindex="0" aria-label="Table">');
    expect(text).toContain('<nav class="contents"');
    expect(text).not.toMatch(/<script>alert|href="javascript:/);
    expect(headers.get('content-security-policy')).toContain("img-src 'self' data: blob: https://pictures.example;");
    expect(text).toContain('<meta property="og:description" content="When &#34;money&#34; comes back">');
    const facts = [...text.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/g)].map(([, json]) => JSON.parse(json ?? '') as Record<string, unknown>);
    expect(facts).toMatchObject([{ '@type': 'Article', headline: 'Refunds <i>', inLanguage: 'en' }, { '@type': 'BreadcrumbList', itemListElement: [{ position: 1 }, { name: 'Billing' }, { name: 'Refunds <i>' }] }]);
  });

  it('every address for machines begins with PUBLIC_URL, whatever the Host says', async () => {
    for (const path of ['/portal/acme', '/portal/acme/articles/refunds-i', '/portal/acme/categories/billing', '/portal/acme/articles.rss', '/portal/acme/sitemap.xml', '/robots.txt']) {
      const { text } = await get(path, { 'X-Forwarded-Host': 'evil.example', Forwarded: 'host=evil.example' });
      expect(text).not.toContain('evil.example');
      const wrong = [...text.matchAll(/(?:rel="(?:canonical|alternate)"[^>]*href=|<loc>|<link>|"url":|Sitemap: )"?(https?:[^"<\s]+)/g)].map(([, url = '']) => url).filter((url) => !url.startsWith(`${publicUrl}/portal/`));
      expect(wrong, path).toEqual([]);
    }
    expect((await get('/portal/acme/sitemap.xml')).text).toContain(`<loc>${publicUrl}/portal/acme/articles/erstattungen?lang=de</loc>`);
  });

  it('speaks the language that was chosen, else the browser\'s, else the brand\'s', async () => {
    const language = async (path: string, accept: string) => (await get(path, { 'Accept-Language': accept })).text.match(/<html lang="(\w+)" dir="(\w+)">/)?.slice(1).join(' ');
    expect(await language('/portal/acme?lang=ar', 'de')).toBe('ar rtl');
    expect(await language('/portal/acme', 'de-AT,de;q=0.9')).toBe('de ltr');
    expect(await language('/portal/acme', 'xx')).toBe('en ltr');
    expect(await language('/portal/other', '')).toBe('de ltr');
    expect(await language('/portal/acme?lang=<script>', 'en')).toBe('en ltr');
    const german = await get('/portal/acme/categories/billing?lang=de');
    expect(german.text).toContain('<h1 dir="auto">Abrechnung</h1>');
    expect(german.text).toContain('href="/portal/acme/articles/erstattungen?lang=de"');
    expect(german.text).toContain(`<link rel="canonical" href="${publicUrl}/portal/acme/categories/billing?lang=de">`);
    const arabic = await get('/portal/acme/articles/refunds-i?lang=ar');
    expect(arabic.text).toContain('class="foreign"');
    expect(arabic.text).toContain('<div class="article-text" lang="en" dir="ltr">');
    expect(arabic.text).toContain(`<link rel="alternate" hreflang="de" href="${publicUrl}/portal/acme/articles/erstattungen?lang=de">`);
    expect(arabic.headers.get('vary')).toContain('Accept-Language');
  });

  it('leads on from another language\'s address for now, and from an old one for good', async () => {
    const foreign = await get('/portal/acme/articles/refunds-i?lang=de');
    expect([foreign.status, foreign.headers.get('location')]).toEqual([302, '/portal/acme/articles/erstattungen?lang=de']);
    await send('PATCH', `/articles/${ids.refunds}`, { locale: 'de', slug: 'geld-zurueck' });
    const old = await get('/portal/acme/articles/erstattungen', { 'Accept-Language': 'de' });
    expect([old.status, old.headers.get('location')]).toEqual([301, '/portal/acme/articles/geld-zurueck']);
    await send('PATCH', `/articles/${ids.refunds}`, { locale: 'de', slug: 'erstattungen' });
  });

  it('is kept by caches only for strangers, and asked for again: 304 while nothing changed', async () => {
    for (const path of ['/portal/acme/articles/refunds-i', '/portal/acme', '/portal/acme/articles.rss', '/portal/acme/sitemap.xml', '/robots.txt']) {
      const first = await get(path);
      const tag = first.headers.get('etag') ?? '';
      expect([first.headers.get('cache-control'), tag.startsWith('W/"')], path).toEqual(['public, no-cache', true]);
      expect((await get(path, known(tag))).status, path).toBe(304);
      expect((await get(path, known('"other"'))).status).toBe(200);
    }
    const operator = await get('/portal/acme/articles/refunds-i', { Cookie: open().owner.headers.Cookie ?? '' });
    expect(operator.headers.get('cache-control')).toBe('private, no-cache');
    const before = await get('/portal/acme/articles/reading-an-invoice');
    expect(before.headers.get('last-modified')).toMatch(/GMT$/);
    const { body } = await open().owner.get('/articles?q=Reading');
    await send('PATCH', `/articles/${(body as { data: { id: string }[] }).data[0]?.id}`, { body: 'Other words.' });
    expect((await get('/portal/acme/articles/reading-an-invoice', known(before.headers.get('etag') ?? ''))).status).toBe(200);
  });

  it('takes a reader\'s word once, from its own pages only', async () => {
    const path = '/portal/acme/articles/refunds-i/rating';
    const rating = async () => (await open().owner.get(`/articles/${ids.refunds}`)).body.rating as unknown;
    const posted = await get(path, origin(), { method: 'POST', body: 'rating=up' });
    expect([posted.status, posted.headers.get('location')]).toEqual([303, '/portal/acme/articles/refunds-i?rated=up#rating']);
    expect((await get('/portal/acme/articles/refunds-i?rated=up')).text).toContain('<p role="status">Thank you. We are glad that it helped.</p>');
    const again = await get(path, { ...origin(), Accept: 'application/json' }, { method: 'POST', body: 'rating=down' });
    expect([again.status, JSON.parse(again.text)]).toEqual([200, { rating: 'down' }]);
    expect(await rating()).toEqual({ up: 0, down: 1 });
    for (const [headers, body, status] of [
      [{ ...origin(), Origin: 'https://evil.example' }, 'rating=up', 403], [{ 'Content-Type': 'application/x-www-form-urlencoded' }, 'rating=up', 403],
      [origin(), 'rating=__proto__', 400], [origin(), `rating=up&x=${'x'.repeat(2_000)}`, 413], [{ Origin: open().desk.url, 'Content-Type': 'text/plain' }, 'rating=up', 415],
    ] as const) expect((await get(path, headers, { method: 'POST', body })).status, body.slice(0, 30)).toBe(status);
    expect((await get('/portal/acme/articles/zanzibar/rating', origin(), { method: 'POST', body: 'rating=up' })).status).toBe(404);
    expect(await rating()).toEqual({ up: 0, down: 1 });
  });

  it('counts readers later and together, but neither operators nor machines', async () => {
    const row = () => open().desk.kernel.db.knex('article_stats as s').join('articles as a', 'a.id', 's.article_id').where('a.uid', ids.counted).first('s.views') as Promise<{ views: number }>;
    const { id, slug } = await write({ title: 'Counted' });
    ids.counted = id;
    const path = `/portal/acme/articles/${slug}`;
    await get(path, { 'User-Agent': 'Mozilla/5.0 (compatible; Googlebot/2.1)' });
    await get(path, { Cookie: open().owner.headers.Cookie ?? '' });
    await get(path, {}, { method: 'HEAD' });
    for (let n = 0; n < 3; n += 1) await get(path);
    expect(Number((await row()).views)).toBe(0);
    await writeViews(open().desk.kernel);
    expect(Number((await row()).views)).toBe(3);
  });

  it('suggests articles as data, without markup', async () => {
    const { text, headers } = await get('/portal/acme/articles/search.json?q=refun');
    expect(JSON.parse(text)).toEqual({ data: [{ title: [['Refunds', true], [' <i>', false]], place: 'Billing', url: '/portal/acme/articles/refunds-i', locale: 'en' }], all: '/portal/acme/articles?q=refun' });
    expect([headers.get('content-type'), headers.get('x-robots-tag')]).toEqual(['application/json; charset=utf-8', 'noindex']);
    expect(JSON.parse((await get('/portal/acme/articles/search.json')).text)).toMatchObject({ data: [] });
  });

  it.each([
    '%3Cscript%3Ealert(1)%3C/script%3E', "'%20OR%201=1--", '%25%25%25___', '%00%00', '%F0%9F%98%80', '%22%20AND%20%22', 'NEAR(', '*', '-', '%7B%7Bconstructor%7D%7D', '$t(portal:heading)', 'a'.repeat(5_000), '%CC%81'.repeat(500), '%E2%80%AE', '&q=two&q=three', '%ED%A0%80',
  ])('a search for %s finds nothing and breaks nothing', async (words) => {
    const { status, text } = await get(`/portal/acme/articles?q=${words}`);
    expect(status).toBe(200);
    expect(text).not.toMatch(/<script>alert|How can we help\?/);
    expect((await get(`/portal/acme/articles/search.json?q=${words}`)).status).toBe(200);
  });

  it.each(['cursor=rubbish', 'cursor=WyJyZWFkZXIiLDEsIngiLDFd', 'cursor[]=1', 'cursor=&lang=__proto__', `cursor=${'x'.repeat(3_000)}`])('a place in the list that is none (%s) is a page', async (query) => {
    expect([200, 404]).toContain((await get(`/portal/acme/articles?${query}`)).status);
    expect([200, 404]).toContain((await get(`/portal/acme/categories/billing?${query}`)).status);
  });

  it('keeps who asks too often waiting, with a page', async () => {
    const answers = await Promise.all(Array.from({ length: 25 }, () => get('/portal/acme/articles/refunds-i/rating', origin(), { method: 'POST', body: 'rating=x' })));
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.text).toContain('<h1>A moment, please</h1>');
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
  });
}, { PUBLIC_URL: publicUrl });
