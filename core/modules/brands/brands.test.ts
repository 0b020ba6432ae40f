import { expect, it } from 'vitest';
import { forEachDesk, storeContact } from '../../../tests/support/people.ts';

const brand = (slug: string) => ({ name: `Brand ${slug}`, slug, locale: 'de', color: '#123456' });

forEachDesk('brands', (open) => {
  it('are made, changed, listed and removed', async () => {
    const { owner } = open();
    const made = await owner.post('/brands', brand('shop'));
    expect(made.status).toBe(201);
    expect(made.body).toEqual({ id: expect.stringMatching(/^[a-z2-7]{26}$/), ...brand('shop') });
    const changed = await owner.patch(`/brands/${made.body.id}`, { name: 'Laden' });
    expect(changed.body).toEqual({ ...made.body, name: 'Laden' });
    expect((await owner.get('/brands')).body.data).toContainEqual(changed.body);
    expect((await owner.delete(`/brands/${made.body.id}`)).status).toBe(204);
    expect((await owner.get(`/brands/${made.body.id}`)).status).toBe(404);
  });

  it('have a slug of their own, also when two are made at the same moment', async () => {
    const { owner } = open();
    const answers = await Promise.all(Array.from({ length: 5 }, () => owner.post('/brands', brand('twice'))));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'taken', field: 'slug', errors: [{ path: 'slug' }] });
  });

  it('refuse unknown keys and values that are not valid', async () => {
    const { owner } = open();
    for (const wrong of [{ ...brand('x'), isAdmin: true }, { ...brand('x'), slug: 'X Y' }, { ...brand('x'), color: 'red' }, { name: 'x' }]) {
      expect((await owner.post('/brands', wrong)).status).toBe(400);
    }
  });

  it('stay while somebody wrote to them, and one stays in any case', async () => {
    const { owner, desk } = open();
    const { body: used } = await owner.post('/brands', brand('used'));
    const row = await desk.kernel.db.knex('brands').where({ uid: used.id }).first('id');
    await storeContact(desk.kernel.db.knex, row.id);
    expect(await owner.delete(`/brands/${used.id}`)).toMatchObject({ status: 409, body: { code: 'brand_in_use', conversations: 0, contacts: 1 } });
    const brands = (await owner.get('/brands')).body.data as { id: string }[];
    const answers = [];
    for (const { id } of brands.filter((candidate) => candidate.id !== used.id)) answers.push((await owner.delete(`/brands/${id}`)).status);
    await desk.kernel.db.knex('contacts').where({ brand_id: row.id }).delete();
    expect(await owner.delete(`/brands/${used.id}`)).toMatchObject({ status: 409, body: { code: 'last_brand' } });
    expect(answers.every((status) => status === 204)).toBe(true);
  });

  it('are not there for those who work for others', async () => {
    const people = open();
    const mine = (await people.owner.post('/brands', brand('mine'))).body;
    const foreign = (await people.owner.post('/brands', brand('foreign'))).body;
    const { caller } = await people.person('admin', { brandIds: [mine.id] });
    expect((await caller.get('/brands')).body.data.map(({ slug }: { slug: string }) => slug)).toEqual(['mine']);
    for (const answer of [await caller.get(`/brands/${foreign.id}`), await caller.patch(`/brands/${foreign.id}`, { name: 'x' }), await caller.delete(`/brands/${foreign.id}`)]) {
      expect(answer.status).toBe(404);
    }
    expect((await caller.post('/brands', brand('more'))).status).toBe(403);
  });

  it('are changed by those who may, and by nobody else', async () => {
    const people = open();
    const { caller } = await people.person('agent');
    const [first] = (await caller.get('/brands')).body.data;
    expect((await caller.patch(`/brands/${first.id}`, { name: 'x' })).status).toBe(403);
    expect((await people.nobody.get('/brands')).status).toBe(401);
  });
});
