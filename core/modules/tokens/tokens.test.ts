import { describe, expect, it } from 'vitest';
import { Caller, forEachDesk } from '../../../tests/support/people.ts';

forEachDesk('tokens', (open) => {
  const bearer = (token: string) => new Caller(open().desk.url, { Authorization: `Bearer ${token}` });

  it('are shown once and kept as a hash', async () => {
    const { owner, desk } = open();
    const made = await owner.post('/tokens', { name: 'CI', scopes: ['audit.view'] });
    expect(made).toMatchObject({ status: 201, body: { name: 'CI', scopes: ['audit.view'], expiresAt: null, lastUsedAt: null, token: expect.stringMatching(/^pb_pat_[a-z2-7]{52}$/) } });
    const listed = await owner.get('/tokens');
    expect(listed.body.data.map(({ id }: { id: string }) => id)).toContain(made.body.id);
    expect(JSON.stringify([listed.body, await desk.kernel.db.knex('api_tokens')])).not.toContain(made.body.token);
  });

  it('allow what they name and their owner may, no more', async () => {
    const people = open();
    const { caller } = await people.person('admin');
    const wide = bearer((await caller.post('/tokens', { name: 'all', scopes: ['*'] })).body.token);
    const narrow = bearer((await caller.post('/tokens', { name: 'one', scopes: ['audit.view'] })).body.token);
    expect((await wide.get('/settings')).status).toBe(200);
    expect([(await narrow.get('/audit')).status, (await narrow.get('/settings')).status]).toEqual([200, 403]);
    expect((await narrow.get('/session')).body.permissions).toEqual(['audit.view']);
    expect(await wide.patch('/session/preferences', { sounds: false })).toMatchObject({ status: 403 });
  });

  it('cannot make a token that is worth more than they are', async () => {
    const { owner } = open();
    const maker = bearer((await owner.post('/tokens', { name: 'maker', scopes: ['tokens.manage', 'audit.view'] })).body.token);
    expect((await maker.post('/tokens', { name: 'x', scopes: ['*'] })).status).toBe(403);
    expect((await maker.post('/tokens', { name: 'x', scopes: ['settings.manage'] })).status).toBe(403);
    expect((await maker.post('/tokens', { name: 'x', scopes: ['audit.view'] })).status).toBe(201);
  });

  it('end at once when they are revoked, and when their time is over', async () => {
    const { owner, desk } = open();
    const made = (await owner.post('/tokens', { name: 'short', scopes: ['*'], expiresAt: new Date(Date.now() + 60_000).toISOString() })).body;
    expect((await bearer(made.token).get('/session')).status).toBe(200);
    expect((await owner.delete(`/tokens/${made.id}`)).status).toBe(204);
    expect((await bearer(made.token).get('/session')).status).toBe(401);
    expect((await owner.delete(`/tokens/${made.id}`)).status).toBe(404);
    const old = (await owner.post('/tokens', { name: 'old', scopes: ['*'], expiresAt: new Date(Date.now() + 60_000).toISOString() })).body;
    await desk.kernel.db.knex('api_tokens').where({ uid: old.id }).update({ expires_at: Date.now() - 1 });
    expect((await bearer(old.token).get('/session')).status).toBe(401);
    expect(await owner.post('/tokens', { name: 'past', scopes: ['*'], expiresAt: '2020-01-01T00:00:00Z' })).toMatchObject({ status: 400, body: { errors: [{ path: 'expiresAt' }] } });
  });

  it('that we did not make are nobody\'s', async () => {
    for (const token of ['pb_pat_x', `pb_pat_${'a'.repeat(52)}`, 'pb_pat_']) expect((await bearer(token).get('/session')).status).toBe(401);
    expect((await open().owner.post('/tokens', { name: 'x', scopes: ['everything'] })).body.errors[0].path).toBe('scopes.0');
  });

  it('are made by those who may', async () => {
    const { caller } = await open().person('agent');
    expect((await caller.post('/tokens', { name: 'x', scopes: ['conversations.view'] })).status).toBe(403);
    expect((await caller.get('/tokens')).status).toBe(403);
  });

  describe('for servers', () => {
    const body = (over: Record<string, unknown> = {}) => ({ name: 'Shop server', kind: 'server', scopes: ['identify', 'tickets'], ...over });
    const brandOf = async (slug: string) => {
      const { owner } = open();
      const { body: page } = await owner.get('/brands');
      return (page.data as { id: string; slug: string }[]).find((brand) => brand.slug === slug)?.id ?? (await owner.post('/brands', { name: slug, slug })).body.id as string;
    };

    it('are shown once, named by who made them, and belong to a brand or to all', async () => {
      const { owner, desk } = open();
      const brandId = await brandOf('shop');
      const made = await owner.post('/tokens', body({ brandId }));
      expect(made).toMatchObject({ status: 201, body: { kind: 'server', brandId, scopes: ['identify', 'tickets'], operatorName: expect.any(String), token: expect.stringMatching(/^pb_server_[a-z2-7]{52}$/) } });
      expect((await owner.post('/tokens', body())).body).toMatchObject({ kind: 'server', brandId: null });
      const listed = (await owner.get('/tokens')).body;
      expect(listed.data.find(({ id }: { id: string }) => id === made.body.id)).toMatchObject({ kind: 'server', brandId });
      expect(JSON.stringify([listed, await desk.kernel.db.knex('api_tokens'), (await owner.get('/audit')).body])).not.toContain(made.body.token);
      expect((await owner.get('/audit')).body.data).toContainEqual(expect.objectContaining({ action: 'token.created', details: expect.objectContaining({ kind: 'server', brandId }) }));
    });

    it('take the scopes of servers, and personal tokens take theirs', async () => {
      const { owner } = open();
      for (const [wrong, path] of [[body({ scopes: ['*'] }), 'scopes.0'], [body({ scopes: ['identify', 'tokens.manage'] }), 'scopes.1'], [body({ scopes: [] }), 'scopes'], [body({ brandId: 'a'.repeat(26) }), 'brandId'],
        [{ name: 'x', scopes: ['identify'] }, 'scopes.0'], [{ name: 'x', scopes: ['*'], brandId: await brandOf('shop') }, 'brandId'], [body({ kind: 'god' }), 'kind']] as const) {
        expect(await owner.post('/tokens', wrong)).toMatchObject({ status: 400, body: { errors: [{ path }] } });
      }
    });

    it('reach no brand that their maker does not', async () => {
      const people = open();
      const [mine, other] = [await brandOf('shop'), await brandOf('elsewhere')];
      const { caller } = await people.person('admin', { brandIds: [mine] });
      expect((await caller.post('/tokens', body({ brandId: mine }))).status).toBe(201);
      expect((await caller.post('/tokens', body({ brandId: other }))).status).toBe(403);
      expect((await caller.post('/tokens', body())).status).toBe(403);
      const { caller: agent } = await people.person('agent');
      expect((await agent.post('/tokens', body({ brandId: mine }))).status).toBe(403);
    });

    it('go on when whoever made them goes, and end with their brand, their time or by hand', async () => {
      const people = open();
      const brand = (await people.owner.post('/brands', { name: 'Short', slug: 'short' })).body.id as string;
      const { caller, id } = await people.person('admin');
      const [lasting, ofBrand, revoked, timed] = await Promise.all([
        caller.post('/tokens', body()), caller.post('/tokens', body({ brandId: brand })), caller.post('/tokens', body()), caller.post('/tokens', body({ expiresAt: new Date(Date.now() + 60_000).toISOString() })),
      ]);
      const personal = (await caller.post('/tokens', { name: 'mine', scopes: ['*'] })).body.token as string;
      expect((await people.owner.delete(`/operators/${id}`)).status).toBe(204);
      expect((await bearer(personal).get('/session')).status).toBe(401);
      const status = async (made: { body: { token: string } }) => (await fetch(`${people.desk.url}/api/sdk/users/identify`, { method: 'POST', headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${made.body.token}` }, body: '{}' })).status;
      expect([await status(lasting), await status(ofBrand), await status(revoked), await status(timed)]).toEqual([400, 400, 400, 400]);
      expect((await people.owner.get('/tokens')).body.data.find((token: { id: string }) => token.id === lasting.body.id).lastUsedAt).not.toBeNull();
      expect((await people.owner.delete(`/brands/${brand}`)).status).toBe(204);
      expect((await people.owner.delete(`/tokens/${revoked.body.id}`)).status).toBe(204);
      await people.desk.kernel.db.knex('api_tokens').where({ uid: timed.body.id }).update({ expires_at: 1 });
      expect([await status(lasting), await status(ofBrand), await status(revoked), await status(timed)]).toEqual([400, 401, 401, 401]);
    });
  });
});
