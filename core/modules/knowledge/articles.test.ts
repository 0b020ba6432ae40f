import { expect, it } from 'vitest';
import { createActionContext } from '../../kernel/action-context.ts';
import { system } from '../../kernel/policy/actor.ts';
import { Caller, forEachDesk, type Answer } from '../../../tests/support/people.ts';
import { publishDue } from './publish-due.ts';

forEachDesk('articles', (open) => {
  const write = async (over: Record<string, unknown> = {}): Promise<Answer['body']> => {
    const made = await open().owner.post('/articles', { title: `Article ${crypto.randomUUID()}`, body: 'Words.', ...over });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    return made.body;
  };
  const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

  it('are written flat and answered whole', async () => {
    const { owner } = open();
    const category = (await owner.post('/article-categories', { texts: { en: { name: 'Orders' } } })).body;
    const made = await write({ title: 'Rückgabe & Umtausch', body: '# Hi\n\nSend it \u0000**back** \u{1f4e6}.', locale: 'de', status: 'published', audience: 'signed-in', categoryId: category.id, tags: ['Returns', ' returns ', 'post'] });
    expect(made).toMatchObject({
      title: 'Rückgabe & Umtausch', slug: 'rueckgabe-and-umtausch', locale: 'de', status: 'published', body: '# Hi\n\nSend it **back** \u{1f4e6}.', version: 0, audience: 'signed-in', effectiveAudience: 'signed-in',
      categoryId: category.id, tags: ['Returns', 'post'], isPinned: false, rating: { up: 0, down: 0 }, views: 0, publishAt: null, publishedAt: expect.any(String), author: { name: expect.any(String) },
      url: expect.stringMatching(/\/portal\/[a-z-]+\/articles\/rueckgabe-and-umtausch\?lang=de$/), attachments: [], relatedIds: [], translations: [{ locale: 'de', status: 'published' }],
    });
    expect((await owner.get(`/articles/${made.id}`)).body).toEqual(made);
    expect((await write({ title: 'Rückgabe & Umtausch', locale: 'de' })).slug).toBe('rueckgabe-and-umtausch-2');
    expect((await write({ title: 'Rückgabe & Umtausch', locale: 'en' })).slug).toBe('rueckgabe-and-umtausch');
    expect(await owner.post('/articles', { title: 'x', locale: 'de', slug: 'rueckgabe-and-umtausch' })).toMatchObject({ status: 409, body: { code: 'taken', field: 'slug' } });
  });

  it('refuse what they do not know', async () => {
    const { owner } = open();
    for (const [wrong, path] of [[{ title: ' ' }, 'title'], [{ title: 'x', isPublic: true }, 'isPublic'], [{ title: 'x', status: 'scheduled' }, 'publishAt'], [{ title: 'x', categoryId: 'a'.repeat(26) }, 'categoryId'],
      [{ title: 'x', brandId: 'a'.repeat(26) }, 'brandId'], [{ title: 'x', relatedIds: ['a'.repeat(26)] }, 'relatedIds.0'], [{ title: 'x', slug: 'Not A Slug' }, 'slug'], [{ title: 'x', audience: 'all' }, 'audience']] as const) {
      expect(await owner.post('/articles', wrong)).toMatchObject({ status: 400, body: { errors: [{ path }] } });
    }
    expect((await owner.get(`/articles/${'a'.repeat(26)}`)).status).toBe(404);
    expect((await owner.get('/articles/1')).status).toBe(404);
    const long = await write({ body: 'ب'.repeat(200_000) });
    expect((await owner.get(`/articles/${long.id}`)).body.body).toHaveLength(200_000);
    expect((await owner.delete(`/articles/${long.id}`)).status).toBe(204);
  });

  it('change only for who has seen the present state', async () => {
    const { owner } = open();
    const { id } = await write({ title: 'First' });
    expect(await owner.patch(`/articles/${id}`, { version: 0, title: 'Second', tags: ['a'] })).toMatchObject({ status: 200, body: { title: 'Second', slug: 'second', version: 2 } });
    expect(await owner.patch(`/articles/${id}`, { version: 0, title: 'Third' })).toMatchObject({ status: 409, body: { code: 'stale', article: { title: 'Second', version: 2 } } });
    expect((await owner.patch(`/articles/${id}`, { title: 'Second', tags: ['a'] })).body.version).toBe(2);
    const both = await Promise.all(['A', 'B', 'C', 'D'].map((title) => owner.patch(`/articles/${id}`, { version: 2, title })));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    const present = (await owner.get(`/articles/${id}`)).body;
    expect(both.find(({ status }) => status === 200)?.body.title).toBe(present.title);
    for (const lost of both.filter(({ status }) => status === 409)) expect(lost.body.article).toMatchObject({ title: present.title, version: 3 });
    expect((await owner.get('/audit')).body.data).toContainEqual(expect.objectContaining({ action: 'article.changed', object: { type: 'article', id }, details: expect.objectContaining({ title: present.title, fields: ['title'] }) }));
  });

  it('are there in several languages, each with its own state', async () => {
    const { owner } = open();
    const { id, version } = await write({ title: 'Shipping costs', status: 'published' });
    expect(await owner.patch(`/articles/${id}`, { locale: 'de', body: 'x' })).toMatchObject({ status: 400, body: { errors: [{ path: 'title' }] } });
    const german = await owner.patch(`/articles/${id}`, { version, locale: 'de', title: 'Versandkosten', body: 'Wörter' });
    expect(german).toMatchObject({ status: 200, body: { locale: 'de', slug: 'versandkosten', status: 'draft', url: null, translations: [{ locale: 'en', status: 'published' }, { locale: 'de', status: 'draft' }] } });
    expect((await owner.get(`/articles/${id}?locale=de`)).body).toMatchObject({ locale: 'de', title: 'Versandkosten' });
    expect((await owner.get(`/articles/${id}?locale=ar`)).body).toMatchObject({ locale: 'en', title: 'Shipping costs' });
    expect((await owner.get('/articles?missingLocale=de&q=shipping+costs')).body.data).toEqual([]);
    expect((await owner.get('/articles?missingLocale=ar&q=shipping+costs')).body.data).toMatchObject([{ id, title: 'Shipping costs' }]);
    expect((await owner.get('/articles?locale=de&status=draft&q=VERSANDKOSTEN')).body.data).toMatchObject([{ id, locale: 'de' }]);
    await owner.patch(`/articles/${id}`, { locale: 'de', slug: 'versand' });
    for (const slug of ['shipping-costs', 'versand']) expect((await owner.get(`/articles?slug=${slug}`)).body.data).toMatchObject([{ id }]);
    expect((await owner.get('/articles?slug=shipping')).body.data).toEqual([]);
    expect((await owner.delete(`/articles/${id}/translations/en`)).status).toBe(204);
    expect((await owner.get(`/articles/${id}`)).body).toMatchObject({ locale: 'de', translations: [{ locale: 'de' }] });
    expect(await owner.delete(`/articles/${id}/translations/de`)).toMatchObject({ status: 409, body: { code: 'last_translation' } });
    expect((await owner.delete(`/articles/${id}/translations/ar`)).status).toBe(404);
  });

  it('are published at their time, and not any more when somebody changed their mind', async () => {
    const { owner, desk } = open();
    const run = (minutes: number) => publishDue(createActionContext(desk.kernel, system, { now: Date.now() + minutes * 60_000 }));
    const early = await write({ status: 'scheduled', publishAt: at(5) });
    const late = await write({ status: 'scheduled', publishAt: at(60) });
    const past = await write({ status: 'scheduled', publishAt: at(-5) });
    expect(await desk.kernel.db.knex('schedules').where({ name: 'articles.publish' })).toHaveLength(1);
    expect([early.status, past.status, past.publishAt]).toEqual(['scheduled', 'published', null]);
    expect(await run(4)).toBe(0);
    const twice = await Promise.all([run(6), run(6)]);
    expect([twice.toSorted(), await run(6)]).toEqual([[0, 1], 0]);
    expect((await owner.get(`/articles/${early.id}`)).body).toMatchObject({ status: 'published', publishAt: null, publishedAt: early.publishAt, version: 1, url: expect.any(String) });
    expect((await owner.patch(`/articles/${late.id}`, { publishAt: at(90) })).body).toMatchObject({ status: 'scheduled' });
    expect(await run(61)).toBe(0);
    expect((await owner.patch(`/articles/${late.id}`, { status: 'draft' })).body).toMatchObject({ status: 'draft', publishAt: null });
    expect(await run(100)).toBe(0);
    expect((await owner.patch(`/articles/${early.id}`, { status: 'draft' })).body).toMatchObject({ status: 'draft', url: null, publishedAt: null });
  });

  it('keep every text that was saved, and go back to it', async () => {
    const { owner } = open();
    const { id } = await write({ title: 'One', body: 'a\nb\nc' });
    await owner.patch(`/articles/${id}`, { body: 'a\nx\nc' });
    await owner.patch(`/articles/${id}`, { tags: ['no new text'] });
    await owner.patch(`/articles/${id}`, { title: 'Three', body: 'a\nx\nc\nd' });
    const first = (await owner.get(`/articles/${id}/revisions?limit=2`)).body;
    const rest = (await owner.get(`/articles/${id}/revisions?limit=2&cursor=${first.nextCursor}`)).body;
    const revisions = [...first.data, ...rest.data];
    expect(revisions.map(({ title, isCurrent }: { title: string; isCurrent: boolean }) => [title, isCurrent])).toEqual([['Three', true], ['One', false], ['One', false]]);
    expect([rest.nextCursor, JSON.stringify(revisions).includes('"body"')]).toEqual([null, false]);
    expect((await owner.get(`/articles/${id}/revisions/${revisions[1].id}`)).body).toMatchObject({
      body: 'a\nx\nc', comparedWith: { id: revisions[2].id }, diff: [{ kind: 'same', lines: ['a'] }, { kind: 'removed', lines: ['b'] }, { kind: 'added', lines: ['x'] }, { kind: 'same', lines: ['c'] }], author: { name: expect.any(String) },
    });
    expect((await owner.get(`/articles/${id}/revisions/${revisions[1].id}?against=current`)).body).toMatchObject({ comparedWith: { id: revisions[0].id }, diff: [{ kind: 'same' }, { kind: 'removed', lines: ['d'] }] });
    expect((await owner.get(`/articles/${id}/revisions/${revisions[2].id}`)).body).toMatchObject({ comparedWith: null, diff: [] });
    expect((await owner.post(`/articles/${id}/revisions/${revisions[2].id}/restore`)).body).toMatchObject({ title: 'One', body: 'a\nb\nc', tags: ['no new text'] });
    expect((await owner.get(`/articles/${id}/revisions`)).body.data).toHaveLength(4);
    const other = await write();
    expect((await owner.get(`/articles/${other.id}/revisions/${revisions[0].id}`)).status).toBe(404);
    expect((await owner.post(`/articles/${other.id}/revisions/${revisions[0].id}/restore`)).status).toBe(404);
  });

  it('are listed page by page and found by what they say', async () => {
    const { owner } = open();
    const ids: string[] = [];
    for (const n of [1, 2, 3, 4, 5]) ids.unshift((await write({ title: `Paged ${n}`, body: n === 3 ? 'Über 100%_sure' : 'plain', tags: [`tag ${n}`, '100%'] })).id as string);
    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const { body } = await owner.get(`/articles?q=paged&limit=2${cursor}`);
      seen.push(...(body.data as { id: string }[]).map(({ id }) => id));
      if (!body.nextCursor) break;
      cursor = `&cursor=${body.nextCursor}`;
    }
    expect(seen).toEqual(ids);
    const found = async (query: string) => (await owner.get(`/articles?${query}`)).body.data.map(({ title }: { title: string }) => title);
    expect([await found('q=100%25_s'), await found('q=paged+über'), await found('q=1%25_'), await found('tag=tag+2'), await found('tag=ag+2'), await found('q=paged+nothing')]).toEqual([['Paged 3'], ['Paged 3'], [], ['Paged 2'], [], []]);
    expect(JSON.stringify((await owner.get('/articles?q=paged')).body)).not.toContain('Über 100');
    expect((await owner.get('/articles?cursor=x')).status).toBe(400);
  });

  it('are for those who may, of the brands that are theirs', async () => {
    const people = open();
    const brand = (await people.owner.post('/brands', { name: 'Elsewhere', slug: `else-${crypto.randomUUID().slice(0, 8)}`, locale: 'de' })).body.id as string;
    const there = await write({ title: 'There', brandId: brand });
    expect(there.locale).toBe('de');
    const here = await write({ title: 'Here' });
    const { caller: editor } = await people.person('knowledge-editor', { brandIds: [brand] });
    const { caller: agent } = await people.person('agent');
    expect((await editor.get('/articles')).body.data.map(({ id }: { id: string }) => id)).toEqual([there.id]);
    for (const answer of await Promise.all([
      editor.get(`/articles/${here.id}`), editor.patch(`/articles/${here.id}`, { title: 'x' }), editor.delete(`/articles/${here.id}`), editor.get(`/articles/${here.id}/revisions`),
      editor.post(`/articles/${here.id}/preview`, { body: 'x' }), editor.delete(`/articles/${here.id}/translations/en`), editor.get(`/article-categories?brandId=${here.brandId}`),
    ])) expect(answer.status).toBe(404);
    expect((await editor.post('/articles', { title: 'x', brandId: here.brandId })).status).toBe(403);
    expect((await editor.post('/articles', { title: 'Mine' })).body.brandId).toBe(brand);
    expect((await editor.get(`/articles?brandId=${here.brandId}`)).body.data).toEqual([]);
    expect((await agent.get(`/articles/${here.id}`)).status).toBe(200);
    for (const answer of await Promise.all([agent.post('/articles', { title: 'x' }), agent.patch(`/articles/${here.id}`, { title: 'x' }), agent.delete(`/articles/${here.id}`)])) expect(answer.status).toBe(403);
    for (const path of ['/articles', `/articles/${here.id}`, '/article-categories']) expect((await new Caller(people.desk.url).get(path)).status).toBe(401);
    expect(await people.owner.delete(`/brands/${brand}`)).toMatchObject({ status: 409, body: { code: 'brand_has_articles', articles: 2 } });
  });

  it('are shown as readers would see them, saved or not', async () => {
    const { owner } = open();
    const { id } = await write();
    expect((await owner.post(`/articles/${id}/preview`, { body: '> [!tip]\n> **x** <b onclick=1>', locale: 'de' })).body)
      .toEqual({ html: '<div class="callout callout-tip" role="note">\n<p class="callout-title">Tipp</p>\n<p><strong>x</strong> &lt;b onclick=1&gt;</p>\n</div>' });
  });

  it('leave nothing behind', async () => {
    const { owner, desk } = open();
    const { id } = await write({ title: 'Gone', status: 'published' });
    await owner.patch(`/articles/${id}`, { slug: 'gone-now' });
    const row = (await desk.kernel.db.knex('articles').where({ uid: id }).first('id')) as { id: number };
    expect((await owner.delete(`/articles/${id}`)).status).toBe(204);
    for (const table of ['article_texts', 'article_revisions', 'article_slugs', 'article_files', 'article_ratings', 'article_stats']) expect(await desk.kernel.db.knex(table).where({ article_id: row.id })).toEqual([]);
    expect((await owner.delete(`/articles/${id}`)).status).toBe(404);
  });
});
