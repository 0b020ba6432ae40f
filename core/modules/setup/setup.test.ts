import { afterEach, describe, expect, it } from 'vitest';
import type { Engine } from '../../../tests/support/databases.ts';
import { startDesk, type TestDesk } from '../../../tests/support/desk.ts';
import { Caller, password } from '../../../tests/support/people.ts';
import { prepareSetup } from './prepare-setup.ts';

const nobodyYet = { PLUGBOARD_ADMIN_EMAIL: '', PLUGBOARD_ADMIN_PASSWORD: '' };
const noPlugins = { listPlugins: async () => [], activatePlugin: async () => {} };

describe.each<Engine>(['sqlite', 'mariadb'])('setup on %s', (database) => {
  let desk: TestDesk | undefined;
  afterEach(async () => {
    await desk?.stop();
    desk = undefined;
  });
  const start = async (env: Record<string, string> = nobodyYet): Promise<TestDesk> => (desk = await startDesk({ database, env }));
  const linkOf = async (started: TestDesk) => (await prepareSetup(started.kernel, noPlugins))?.setupUrl ?? '';
  const tokenOf = async (started: TestDesk) => new URL(await linkOf(started)).searchParams.get('token') ?? '';
  const wish = (token: string, over: Record<string, unknown> = {}) => ({
    token, operator: { name: 'Olga', email: 'olga@desk.test', password }, brand: { name: 'Shop', slug: 'shop', locale: 'de', color: '#112233' }, plugins: [], ...over,
  });

  it('prints the same link at each start, and tells what there is to its holder only', async () => {
    const started = await start();
    const nobody = new Caller(started.url);
    const link = await linkOf(started);
    expect(link).toMatch(new RegExp(`^${started.kernel.config.publicUrl}/admin/setup\\?token=pb_setup_[0-9a-f]{64}$`));
    expect(await linkOf(started)).toBe(link);
    expect((await nobody.get('/setup')).body).toEqual({ isOpen: true, isTokenValid: false, plugins: [] });
    expect((await nobody.get('/setup?token=pb_setup_guess')).body).toEqual({ isOpen: true, isTokenValid: false, plugins: [] });
    expect((await nobody.get(`/setup?token=${await tokenOf(started)}`)).body).toMatchObject({ isOpen: true, isTokenValid: true });
  });

  it('makes the owner, the brand and the departments, and signs in', async () => {
    const started = await start();
    const answer = await new Caller(started.url).post('/setup', wish(await tokenOf(started), { plugins: ['there-is-none'] }));
    expect(answer).toMatchObject({
      status: 201,
      body: { operator: { email: 'olga@desk.test', roleName: 'Owner' }, brand: { slug: 'shop', locale: 'de' }, plugins: [{ id: 'there-is-none', isActive: false, code: 'plugin_unknown' }] },
    });
    const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const olga = new Caller(started.url, { Cookie: cookie, Origin: started.url });
    expect((await olga.get('/session')).body).toMatchObject({ operator: { id: answer.body.operator.id }, permissions: expect.arrayContaining(['*']) });
    expect((await olga.get('/departments')).body.data.map(({ name }: { name: string }) => name)).toEqual(['Support', 'Sales']);
    expect((await olga.get('/settings')).body).toMatchObject({ deskName: 'Shop', defaultLocale: 'de' });
  });

  it('is won by exactly one, and its token is dead afterwards', async () => {
    const started = await start();
    const nobody = new Caller(started.url);
    const token = await tokenOf(started);
    const answers = await Promise.all(Array.from({ length: 8 }, (_, index) =>
      nobody.post('/setup', wish(token, { operator: { name: `O${index}`, email: `o${index}@desk.test`, password } }))));
    expect(answers.map(({ status, body }) => `${status} ${body.code ?? ''}`.trim()).sort()).toEqual(['201', ...Array.from({ length: 7 }, () => '409 setup_closed')]);
    expect(await nobody.post('/setup', wish(token))).toMatchObject({ status: 409, body: { code: 'setup_closed' } });
    expect((await nobody.get(`/setup?token=${token}`)).body).toEqual({ isOpen: false, isTokenValid: false, plugins: [] });
    expect(await started.kernel.db.knex('operators').pluck('id')).toHaveLength(1);
    expect(await started.kernel.db.knex('brands').pluck('id')).toHaveLength(1);
    expect(await prepareSetup(started.kernel, noPlugins)).toBeNull();
  });

  it('is closed to those without the link', async () => {
    const started = await start();
    const nobody = new Caller(started.url);
    expect(await nobody.post('/setup', wish('pb_setup_0000000000000000'))).toMatchObject({ status: 403, body: { code: 'setup_token' } });
    expect((await nobody.post('/setup', { ...wish(await tokenOf(started)), role: 'owner' })).status).toBe(400);
    expect(await started.kernel.db.knex('operators').pluck('id')).toEqual([]);
  });

  it('runs by itself with an operator in the environment, once', async () => {
    const started = await start({ PLUGBOARD_ADMIN_EMAIL: 'first@desk.test', PLUGBOARD_ADMIN_PASSWORD: password });
    const owner = new Caller(started.url, await started.signIn({ email: 'first@desk.test', password }));
    expect((await owner.get('/session')).body.operator).toMatchObject({ name: 'first', roleName: 'Owner' });
    expect((await owner.get('/brands')).body.data).toMatchObject([{ name: 'Support', slug: 'support' }]);
    expect(await prepareSetup(started.kernel, noPlugins)).toBeNull();
    expect((await owner.get('/operators')).body.data).toHaveLength(1);
  });

  it('switches the plugins of the environment on once, and leaves them to the admin then', async () => {
    const started = await start({ PLUGBOARD_ADMIN_EMAIL: 'first@desk.test', PLUGBOARD_ADMIN_PASSWORD: password });
    const switched: string[] = [];
    const plugin = (id: string) => ({ id, name: id, description: '', category: 'other', permissions: ['email:send'], isSuggested: false });
    const deps = {
      listPlugins: async () => [plugin('one'), plugin('broken')],
      async activatePlugin(_ctx: unknown, id: string, consent: readonly string[]) {
        switched.push(`${id} ${consent.join()}`);
        if (id === 'broken') throw new Error('does not start');
      },
    };
    const kernel = { ...started.kernel, config: { ...started.kernel.config, firstPlugins: ['broken', 'one', 'missing'] } };
    await Promise.all([prepareSetup(kernel, deps), prepareSetup(kernel, deps)]);
    await prepareSetup(kernel, deps);
    expect(switched).toEqual(['broken email:send', 'one email:send']);
  });
});
