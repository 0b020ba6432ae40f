import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshMariaDb, eventually } from '../support/databases.ts';
import { startDesk, type TestDesk } from '../support/desk.ts';
import { manifestOf, ownerOf, pluginFolder, switchOff, switchOn, writePlugin, type Call } from '../support/plugins.ts';

describe('the switch over two processes that no hint connects', () => {
  const desks: TestDesk[] = [];
  let drop: () => Promise<void>;
  let call: Call;
  beforeAll(async () => {
    const maria = await freshMariaDb();
    drop = () => maria.drop();
    const folder = await pluginFolder();
    const counted = (name: string) => `(globalThis.${name} = (globalThis.${name} ?? 0) + 1);`;
    await writePlugin(folder, 'both', {
      manifest: manifestOf('both'),
      more: { 'server.ts': `export default { manifest: { id: 'both' },
        async setup(ctx) { await ctx.routes.add({ method: 'get', path: '/here', summary: 's', access: 'public', handle: () => ({ body: {} }) }); },
        cluster: { async install() { ${counted('installs')} }, async activate() { ${counted('activates')} }, async deactivate() { ${counted('deactivates')} } } };` },
    });
    await writePlugin(folder, 'half', { manifest: manifestOf('half'), setup: "globalThis.halves = (globalThis.halves ?? 0) + 1; if (globalThis.halves === 2) throw new Error('not here');" });
    for (const name of ['web-1', 'web-2']) {
      desks.push(await startDesk({ env: { DATABASE_URL: maria.url, PLUGBOARD_PLUGIN_PATH: folder, PLUGBOARD_PROCESS: name } }));
    }
    call = await ownerOf(desks[0]?.url ?? '');
  });
  afterAll(async () => {
    for (const desk of desks) await desk.stop();
    await drop?.();
  });
  const statuses = () => Promise.all(desks.map(({ url }) => fetch(`${url}/api/plugins/both/here`).then(({ status }) => status)));
  const counts = () => globalThis as unknown as { installs: number; activates: number; deactivates: number };

  it('is on everywhere within 3 s when the answer comes; what is once is once', async () => {
    const started = performance.now();
    const { body } = await switchOn(call, 'both');
    expect(await statuses()).toEqual([200, 200]);
    expect(performance.now() - started).toBeLessThan(3_500);
    expect(body).toMatchObject({ phase: 'active', instances: [{ process: 'web-1', phase: 'active' }, { process: 'web-2', phase: 'active' }] });
    expect(counts()).toMatchObject({ installs: 1, activates: 1 });
  });

  it('is off everywhere when the answer comes', async () => {
    expect((await switchOff(call, 'both')).body).toMatchObject({ phase: 'idle' });
    expect(await statuses()).toEqual([503, 503]);
    expect(counts()).toMatchObject({ installs: 1, activates: 1, deactivates: 1 });
  });

  it('tells which process failed, and leaves what was wanted alone', async () => {
    const { body } = await switchOn(call, 'half');
    const { instances, desired, phase } = body as { instances: { process: string; phase: string; error: string | null }[]; desired: string; phase: string };
    expect({ desired, phase }).toEqual({ desired: 'active', phase: 'failed' });
    expect(instances.map((instance) => instance.phase).sort()).toEqual(['active', 'failed']);
    expect(instances.find((instance) => instance.phase === 'failed')?.error).toBe('not here');
  });

  it('no longer counts a process that went', async () => {
    await desks.pop()?.stop();
    await eventually('one is left', async () => ((await call('GET', '/api/v1/plugins/half')).body as { instances: unknown[] }).instances.length === 1);
  });
});
