import type { IncomingMessage } from '@plugboard/sdk';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startDesk, type TestDesk } from '../support/desk.ts';
import { fixtures, ownerOf, switchOff, switchOn, type Call } from '../support/plugins.ts';

const message: IncomingMessage = { text: 'Hello', kind: 'reply', attachmentIds: [], brandId: 'b'.repeat(26), departmentId: null, channel: 'chat' };
const context = { conversationId: null, contactId: 'c' };
const nobody = { type: 'nobody', id: null } as const;

describe('a plugin that misbehaves in a hook', () => {
  let desk: TestDesk;
  let call: Call;
  const set = (values: Record<string, string>) => call('PUT', '/api/v1/plugins/misbehaves/settings', { values });
  const filter = () => desk.kernel.hooks.filter('message.incoming', message, context, nobody);
  const guard = () => desk.kernel.hooks.guard('message.accept', { ...message, contactId: 'c' }, nobody);
  const health = async () => (await call('GET', '/api/v1/plugins/misbehaves/health')).body as { errors: { message: string; point: string }[]; points: { point: string; failures: number; breaker: string }[] };

  beforeAll(async () => {
    desk = await startDesk({ env: { PLUGBOARD_PLUGIN_PATH: `${fixtures}misbehaves,${fixtures}greeter` } });
    call = await ownerOf(desk.url);
  });
  afterAll(() => desk?.stop());
  beforeEach(async () => {
    await set({ hook: 'none', end: 'none' });
    await switchOff(call, 'misbehaves');
    desk.plugins.deps.calls.forget('misbehaves');
    await switchOn(call, 'misbehaves');
  });

  it.each([
    ['throw', 'thrown in a hook'], ['rubbish', 'was answered with what it does not take'], ['nothing', 'nothing'], ['shape', 'text invalid_type'], ['flip', 'kind may not change'], ['mutate', 'thrown half-way'],
  ])('%s: the value stays as it was and the plugin is named', async (hook, told) => {
    await set({ hook });
    const before = structuredClone(message);
    expect(await filter()).toEqual(before);
    const { errors } = await health();
    expect(errors[0]?.point).toBe('filter message.incoming');
    expect(errors[0]?.message).toContain(told);
  });

  it('hang: the value goes on after 2 s, without the plugin', async () => {
    await set({ hook: 'hang' });
    const started = performance.now();
    expect(await filter()).toEqual(message);
    expect(performance.now() - started).toBeLessThan(3_000);
    expect((await health()).errors[0]?.message).toMatch(/did not answer within 2000 ms/);
  });

  it.each(['throw', 'hang', 'rubbish'])('a guard that fails by %s denies', async (hook) => {
    await set({ hook });
    expect(await guard()).toEqual({ allowed: false, pluginId: 'misbehaves', reason: 'A plugin did not answer as it should.' });
  });

  it('pauses a point after five failures, for a filter open, for a guard closed', async () => {
    await set({ hook: 'throw' });
    for (let index = 0; index < 6; index += 1) {
      expect(await filter()).toEqual(message);
      expect((await guard()).allowed).toBe(false);
    }
    const { points } = await health();
    expect(points.find((point) => point.point === 'filter message.incoming')).toMatchObject({ failures: 5, breaker: 'open' });
    expect(points.find((point) => point.point === 'guard message.accept')).toMatchObject({ breaker: 'open' });
  });

  it('switches off although its end throws, and says so', async () => {
    await set({ end: 'throw' });
    const { status, body } = await switchOff(call, 'misbehaves');
    expect(status).toBe(200);
    expect(body).toMatchObject({ desired: 'inactive', phase: 'idle' });
    expect((await health()).errors.map((error) => error.message)).toEqual(expect.arrayContaining(['thrown in cluster.deactivate', 'thrown at the end']));
    expect(await guard()).toEqual({ allowed: true });
  });

  it.each([
    ['foreign-table', /needs the permission db:own/], ['not-permitted', /needs the permission contacts:read/], ['foreign-host', /names no http:<host>/],
  ])('%s: refused, and the route answers as a failure of ours', async (how, told) => {
    expect((await call('POST', '/api/plugins/misbehaves/do', { how })).status).toBeGreaterThanOrEqual(500);
    expect((await health()).errors[0]?.message).toMatch(told);
  });

  it('names who holds the event loop', async () => {
    await call('POST', '/api/plugins/misbehaves/do', { how: 'block' });
    await call('POST', '/api/plugins/misbehaves/do', { how: 'block-later' });
    const messages = (await health()).errors.map((error) => error.message);
    expect(messages).toEqual(expect.arrayContaining([expect.stringMatching(/held the event loop for \d{3,} ms/), expect.stringMatching(/the event loop stood still/)]));
  });

  it('lets others go on', async () => {
    await switchOn(call, 'greeter');
    await set({ hook: 'hang' });
    const [answer] = await Promise.all([call('GET', '/api/plugins/greeter/hello'), filter()]);
    expect(answer.status).toBe(200);
  });
});
