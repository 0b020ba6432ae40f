import type { ReadAudience } from '@plugboard/sdk';
import { beforeAll, expect, it } from 'vitest';
import { createActionContext } from '../../kernel/action-context.ts';
import { system } from '../../kernel/policy/actor.ts';
import { forEachDesk, type Answer } from '../../../tests/support/people.ts';
import { Brand } from '../brands/index.ts';
import { countPassages, searchPassages } from '../retrieval/index.ts';
import { followAddresses, publishDue, searchReaderArticles } from './index.ts';

forEachDesk('the index of articles', (open) => {
  let brand: Brand;
  beforeAll(async () => {
    await open().owner.post('/brands', { name: 'Acme', slug: 'acme' });
    brand = await Brand.query(open().desk.kernel.db.knex).findOne({ slug: 'acme' }) as Brand;
  });
  const ctx = (minutes = 0) => createActionContext(open().desk.kernel, system, { now: Date.now() + minutes * 60_000 });
  const send = async (method: string, path: string, body?: unknown): Promise<Answer['body']> => {
    const answer = await open().owner.send(method, path, body);
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
    return answer.body;
  };
  const write = (over: Record<string, unknown> = {}) => send('POST', '/articles', { title: 'Warranty', body: 'The quokka guarantee lasts two years.', status: 'published', brandId: brand.uid, locale: 'en', ...over });
  const found = async (audiences: ReadAudience[] = ['public'], brandId = brand.id) => (await searchPassages(ctx(), { query: 'How long is the quokka guarantee?', brandId, audiences, locale: 'en' })).passages;
  const passages = (id: string) => countPassages(open().desk.kernel.db.knex, { kind: 'article', id });

  it('holds what is published, as it is', async () => {
    const { id } = await write({ tags: ['care'], summary: 'In short.' });
    expect(await found()).toMatchObject([{ documentId: id, kind: 'article', title: 'Warranty', url: expect.stringMatching(/\/portal\/acme\/articles\/warranty$/), locale: 'en', audience: 'public' }]);
    expect(await found(['public'], 999)).toEqual([]);
    await send('PATCH', `/articles/${id}`, { title: 'Guarantee', slug: 'guarantee' });
    expect(await found()).toMatchObject([{ title: 'Guarantee', url: expect.stringMatching(/guarantee$/) }]);
    await send('PATCH', `/articles/${id}`, { audience: 'signed-in' });
    expect([await found(), (await found(['public', 'signed-in'])).length]).toEqual([[], 1]);
    await send('PATCH', `/articles/${id}`, { audience: 'internal' });
    expect(await found(['internal'])).toMatchObject([{ url: null }]);
    await send('PATCH', `/articles/${id}`, { audience: 'public', status: 'draft' });
    expect([await found(['public', 'signed-in', 'internal']), await passages(id)]).toEqual([[], 0]);
    await send('PATCH', `/articles/${id}`, { status: 'published' });
    expect(await found()).toHaveLength(1);
    await send('PATCH', `/articles/${id}`, { locale: 'de', title: 'Garantie', body: 'Das Quokka hält zwei Jahre.', status: 'published' });
    const both = await passages(id);
    await send('DELETE', `/articles/${id}/translations/de`);
    expect([both, await passages(id)]).toEqual([2, 1]);
    await send('DELETE', `/articles/${id}`);
    expect([await found(), await passages(id)]).toEqual([[], 0]);
  });

  it('takes a draft and a scheduled text when their time comes', async () => {
    const { id } = await write({ status: 'scheduled', publishAt: new Date(Date.now() + 600_000).toISOString() });
    expect(await passages(id)).toBe(0);
    await publishDue(ctx(11));
    expect(await passages(id)).toBe(1);
    await send('DELETE', `/articles/${id}`);
  });

  it('follows the category that an article lies in', async () => {
    const shelf = await send('POST', '/article-categories', { brandId: brand.uid, texts: { en: { name: 'Shelf' } } });
    const { id } = await write({ categoryId: shelf.id });
    await send('PATCH', `/article-categories/${shelf.id}`, { audience: 'internal' });
    expect([await found(['public', 'signed-in']), (await found(['internal'])).length]).toEqual([[], 1]);
    await send('PATCH', `/article-categories/${shelf.id}`, { audience: 'public' });
    expect(await found()).toHaveLength(1);
    const closed = await send('POST', '/article-categories', { brandId: brand.uid, audience: 'signed-in', texts: { en: { name: 'Closed' } } });
    await send('DELETE', `/article-categories/${shelf.id}?moveTo=${closed.id}`);
    expect([await found(), (await found(['signed-in'])).length]).toEqual([[], 1]);
    await send('DELETE', `/articles/${id}`);
  });

  it('is told where articles are when the desk or a brand moves', async () => {
    await followAddresses(ctx());
    const { id } = await write();
    expect(await followAddresses(ctx())).toBe(0);
    await send('PATCH', `/brands/${brand.uid}`, { slug: 'acme-new' });
    expect(await followAddresses(ctx())).toBe(1);
    expect(await found()).toMatchObject([{ documentId: id, url: expect.stringContaining('/portal/acme-new/articles/') }]);
    await send('DELETE', `/articles/${id}`);
  });

  it('answers what a reader looks for inside of texts', async () => {
    const { id } = await write({ body: '# Terms\n\nThe **quokka** guarantee lasts two years <b>.' });
    await send('PATCH', `/articles/${id}`, { locale: 'de', title: 'Garantie', body: 'Die Quokka-Garantie gilt zwei Jahre.', status: 'published' });
    const search = async (locale: string) => (await searchReaderArticles(ctx(), { brand, audiences: ['public'], locale, query: 'quokka' })).data;
    expect(await search('en')).toMatchObject([{ id, locale: 'en', excerpt: expect.stringMatching(/The <mark>quokka<\/mark> guarantee lasts two years &#60;b&#62;\.$/) }]);
    expect(await search('de')).toMatchObject([{ id, locale: 'de', excerpt: 'Die <mark>Quokka</mark>-Garantie gilt zwei Jahre.' }]);
    await send('DELETE', `/articles/${id}`);
  });
});
