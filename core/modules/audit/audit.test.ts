import { expect, it } from 'vitest';
import type { AuditEntryDto } from '../../shared/desk-settings.ts';
import { forEachDesk, password } from '../../../tests/support/people.ts';

forEachDesk('the audit log', (open) => {
  it('says who changed what, newest first, page by page', async () => {
    const { owner } = open();
    const { operator } = (await owner.get('/session')).body;
    const made = (await owner.post('/brands', { name: 'Shop', slug: 'shop' })).body;
    await owner.patch(`/brands/${made.id}`, { name: 'Store' });
    const first = (await owner.get('/audit?limit=1')).body;
    expect(first.data).toEqual([{
      at: expect.any(String), actor: { type: 'operator', id: operator.id, name: operator.name }, action: 'brand.changed', object: { type: 'brand', id: made.id }, details: { name: 'Store' }, ip: null,
    }]);
    const second = (await owner.get(`/audit?limit=1&cursor=${first.nextCursor}`)).body;
    expect(second.data[0].action).toBe('brand.created');
    const all = (await owner.get('/audit?limit=100')).body;
    expect(all.nextCursor).toBeNull();
    expect(new Set(all.data.map((entry: AuditEntryDto) => JSON.stringify(entry))).size).toBe(all.data.length);
  });

  it('never holds a password or a token', async () => {
    const people = open();
    const { id } = await people.person('agent');
    await people.owner.patch(`/operators/${id}`, { password: 'another long password' });
    const { token } = (await people.owner.post('/tokens', { name: 't', scopes: ['*'] })).body;
    const text = JSON.stringify((await people.owner.get('/audit?limit=100')).body);
    for (const secret of [password, 'another long password', token, 'argon2']) expect(text).not.toContain(secret);
    expect(text).toContain('"password":"changed"');
  });

  it('has nothing of a change that was refused', async () => {
    const { owner } = open();
    const count = async () => (await owner.get('/audit?limit=100')).body.data.length;
    await owner.post('/brands', { name: 'Once', slug: 'once' });
    const before = await count();
    expect((await owner.post('/brands', { name: 'Again', slug: 'once' })).status).toBe(409);
    expect(await count()).toBe(before);
  });

  it('is for those who may see it, and refuses a cursor that is not its own', async () => {
    const people = open();
    const { caller } = await people.person('agent');
    expect((await caller.get('/audit')).status).toBe(403);
    for (const cursor of ['x', 'bm9wZQ', '__proto__']) expect((await people.owner.get(`/audit?cursor=${cursor}`)).status).toBe(400);
  });
});
