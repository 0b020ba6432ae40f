import { expect, it } from 'vitest';
import type { PermissionDto, RoleDto } from '../../shared/people.ts';
import { forEachDesk } from '../../../tests/support/people.ts';

forEachDesk('roles', (open) => {
  it('come as presets that stay', async () => {
    const { owner } = open();
    const roles = (await owner.get('/roles')).body.data as RoleDto[];
    expect(roles.map(({ key }) => key)).toEqual(['owner', 'admin', 'team-lead', 'agent', 'light-agent', 'knowledge-editor', 'analyst', 'assistant']);
    expect(roles[0]).toMatchObject({ permissions: ['*'], isSystem: true, operatorCount: 1 });
    expect(await owner.delete(`/roles/${roles[3]?.id}`)).toMatchObject({ status: 409, body: { code: 'system_role' } });
    expect(await owner.patch(`/roles/${roles[0]?.id}`, { permissions: [] })).toMatchObject({ status: 409, body: { code: 'owner_role' } });
  });

  it('of the desk are made, changed, and removed once nobody has them', async () => {
    const people = open();
    const made = await people.owner.post('/roles', { name: 'Night shift', permissions: ['conversations.view', 'shop.refund', 'conversations.view'], scope: 'own' });
    expect(made).toMatchObject({ status: 201, body: { key: null, permissions: ['conversations.view', 'shop.refund'], scope: 'own', isSystem: false, operatorCount: 0 } });
    const path = `/roles/${made.body.id}`;
    const { id } = await people.person('agent', { roleId: made.body.id });
    expect(await people.owner.delete(path)).toMatchObject({ status: 409, body: { code: 'role_in_use', operators: 1 } });
    expect((await people.owner.patch(path, { scope: 'department' })).body).toMatchObject({ name: 'Night shift', scope: 'department', operatorCount: 1 });
    await people.owner.delete(`/operators/${id}`);
    expect((await people.owner.delete(path)).status).toBe(204);
  });

  it('hold for those who have them from the next request on', async () => {
    const people = open();
    const role = (await people.owner.post('/roles', { name: 'Watcher', permissions: ['audit.view'], scope: 'all' })).body;
    const { caller } = await people.person('agent', { roleId: role.id });
    expect((await caller.get('/audit')).status).toBe(200);
    await people.owner.patch(`/roles/${role.id}`, { permissions: ['conversations.view'] });
    expect((await caller.get('/audit')).status).toBe(403);
  });

  it('name the permission that there is not', async () => {
    const { owner } = open();
    for (const permission of ['*', 'conversations.everything', 'nothing']) {
      const answer = await owner.post('/roles', { name: 'Wrong', permissions: ['audit.view', permission], scope: 'all' });
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: 'permissions.1', code: 'unknown_permission' }] } });
    }
    expect(await owner.post('/roles', { name: 'Agent', permissions: [], scope: 'all' })).toMatchObject({ status: 409, body: { field: 'name' } });
  });

  it('are never worth more than what their maker has', async () => {
    const people = open();
    const small = (await people.owner.post('/roles', { name: 'Staff office', permissions: ['people.manage', 'contacts.view'], scope: 'department' })).body;
    const { caller } = await people.person('agent', { roleId: small.id });
    expect((await caller.post('/roles', { name: 'A', permissions: ['settings.manage'], scope: 'own' })).status).toBe(403);
    expect((await caller.post('/roles', { name: 'A', permissions: ['contacts.view'], scope: 'all' })).status).toBe(403);
    expect((await caller.patch(`/roles/${await people.roleId('agent')}`, { name: 'Mine' })).status).toBe(403);
    expect((await caller.patch(`/roles/${small.id}`, { permissions: ['people.manage', 'tokens.manage'] })).status).toBe(403);
    expect((await caller.post('/roles', { name: 'A', permissions: ['contacts.view'], scope: 'own' })).status).toBe(201);
  });

  it('are made of a list with labels', async () => {
    const people = open();
    const listed = (await people.owner.get('/permissions')).body.data as PermissionDto[];
    expect(listed).toContainEqual({ id: 'audit.view', label: 'See the audit log', group: 'audit', pluginId: null });
    expect(listed.every(({ label }) => label !== '' && !label.includes(':'))).toBe(true);
    const { caller } = await people.person('agent');
    expect((await caller.get('/permissions')).status).toBe(403);
  });
});
