import { expect, it } from 'vitest';
import { forEachDesk, type Answer } from '../../../tests/support/people.ts';

forEachDesk('article categories', (open) => {
  const make = async (name: string, over: Record<string, unknown> = {}): Promise<Answer['body']> => {
    const made = await open().owner.post('/article-categories', { texts: { en: { name } }, ...over });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    return made.body;
  };
  const put = async (categoryId: string | null, over: Record<string, unknown> = {}) => (await open().owner.post('/articles', { title: 'In it', categoryId, status: 'published', ...over })).body;

  it('have texts in each language, the brand\'s first', async () => {
    const { owner } = open();
    const made = await make('', { texts: { ar: { name: 'الشحن' }, en: { name: 'Shipping & more', description: 'Parcels' } }, icon: 'truck' });
    expect(made).toMatchObject({ slug: 'shipping-and-more', parentId: null, audience: 'public', icon: 'truck', articleCount: 0 });
    expect(Object.keys(made.texts)).toEqual(['en', 'ar']);
    expect((await owner.get(`/article-categories/${made.id}`)).body).toEqual(made);
    expect((await make('Shipping & more')).slug).toBe('shipping-and-more-2');
    expect(await owner.post('/article-categories', { texts: { en: { name: 'x' } }, slug: 'shipping-and-more' })).toMatchObject({ status: 409, body: { code: 'taken' } });
    expect((await owner.post('/article-categories', { texts: {} })).status).toBe(400);
  });

  it('lie in one another, three deep and never in themselves', async () => {
    const { owner } = open();
    const top = await make('Top');
    const middle = await make('Middle', { parentId: top.id });
    const low = await make('Low', { parentId: middle.id });
    const other = await make('Other');
    const refused = async (id: string, parentId: string, code: string) => expect(await owner.patch(`/article-categories/${id}`, { parentId })).toMatchObject({ status: 400, body: { errors: [{ path: 'parentId', code }] } });
    expect(await owner.post('/article-categories', { parentId: low.id, texts: { en: { name: 'x' } } })).toMatchObject({ status: 400, body: { errors: [{ code: 'category_too_deep' }] } });
    await refused(top.id, other.id, 'category_too_deep');
    await refused(top.id, low.id, 'category_in_itself');
    await refused(top.id, top.id, 'category_in_itself');
    await refused(top.id, 'a'.repeat(26), 'unknown_category');
    expect((await owner.patch(`/article-categories/${low.id}`, { parentId: null })).body).toMatchObject({ parentId: null });
    expect((await owner.patch(`/article-categories/${top.id}`, { parentId: other.id })).body).toMatchObject({ parentId: other.id });
  });

  it('move at once, and never into a circle', async () => {
    const { owner } = open();
    const [a, b] = [await make('A'), await make('B')];
    const both = await Promise.all([owner.patch(`/article-categories/${a.id}`, { parentId: b.id }), owner.patch(`/article-categories/${b.id}`, { parentId: a.id })]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 400]);
  });

  it('stand in the order that is wanted', async () => {
    const { owner } = open();
    const parent = await make('Ordered');
    const rows = [await make('one', { parentId: parent.id }), await make('two', { parentId: parent.id }), await make('three', { parentId: parent.id })];
    const order = async () => (await owner.get('/article-categories')).body.data.filter(({ parentId }: { parentId: string }) => parentId === parent.id).map(({ slug }: { slug: string }) => slug);
    expect(await order()).toEqual(['one', 'two', 'three']);
    await owner.patch(`/article-categories/${rows[2].id}`, { position: 0 });
    expect(await order()).toEqual(['three', 'one', 'two']);
    await owner.patch(`/article-categories/${rows[2].id}`, { position: 99 });
    expect(await order()).toEqual(['one', 'two', 'three']);
  });

  it('close what lies in them, and open it again', async () => {
    const { owner } = open();
    const top = await make('Closing');
    const low = await make('Closing below', { parentId: top.id });
    const article = await put(low.id);
    const reach = async () => {
      const { effectiveAudience, audience, url } = (await owner.get(`/articles/${article.id}`)).body;
      return [effectiveAudience, audience, url === null];
    };
    expect(await reach()).toEqual(['public', 'public', false]);
    await owner.patch(`/article-categories/${top.id}`, { audience: 'internal' });
    expect(await reach()).toEqual(['internal', 'public', true]);
    expect((await owner.get(`/articles?audience=internal&categoryId=${low.id}`)).body.data).toHaveLength(1);
    await owner.patch(`/article-categories/${low.id}`, { parentId: null, audience: 'signed-in' });
    expect(await reach()).toEqual(['signed-in', 'public', false]);
    expect((await put(low.id, { audience: 'internal' })).effectiveAudience).toBe('internal');
    await owner.patch(`/articles/${article.id}`, { categoryId: null });
    expect(await reach()).toEqual(['public', 'public', false]);
    await owner.patch(`/articles/${article.id}`, { categoryId: top.id });
    expect(await reach()).toEqual(['internal', 'public', true]);
  });

  it('close on what is put into them at the same moment', async () => {
    const { owner } = open();
    for (let round = 0; round < 5; round += 1) {
      const shelf = await make(`Round ${round}`);
      const outside = await put(null);
      const answers = await Promise.all([
        owner.post('/articles', { title: 'New', categoryId: shelf.id, status: 'published' }), owner.patch(`/article-categories/${shelf.id}`, { audience: 'internal' }),
        owner.patch(`/articles/${outside.id}`, { categoryId: shelf.id }), owner.post('/articles', { title: 'New', categoryId: shelf.id, status: 'published' }),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([201, 200, 200, 201]);
      const held = (await owner.get(`/articles?categoryId=${shelf.id}`)).body.data.map(({ effectiveAudience }: { effectiveAudience: string }) => effectiveAudience);
      expect(held).toEqual(['internal', 'internal', 'internal']);
    }
  });

  it('go when they are empty, or when there is a place for what they hold', async () => {
    const { owner } = open();
    const full = await make('Full');
    const child = await make('Child', { parentId: full.id });
    const article = await put(full.id);
    const target = await make('Target', { audience: 'signed-in' });
    const deep = await make('Deep', { parentId: (await make('Deeper', { parentId: target.id })).id });
    expect(await owner.delete(`/article-categories/${full.id}`)).toMatchObject({ status: 409, body: { code: 'category_in_use', articles: 1, categories: 1 } });
    expect(await owner.delete(`/article-categories/${full.id}?moveTo=${child.id}`)).toMatchObject({ status: 400, body: { errors: [{ path: 'moveTo', code: 'category_in_itself' }] } });
    expect(await owner.delete(`/article-categories/${full.id}?moveTo=${deep.id}`)).toMatchObject({ status: 400, body: { errors: [{ path: 'moveTo', code: 'category_too_deep' }] } });
    expect((await owner.delete(`/article-categories/${full.id}?moveTo=${target.id}`)).status).toBe(204);
    expect((await owner.get(`/articles/${article.id}`)).body).toMatchObject({ categoryId: target.id, effectiveAudience: 'signed-in' });
    expect((await owner.get(`/article-categories/${child.id}`)).body.parentId).toBe(target.id);
    expect((await owner.delete(`/article-categories/${deep.id}`)).status).toBe(204);
    expect((await owner.get(`/article-categories/${full.id}`)).status).toBe(404);
  });

  it('are of one brand', async () => {
    const { owner } = open();
    const brandId = (await owner.post('/brands', { name: 'Shelf', slug: 'shelf', locale: 'ar' })).body.id as string;
    const there = await make('There', { brandId });
    const here = await make('Here');
    expect((await owner.get(`/article-categories?brandId=${brandId}`)).body.data.map(({ id }: { id: string }) => id)).toEqual([there.id]);
    expect((await owner.patch(`/article-categories/${there.id}`, { parentId: here.id })).status).toBe(400);
    expect((await owner.post('/articles', { title: 'x', categoryId: there.id })).status).toBe(400);
    const { caller: agent } = await open().person('agent');
    expect([(await agent.get('/article-categories')).status, (await agent.post('/article-categories', { texts: { en: { name: 'x' } } })).status, (await agent.delete(`/article-categories/${here.id}`)).status]).toEqual([200, 403, 403]);
    const { caller: editor } = await open().person('knowledge-editor', { brandIds: [brandId] });
    expect([(await editor.get(`/article-categories/${here.id}`)).status, (await editor.delete(`/article-categories/${here.id}`)).status, (await editor.patch(`/article-categories/${there.id}`, { icon: 'x' })).status]).toEqual([404, 404, 200]);
    expect((await owner.delete(`/brands/${brandId}`)).status).toBe(204);
    expect((await owner.get(`/article-categories/${there.id}`)).status).toBe(404);
  });
});
