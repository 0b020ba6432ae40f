import { expect, it } from 'vitest';
import { createActionContext } from '../../kernel/action-context.ts';
import { nobody } from '../../kernel/policy/actor.ts';
import { Caller, forEachDesk, password } from '../../../tests/support/people.ts';
import { resolveSession } from './resolve-session.ts';
import { signOut } from './sign-out.ts';

forEachDesk('sessions', (open) => {
  const session = (caller: Caller) => caller.get('/session').then(({ status }) => status);

  it('begin with the right password, in a cookie that scripts cannot read', async () => {
    const people = open();
    const { email, id } = await people.person('agent');
    const answer = await people.nobody.post('/session', { email: email.toUpperCase(), password });
    expect(answer).toMatchObject({ status: 200, body: { operator: { id, email, lastSeenAt: expect.any(String) } } });
    const cookie = answer.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^pb_session=pb_ses_[a-z2-7]{52}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=77759\d\d$/);
    expect(JSON.stringify(await people.desk.kernel.db.knex('sessions'))).not.toContain(/pb_ses_\w+/.exec(cookie)?.[0]);
  });

  it('tell a wrong password and an unknown address alike', async () => {
    const people = open();
    const { email } = await people.person('agent');
    const wrong = await people.nobody.post('/session', { email, password: 'not the right one' });
    const unknown = await people.nobody.post('/session', { email: 'nobody@desk.test', password: 'not the right one' });
    for (const { status, headers, body } of [wrong, unknown]) {
      expect({ status, code: body.code, keys: Object.keys(body).sort(), cookie: headers.get('set-cookie') })
        .toEqual({ status: 401, code: 'sign_in_failed', keys: ['code', 'requestId', 'status', 'title', 'type'], cookie: null });
    }
  });

  it('say what the screens need', async () => {
    const { caller } = await open().person('light-agent', { locale: 'de' });
    const { body } = await caller.get('/session');
    expect(body).toMatchObject({
      operator: { roleName: 'Light agent' }, permissions: ['contacts.view', 'conversations.note', 'conversations.view', 'knowledge.view'], scope: 'all',
      preferences: { mode: 'system', sounds: true, panes: {}, locale: 'de' },
    });
    expect((await caller.patch('/session/preferences', { mode: 'dark', panes: { list: 320 } })).body.preferences).toEqual({ mode: 'dark', sounds: true, panes: { list: 320 }, locale: 'de' });
    expect((await caller.patch('/session/preferences', { locale: 'ar' })).body).toMatchObject({ operator: { locale: 'ar' }, preferences: { mode: 'dark', locale: 'ar' } });
    expect((await caller.patch('/session/preferences', { role: 'owner' })).status).toBe(400);
  });

  it('end with signing out, and signing out twice is no mistake', async () => {
    const { caller } = await open().person('agent');
    const answer = await caller.delete('/session');
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([204, expect.stringContaining('Max-Age=0')]);
    expect(await session(caller)).toBe(401);
    expect((await caller.delete('/session')).status).toBe(204);
  });

  it('are listed by device and ended one by one', async () => {
    const people = open();
    const { email, caller } = await people.person('agent');
    const other = await people.signIn(email);
    const devices = (await caller.get('/session/devices')).body.data as { id: string; isCurrent: boolean }[];
    expect(devices.map(({ isCurrent }) => isCurrent).sort()).toEqual([false, true]);
    const foreign = await people.person('agent');
    const second = devices.find(({ isCurrent }) => !isCurrent)?.id;
    expect((await foreign.caller.delete(`/session/devices/${second}`)).status).toBe(404);
    expect((await caller.delete(`/session/devices/${second}`)).status).toBe(204);
    expect([await session(other), await session(caller)]).toEqual([401, 200]);
  });

  it('are over for this process before the answer that ends them', async () => {
    const people = open();
    const { kernel } = people.desk;
    const { caller } = await people.person('agent');
    const token = /pb_ses_\w+/.exec(caller.headers.Cookie ?? '')?.[0] ?? '';
    const actor = await resolveSession(kernel, token);
    expect(actor).not.toBeNull();
    await signOut(createActionContext(kernel, actor ?? nobody), token, '::1');
    expect(await resolveSession(kernel, token)).toBeNull();
  });

  it('of other devices end when the password changes', async () => {
    const people = open();
    const { email, caller } = await people.person('agent');
    const other = await people.signIn(email);
    expect(await caller.post('/session/password', { current: 'a wrong password', next: 'the next password' })).toMatchObject({ status: 400, body: { errors: [{ path: 'current', code: 'wrong_password' }] } });
    expect((await caller.post('/session/password', { current: password, next: 'the next password' })).status).toBe(204);
    expect([await session(other), await session(caller)]).toEqual([401, 200]);
    expect((await people.nobody.post('/session', { email, password })).status).toBe(401);
    expect((await people.nobody.post('/session', { email, password: 'the next password' })).status).toBe(200);
  });

  it('end 30 days after their last use, 90 days after their beginning, and live on while they are used', async () => {
    const people = open();
    const { knex } = people.desk.kernel.db;
    const { caller } = await people.person('agent');
    const id = (await knex('sessions').max({ id: 'id' }))[0]?.id as number;
    const day = 86_400_000;
    const now = Date.now();
    await knex('sessions').where({ id }).update({ created_at: now - 80 * day, last_used_at: now - 20 * day, expires_at: now + 10 * day });
    expect(await session(caller)).toBe(200);
    const row = await knex('sessions').where({ id }).first();
    expect(Number(row.last_used_at)).toBeGreaterThanOrEqual(now);
    expect(Number(row.expires_at)).toBe(Number(row.created_at) + 90 * day);
    await knex('sessions').where({ id }).update({ expires_at: now - 1 });
    await caller.post('/session/password', { current: 'wrong but long', next: 'the next password' });
    await expect.poll(() => session(caller), { timeout: 5_000 }).toBe(401);
  });

  it('do not begin after ten wrong passwords from one address, even with the right one', async () => {
    const people = open();
    const { email } = await people.person('agent');
    const guesses = await Promise.all(Array.from({ length: 12 }, () => people.nobody.post('/session', { email, password: 'a wrong password' })));
    const statuses = guesses.map(({ status }) => status).sort();
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(2);
    const refused = await people.nobody.post('/session', { email, password });
    expect([refused.status, refused.body.code]).toEqual([429, 'rate_limited']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('take no fixed token over', async () => {
    const people = open();
    const { email } = await people.person('agent');
    const planted = new Caller(people.desk.url, { Cookie: `pb_session=pb_ses_${'a'.repeat(52)}`, Origin: people.desk.url });
    const answer = await planted.post('/session', { email, password });
    expect(answer.headers.get('set-cookie')).not.toContain('a'.repeat(52));
    expect(await session(planted)).toBe(401);
  });
});
