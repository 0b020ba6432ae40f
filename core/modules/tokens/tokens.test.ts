import { expect, it } from 'vitest';
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
});
