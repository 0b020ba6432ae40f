import { io as connect, type Socket } from 'socket.io-client';
import { expect, it } from 'vitest';
import { newId } from '../../kernel/ids.ts';
import { forEachDesk, password } from '../../../tests/support/people.ts';

const once = (socket: Socket, event: string): Promise<unknown> => new Promise((resolve, reject) => {
  const late = setTimeout(() => reject(new Error(`the socket did not hear ${event} within 30 s`)), 30_000);
  socket.once(event, (...heard: unknown[]) => {
    clearTimeout(late);
    resolve(heard[0]);
  });
});

forEachDesk('operators', (open) => {
  it('are taken on and presented without their password', async () => {
    const people = open();
    const roleId = await people.roleId('agent');
    const made = await people.owner.post('/operators', { name: ' Anna ', email: 'Anna@Desk.test', password, roleId, locale: 'de', timeZone: 'Europe/Berlin' });
    expect(made).toMatchObject({
      status: 201,
      body: { name: 'Anna', email: 'anna@desk.test', kind: 'human', roleId, roleName: 'Agent', brandIds: 'all', departmentIds: [], locale: 'de', timeZone: 'Europe/Berlin', isActive: true, lastSeenAt: null },
    });
    expect(JSON.stringify(made.body)).not.toMatch(/argon|password/);
    expect((await people.owner.get(`/operators/${made.body.id}`)).body).toEqual(made.body);
  });

  it('keep what a change leaves out', async () => {
    const people = open();
    const [brand] = (await people.owner.get('/brands')).body.data;
    const [department] = (await people.owner.get('/departments')).body.data;
    const { id } = await people.person('agent', { brandIds: [brand.id], departmentIds: [department.id], locale: 'ar' });
    const before = (await people.owner.get(`/operators/${id}`)).body;
    expect((await people.owner.patch(`/operators/${id}`, { name: 'Berta' })).body).toEqual({ ...before, name: 'Berta' });
  });

  it('have an address of their own', async () => {
    const people = open();
    const { email } = await people.person('agent');
    const roleId = await people.roleId('agent');
    expect(await people.owner.post('/operators', { name: 'x', email: email.toUpperCase(), roleId })).toMatchObject({ status: 409, body: { code: 'taken', field: 'email' } });
    const { id } = await people.person('agent');
    expect(await people.owner.patch(`/operators/${id}`, { email })).toMatchObject({ status: 409, body: { field: 'email' } });
  });

  it('name the field of what is not valid', async () => {
    const people = open();
    const valid = { name: 'x', email: 'x@desk.test', roleId: await people.roleId('agent') };
    const wrong: [Record<string, unknown>, string][] = [
      [{ ...valid, password: 'short' }, 'password'], [{ ...valid, roleId: newId() }, 'roleId'], [{ ...valid, brandIds: [newId()] }, 'brandIds.0'],
      [{ ...valid, departmentIds: [newId()] }, 'departmentIds.0'], [{ ...valid, timeZone: 'Mars/Base' }, 'timeZone'], [{ ...valid, isOwner: true }, 'isOwner'],
      [{ ...valid, permissions: ['*'] }, 'permissions'],
    ];
    for (const [body, path] of wrong) {
      expect(await people.owner.post('/operators', body), path).toMatchObject({ status: 400, body: { errors: [{ path }] } });
    }
  });

  it('lose their sessions and tokens when they are switched off, and can come back', async () => {
    const people = open();
    const { id, email, caller } = await people.person('admin');
    const token = (await caller.post('/tokens', { name: 't', scopes: ['*'] })).body.token as string;
    const bearer = async () => (await fetch(`${people.desk.url}/api/v1/session`, { headers: { Authorization: `Bearer ${token}` } })).status;
    expect([(await caller.get('/session')).status, await bearer()]).toEqual([200, 200]);
    await people.owner.patch(`/operators/${id}`, { isActive: false });
    expect([(await caller.get('/session')).status, await bearer()]).toEqual([401, 401]);
    await people.owner.patch(`/operators/${id}`, { isActive: true });
    expect([(await caller.get('/session')).status, await bearer()]).toEqual([401, 200]);
    expect((await (await people.signIn(email)).get('/session')).status).toBe(200);
  });

  it('lose their open sockets as well, and what they may do follows them there', async () => {
    const people = open();
    const { id, caller } = await people.person('admin');
    const socket = connect(`${people.desk.url}/operators`, { transports: ['websocket'], extraHeaders: caller.headers, reconnection: false });
    await once(socket, 'connect');
    const permissions = () => people.desk.kernel.realtime.onlineOperators().find((actor) => actor.id === id)?.permissions;
    expect(permissions()?.has('people.manage')).toBe(true);
    await people.owner.patch(`/operators/${id}`, { roleId: await people.roleId('agent') });
    await expect.poll(() => permissions()?.has('people.manage'), { timeout: 1_000, interval: 10 }).toBe(false);
    const ended = once(socket, 'session:ended');
    const closed = once(socket, 'disconnect');
    await people.owner.patch(`/operators/${id}`, { isActive: false });
    await Promise.all([ended, closed]);
    expect(permissions()).toBeUndefined();
  });

  it('that were removed are gone, and their address is free again', async () => {
    const people = open();
    const { id, email, caller } = await people.person('agent');
    expect((await people.owner.delete(`/operators/${id}`)).status).toBe(204);
    expect((await caller.get('/session')).status).toBe(401);
    for (const answer of [await people.owner.get(`/operators/${id}`), await people.owner.patch(`/operators/${id}`, { isActive: true }), await people.owner.delete(`/operators/${id}`)]) {
      expect(answer.status).toBe(404);
    }
    expect((await people.owner.post('/operators', { name: 'Next', email, roleId: await people.roleId('agent') })).status).toBe(201);
  });

  it('cannot make themselves or others more than they are', async () => {
    const people = open();
    const admin = await people.person('admin');
    const owner = (await people.owner.get('/session')).body.operator;
    const ownerRole = await people.roleId('owner');
    expect((await admin.caller.patch(`/operators/${admin.id}`, { roleId: ownerRole })).status).toBe(403);
    expect((await admin.caller.post('/operators', { name: 'x', email: 'trick@desk.test', roleId: ownerRole })).status).toBe(403);
    expect((await admin.caller.patch(`/operators/${owner.id}`, { password })).status).toBe(403);
    expect((await admin.caller.delete(`/operators/${owner.id}`)).status).toBe(403);
    const agent = await people.person('agent');
    expect((await agent.caller.patch(`/operators/${agent.id}`, { name: 'x' })).status).toBe(403);
    expect((await agent.caller.get('/operators')).status).toBe(200);
    expect((await people.nobody.get('/operators')).status).toBe(401);
  });

  it('always leave one active owner, whoever acts at the same moment', async () => {
    const people = open();
    const first = (await people.owner.get('/session')).body.operator.id as string;
    const agentRole = await people.roleId('agent');
    for (const change of [{ isActive: false }, { roleId: agentRole }]) {
      expect(await people.owner.patch(`/operators/${first}`, change)).toMatchObject({ status: 409, body: { code: 'last_owner' } });
    }
    const second = await people.person('owner');
    const third = await people.person('owner');
    const answers = await Promise.all([
      people.owner.delete(`/operators/${second.id}`),
      second.caller.patch(`/operators/${third.id}`, { isActive: false }),
      third.caller.patch(`/operators/${first}`, { roleId: agentRole }),
    ]);
    const owners = await people.desk.kernel.db.knex('operators').join('roles', 'roles.id', 'operators.role_id').where({ key: 'owner', is_active: 1 }).pluck('operators.uid');
    expect(owners.length).toBeGreaterThan(0);
    expect(answers.every(({ status }) => status < 500)).toBe(true);
  });
});
