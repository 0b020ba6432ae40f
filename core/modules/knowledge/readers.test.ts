import type { ReadAudience } from '@plugboard/sdk';
import type { Knex } from 'knex';
import { beforeAll, expect, it } from 'vitest';
import { createActionContext } from '../../kernel/action-context.ts';
import { nobody } from '../../kernel/policy/actor.ts';
import { forEachDesk, storeContact, type Answer } from '../../../tests/support/people.ts';
import { Brand } from '../brands/index.ts';
import { articlesForFeed, articlesForSitemap, countView, createPluginArticles, listReaderCategories, rateAsReader, readReaderArticle, searchReaderArticles, writeViews } from './index.ts';
import { bestTexts, visibleTexts } from './reader/visible-texts.ts';

const secret = 'Zanzibar';

forEachDesk('readers of articles', (open) => {
  let brand: Brand;
  let other: Brand;
  const ctx = () => createActionContext(open().desk.kernel, nobody);
  const scope = (locale = 'en', audiences: ReadAudience[] = ['public'], of = brand) => ({ brand: of, audiences, locale });
  const read = (slug: string, ...of: Parameters<typeof scope>) => readReaderArticle(ctx(), { ...scope(...of), slug });
  const titles = async (query: Partial<Parameters<typeof searchReaderArticles>[1]>, ...of: Parameters<typeof scope>) => (await searchReaderArticles(ctx(), { ...scope(...of), ...query })).data.map(({ title }) => title);
  const send = async (method: string, path: string, body?: unknown): Promise<Answer['body']> => {
    const answer = await open().owner.send(method, path, body);
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
    return answer.body;
  };
  const write = (title: string, over: Record<string, unknown> = {}) => send('POST', '/articles', { title, body: `About ${title}.`, status: 'published', brandId: brand.uid, locale: 'en', ...over });
  const addBrand = async (slug: string) => {
    await send('POST', '/brands', { name: slug, slug, locale: 'en' });
    return await Brand.query(open().desk.kernel.db.knex).findOne({ slug }) as Brand;
  };

  beforeAll(async () => {
    brand = await addBrand('acme');
    other = await addBrand('other');
  });

  it('get an article in their language, else the brand\'s, else its first', async () => {
    const { id } = await write('Return policy', { locale: 'de', title: 'Rückgabe', tags: ['x'] });
    expect((await read('rueckgabe', 'en'))?.locale).toBe('de');
    await send('PATCH', `/articles/${id}`, { locale: 'en', title: 'Return policy', body: '# Hi\n\nx', status: 'published' });
    await send('PATCH', `/articles/${id}`, { locale: 'ar', title: 'سياسة الإرجاع', status: 'draft' });
    const base = open().desk.kernel.config.publicUrl;
    expect(await read('rueckgabe', 'de-AT')).toMatchObject({ id, locale: 'de', title: 'Rückgabe', url: `${base}/portal/acme/articles/rueckgabe?lang=de`, isMoved: false, locales: ['de', 'en'] });
    expect(await read('return-policy', 'fr')).toMatchObject({ locale: 'en', isMoved: false, url: `${base}/portal/acme/articles/return-policy`, html: '<h2 id="h-hi">Hi</h2>\n<p>x</p>', headings: [{ id: 'h-hi', text: 'Hi', level: 2 }] });
    expect(await read('return-policy', 'de')).toMatchObject({ locale: 'de', slug: 'rueckgabe', isMoved: true });
    expect(await read('return-policy', 'ar')).toMatchObject({ locale: 'en' });
    expect(await titles({ query: 'policy' }, 'en')).toEqual(['Return <mark>policy</mark>']);
    expect(await titles({}, 'de')).toEqual(['Rückgabe']);
  });

  it('are led on from an old address, until somebody else has it', async () => {
    const { id } = await write('Old name');
    await send('PATCH', `/articles/${id}`, { title: 'New name', slug: 'new-name' });
    await send('PATCH', `/articles/${id}`, { slug: 'newest-name' });
    for (const slug of ['old-name', 'new-name']) expect(await read(slug)).toMatchObject({ id, slug: 'newest-name', isMoved: true });
    expect((await write('Old name')).slug).toBe('old-name-2');
    const taker = await write('Taker', { slug: 'old-name' });
    expect(await read('old-name')).toMatchObject({ id: taker.id, isMoved: false });
    await send('PATCH', `/articles/${id}`, { slug: 'new-name' });
    expect(await read('new-name')).toMatchObject({ id, isMoved: false });
    await send('DELETE', `/articles/${id}`);
    expect(await read('newest-name')).toBeNull();
  });

  it('never see drafts, what is internal, or another brand\'s, by any way', async () => {
    const { owner } = open();
    const internalShelf = await send('POST', '/article-categories', { brandId: brand.uid, audience: 'internal', texts: { en: { name: `${secret} shelf` } } });
    const hidden = {
      draft: await write(`${secret} draft`, { status: 'draft' }),
      scheduled: await write(`${secret} scheduled`, { status: 'scheduled', publishAt: new Date(Date.now() + 3_600_000).toISOString() }),
      internal: await write(`${secret} internal`, { audience: 'internal' }),
      shelved: await write(`${secret} shelved`, { categoryId: internalShelf.id }),
      signedIn: await write(`${secret} signed in`, { audience: 'signed-in' }),
      foreign: await write(`${secret} foreign`, { brandId: other.uid }),
      unpublished: await write(`${secret} unpublished`),
    };
    // An old address of each that was ever seen.
    for (const [name, { id }] of Object.entries(hidden)) await send('PATCH', `/articles/${id}`, { slug: `now-${name.toLowerCase()}` });
    await send('PATCH', `/articles/${hidden.unpublished.id}`, { status: 'draft' });
    const neighbour = await write('Neighbour', { relatedIds: Object.values(hidden).filter(({ brandId }) => brandId === brand.uid).map(({ id }) => id) });
    const slugs = Object.entries(hidden).flatMap(([name, { slug }]) => [slug, `now-${name.toLowerCase()}`]);
    for (const slug of slugs) {
      expect(await read(slug), slug).toBeNull();
      await expect(rateAsReader(ctx(), { ...scope(), slug, reader: { anonymous: 'x' }, rating: 'up' })).rejects.toMatchObject({ status: 404 });
    }
    const shown = JSON.stringify([
      await listReaderCategories(ctx(), scope()), await searchReaderArticles(ctx(), scope()), await searchReaderArticles(ctx(), { ...scope(), query: secret }), await searchReaderArticles(ctx(), { ...scope(), query: `${secret} shelved internal draft` }),
      await searchReaderArticles(ctx(), { ...scope(), category: 'zanzibar-shelf' }), await articlesForSitemap(ctx(), brand), await articlesForFeed(ctx(), { brand, locale: 'en' }), await read(neighbour.slug),
    ]);
    expect(shown).not.toMatch(/zanzibar|now-/i);
    expect(shown).toContain('neighbour');
    const plugin = createPluginArticles(ctx);
    const forAll = { brandId: brand.uid, for: 'public', locale: 'en' } as const;
    expect(JSON.stringify([await plugin.articles({ ...forAll, query: secret }), await plugin.articles(forAll), await plugin.categories(forAll)])).not.toMatch(/zanzibar/i);
    expect(await plugin.article({ ...forAll, slug: 'now-internal' })).toBeNull();
    for (const [name, audience] of [['signedin', 'signed-in'], ['internal', 'internal'], ['shelved', 'internal']] as const) expect(await read(`now-${name}`, 'en', ['public', audience])).not.toBeNull();
    expect(await read('now-draft', 'en', ['public', 'signed-in', 'internal'])).toBeNull();
    // A colleague of another brand sees what everybody sees.
    const colleague = await open().person('agent', { brandIds: [other.uid] });
    expect(await plugin.article({ brandId: brand.uid, for: { operatorId: colleague.id }, locale: 'en', slug: 'now-internal' })).toBeNull();
    expect(await plugin.article({ brandId: brand.uid, for: { operatorId: (await owner.get('/session')).body.operator.id }, locale: 'en', slug: 'now-internal' })).not.toBeNull();
    await send('PATCH', `/articles/${hidden.unpublished.id}`, { status: 'published' });
    expect(await titles({ query: secret })).toEqual([`<mark>${secret}</mark> unpublished`]);
    await send('DELETE', `/articles/${hidden.unpublished.id}`);
    expect(await titles({ query: secret })).toEqual([]);
  });

  it('go through categories and pages in order', async () => {
    const of = await addBrand('shop');
    const shelf = async (name: string, parentId: string | null = null) => send('POST', '/article-categories', { brandId: of.uid, parentId, icon: 'box', texts: { en: { name, description: `All of ${name}` }, de: { name: `${name} (de)` } } });
    const [orders] = [await shelf('Orders'), await shelf('Empty')];
    const late = await shelf('Late orders', orders.id);
    for (const [title, categoryId, isPinned] of [['banana', orders.id, false], ['Apple', orders.id, false], ['zebra', orders.id, true], ['Cherry', late.id, false], ['Loose', null, false]] as const) await write(title, { brandId: of.uid, categoryId, isPinned });
    expect(await listReaderCategories(ctx(), scope('de', ['public'], of))).toEqual([
      { id: orders.id, slug: 'orders', name: 'Orders (de)', description: '', icon: 'box', parentSlug: null, articleCount: 4 }, { id: late.id, slug: 'late-orders', name: 'Late orders (de)', description: '', icon: 'box', parentSlug: 'orders', articleCount: 1 },
    ]);
    expect(await titles({}, 'en', ['public'], of)).toEqual(['zebra', 'Apple', 'banana', 'Cherry', 'Loose']);
    expect(await titles({ category: 'orders' }, 'en', ['public'], of)).toEqual(['zebra', 'Apple', 'banana', 'Cherry']);
    expect(await titles({ category: 'orders', withBelow: false }, 'en', ['public'], of)).toEqual(['zebra', 'Apple', 'banana']);
    const paged: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await searchReaderArticles(ctx(), { ...scope('en', ['public'], of), limit: 2, cursor });
      paged.push(...page.data.map(({ title }) => title));
      if (!page.nextCursor) break;
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(['zebra', 'Apple', 'banana', 'Cherry', 'Loose']);
    expect(await read('cherry', 'en', ['public'], of)).toMatchObject({ category: { slug: 'late-orders', name: 'Late orders' }, path: [{ slug: 'orders' }, { slug: 'late-orders' }], related: [] });
    expect((await read('apple', 'en', ['public'], of))?.related.map(({ slug }) => slug)).toEqual(['zebra', 'banana']);
    await send('PATCH', `/articles/${(await read('apple', 'en', ['public'], of))?.id}`, { relatedIds: [(await read('loose', 'en', ['public'], of))?.id] });
    expect((await read('apple', 'en', ['public'], of))?.related.map(({ slug }) => slug)).toEqual(['loose', 'zebra', 'banana']);
    expect((await articlesForSitemap(ctx(), of)).map(({ url }) => url.split('/').at(-1)).sort()).toEqual(['apple', 'banana', 'cherry', 'loose', 'zebra']);
    expect((await articlesForFeed(ctx(), { brand: of, locale: 'en', limit: 2 })).map(({ title, html }) => [title, html])).toEqual([['Loose', '<p>About Loose.</p>'], ['Cherry', '<p>About Cherry.</p>']]);
  });

  it('find an article though they slip, in their language first, and nothing in it is HTML', async () => {
    const of = await addBrand('search');
    const { id } = await write('Cancelling your subscription <b>', { brandId: of.uid });
    await send('PATCH', `/articles/${id}`, { locale: 'de', title: 'Abonnement kündigen', body: 'So geht es.', status: 'published' });
    await write('Subscription prices', { brandId: of.uid, locale: 'de', slug: 'preise' });
    expect(await titles({ query: 'subscripton' }, 'en', ['public'], of)).toEqual(['Cancelling your <mark>subscription</mark> &#60;b&#62;', '<mark>Subscription</mark> prices']);
    expect(await titles({ query: 'kundigen' }, 'de', ['public'], of)).toEqual(['Abonnement <mark>kündigen</mark>']);
    // The German title is found, the article is shown in the reader's language.
    expect(await titles({ query: 'kündigen' }, 'en', ['public'], of)).toEqual(['Cancelling your subscription &#60;b&#62;']);
    expect(await titles({ query: 'xylophone' }, 'en', ['public'], of)).toEqual([]);
    expect(await titles({ query: '%' }, 'en', ['public'], of)).toEqual([]);
  });

  it('rate once each, whatever they send at once', async () => {
    const { desk } = open();
    const article = await write('Rated');
    const rate = (reader: Parameters<typeof rateAsReader>[1]['reader'], rating: 'up' | 'down', now = Date.now()) => rateAsReader(createActionContext(desk.kernel, nobody, { now }), { ...scope(), slug: 'rated', reader, rating });
    const contactId = await storeContact(desk.kernel.db.knex, brand.id);
    await Promise.all(Array.from({ length: 50 }, (_, index) => rate({ contactId }, index % 2 === 0 ? 'up' : 'down')));
    const { up, down } = (await send('GET', `/articles/${article.id}`)).rating;
    expect(up + down).toBe(1);
    expect(await rate({ contactId }, 'up')).toEqual({ up: 1, down: 0 });
    expect(await rate({ contactId }, 'down')).toEqual({ up: 0, down: 1 });
    expect([await rate({ anonymous: '203.0.113.7 Firefox' }, 'up'), await rate({ anonymous: '203.0.113.7 Firefox' }, 'up'), await rate({ anonymous: '203.0.113.8 Firefox' }, 'up')]).toEqual([{ up: 1, down: 1 }, { up: 1, down: 1 }, { up: 2, down: 1 }]);
    expect(await rate({ anonymous: '203.0.113.7 Firefox' }, 'up', Date.now() + 86_400_000)).toEqual({ up: 3, down: 1 });
    expect(JSON.stringify(await desk.kernel.db.knex('article_ratings'))).not.toContain('203.0.113');
  });

  it('are counted', async () => {
    const { kernel } = open().desk;
    const { id } = await write('Viewed');
    const rowId = (await read('viewed'))?.rowId ?? 0;
    for (let n = 0; n < 3; n += 1) countView(kernel, rowId);
    await writeViews(kernel);
    await writeViews(kernel);
    expect((await send('GET', `/articles/${id}`)).views).toBe(3);
  });

  it('get drafts of plugins only when people have published them', async () => {
    const { desk } = open();
    const plugin = createPluginArticles(() => createActionContext(desk.kernel, { type: 'plugin', id: 'ai', depth: 1, permissions: new Set(['knowledge:write']) }));
    const { id } = await plugin.draftArticle({ brandId: brand.uid, locale: 'en', title: 'From a question', body: 'x' });
    expect(await send('GET', `/articles/${id}`)).toMatchObject({ status: 'draft', audience: 'public', author: null });
    expect(await read('from-a-question')).toBeNull();
    const weak = createPluginArticles(() => createActionContext(desk.kernel, { type: 'plugin', id: 'ai', depth: 1, permissions: new Set(['knowledge:read']) }));
    await expect(weak.draftArticle({ brandId: brand.uid, locale: 'en', title: 'x', body: 'x' })).rejects.toMatchObject({ status: 403 });
    await expect(plugin.draftArticle({ brandId: brand.uid, locale: 'en', title: '', body: 'x' })).rejects.toMatchObject({ status: 400 });
  });

  it('ask statements that an index answers', async () => {
    const { desk } = open();
    if (desk.kernel.db.dialect !== 'sqlite') return;
    const plan = async (sql: string, bindings: (string | number)[]) => JSON.stringify(await desk.kernel.db.knex.raw(`EXPLAIN QUERY PLAN ${sql}`, bindings));
    const planOf = (query: Knex.QueryBuilder) => {
      const { sql, bindings } = query.toSQL().toNative();
      return plan(sql, bindings as (string | number)[]);
    };
    expect(await planOf(visibleTexts(desk.kernel.db.knex, scope()).where({ 't.brand_id': 1, 't.slug': 'x' }).select('t.id'))).toContain('uq_article_texts_slug');
    expect(await planOf(visibleTexts(desk.kernel.db.knex, scope()).where('t.article_id', 1).select('t.id'))).toContain('uq_article_texts_locale');
    // Looking for a better text of each article must not read those of all.
    expect(await planOf(bestTexts(desk.kernel.db.knex, scope()).select('t.id'))).toContain('SEARCH o USING INDEX uq_article_texts_locale');
    expect(await plan("SELECT id FROM article_texts WHERE status = 'scheduled' AND publish_at <= ? ORDER BY publish_at", [1])).toContain('ix_article_texts_due');
    expect(await plan('SELECT * FROM articles ORDER BY updated_at DESC, id DESC LIMIT 51', [])).toContain('ix_articles_updated');
  });
});
