import { expect, it } from 'vitest';
import { newId } from '../../kernel/ids.ts';
import { forEachDesk, storeConversation } from '../../../tests/support/people.ts';

forEachDesk('departments', (open) => {
  it('come with the desk, the first operator in them', async () => {
    const { owner } = open();
    const { operator } = (await owner.get('/session')).body;
    const departments = (await owner.get('/departments')).body.data;
    expect(departments.map(({ name }: { name: string }) => name)).toEqual(['Support', 'Sales']);
    for (const department of departments) expect(department).toMatchObject({ isPublic: true, brandIds: [], memberIds: [operator.id] });
  });

  it('are made with brands and members, changed and removed', async () => {
    const people = open();
    const { id } = await people.person('agent');
    const [brand] = (await people.owner.get('/brands')).body.data;
    const made = await people.owner.post('/departments', { name: 'Billing', isPublic: false, brandIds: [brand.id], memberIds: [id, id] });
    expect(made).toMatchObject({ status: 201, body: { name: 'Billing', isPublic: false, brandIds: [brand.id], memberIds: [id], position: 2 } });
    const path = `/departments/${made.body.id}`;
    expect((await people.owner.patch(path, { name: 'Invoices' })).body).toEqual({ ...made.body, name: 'Invoices' });
    expect((await people.owner.patch(path, { brandIds: [], memberIds: [] })).body).toMatchObject({ name: 'Invoices', brandIds: [], memberIds: [] });
    expect((await people.owner.delete(path)).status).toBe(204);
    expect((await people.owner.get(path)).status).toBe(404);
  });

  it('name the field of what is not there or taken', async () => {
    const { owner } = open();
    expect(await owner.post('/departments', { name: 'Ghosts', memberIds: [newId()] })).toMatchObject({ status: 400, body: { errors: [{ path: 'memberIds.0' }] } });
    expect(await owner.post('/departments', { name: 'Ghosts', brandIds: [newId()] })).toMatchObject({ status: 400, body: { errors: [{ path: 'brandIds.0' }] } });
    expect(await owner.post('/departments', { name: 'Support' })).toMatchObject({ status: 409, body: { field: 'name' } });
    expect((await owner.post('/departments', { name: 'Ghosts', id: 'x' })).status).toBe(400);
  });

  it('give their conversations away before they go', async () => {
    const { owner, desk } = open();
    const { knex } = desk.kernel.db;
    const from = (await owner.post('/departments', { name: 'Old' })).body;
    const to = (await owner.post('/departments', { name: 'New' })).body;
    const rowId = async (uid: string) => (await knex('departments').where({ uid }).first('id')).id as number;
    const brand = await knex('brands').first('id');
    await storeConversation(knex, brand.id, await rowId(from.id));
    expect(await owner.delete(`/departments/${from.id}`)).toMatchObject({ status: 409, body: { code: 'department_in_use', conversations: 1 } });
    expect((await owner.delete(`/departments/${from.id}?moveTo=${from.id}`)).status).toBe(400);
    expect((await owner.delete(`/departments/${from.id}?moveTo=${to.id}`)).status).toBe(204);
    expect((await knex('conversations').first('department_id')).department_id).toBe(await rowId(to.id));
  });

  it('of other brands are not there', async () => {
    const people = open();
    const mine = (await people.owner.post('/brands', { name: 'Mine', slug: 'mine' })).body;
    const other = (await people.owner.post('/brands', { name: 'Other', slug: 'other' })).body;
    const foreign = (await people.owner.post('/departments', { name: 'Foreign', brandIds: [other.id] })).body;
    const { caller } = await people.person('admin', { brandIds: [mine.id] });
    expect((await caller.get('/departments')).body.data.map(({ name }: { name: string }) => name)).not.toContain('Foreign');
    expect((await caller.patch(`/departments/${foreign.id}`, { name: 'x' })).status).toBe(404);
    expect((await caller.post('/departments', { name: 'Reach', brandIds: [other.id] })).status).toBe(403);
    expect((await caller.post('/departments', { name: 'Reach', brandIds: [mine.id] })).status).toBe(201);
  });

  it('change what their members see at once', async () => {
    const people = open();
    const { id, caller } = await people.person('agent');
    await caller.get('/session');
    const made = (await people.owner.post('/departments', { name: 'Nightshift', memberIds: [id] })).body;
    expect((await caller.get('/session')).body.operator.departmentIds).toEqual([made.id]);
  });
});
