import { expect, it } from 'vitest';
import { forEachDesk } from '../../../tests/support/people.ts';

forEachDesk('articles', (open) => {
  it('are written, read, changed and removed', async () => {
    const { owner } = open();
    const made = await owner.post('/articles', { title: 'Rückgabe & Umtausch', body: '# Hello\n\nSend it **back**.', status: 'published' });
    expect(made).toMatchObject({ status: 201, body: { title: 'Rückgabe & Umtausch', slug: 'rueckgabe-and-umtausch', locale: 'en', status: 'published', version: 0, audience: 'public', effectiveAudience: 'public', categoryId: null } });
    expect((await owner.get('/articles?q=rück back')).body.data).toMatchObject([{ id: made.body.id, hasBody: true }]);
    const changed = await owner.patch(`/articles/${made.body.id}`, { version: 0, title: 'Returns' });
    expect(changed).toMatchObject({ status: 200, body: { title: 'Returns', version: 1, slug: 'rueckgabe-and-umtausch' } });
    expect(await owner.patch(`/articles/${made.body.id}`, { version: 0, title: 'Other' })).toMatchObject({ status: 409, body: { code: 'stale', article: { title: 'Returns', version: 1 } } });
    expect((await owner.delete(`/articles/${made.body.id}`)).status).toBe(204);
    expect((await owner.get(`/articles/${made.body.id}`)).status).toBe(404);
  });
});
