import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { Discovery } from '../../core/kernel/plugins/discovery.ts';
import { makePlan } from '../../core/kernel/plugins/plugin-plan.ts';
import type { PluginRow } from '../../core/kernel/plugins/plugin-state.ts';
import { manifestOf, pluginFolder, writePlugin } from '../support/plugins.ts';

describe('what is on disk', () => {
  let shipped: string;
  let path: string;
  let installed: string;
  const scan = () => new Discovery({ shipped, path: [path], installed }, '0.1.0').scan();
  const problemOf = async (id: string) => (await scan()).get(id)?.[0]?.problem ?? null;

  beforeEach(async () => {
    [shipped, path, installed] = await Promise.all([pluginFolder(), pluginFolder(), pluginFolder()]) as [string, string, string];
  });

  it.each([
    ['missing', undefined, /plugin.json is missing/],
    ['an array', '[]', /plugin.json: Invalid input/],
    ['no JSON', '{', /plugin.json is not JSON/],
    ['of a wrong engine', manifestOf('odd', { engines: { plugboard: '>=9' } }), /needs Plugboard >=9; this is 0.1.0/],
    ['of an engine that is no range', manifestOf('odd', { engines: { plugboard: 'soon' } }), /is not a version range/],
    ['with an unknown permission', manifestOf('odd', { permissions: ['root'] }), /unknown permission/],
    ['with an unknown key', manifestOf('odd', { postinstall: 'rm' }), /plugin.json/],
    ['with id ../x', manifestOf('../x'), /plugin.json: id/],
    ['of another API level', manifestOf('odd', { api: 2 }), /plugin.json: api/],
    ['that requires itself', manifestOf('odd', { requires: { odd: '*' } }), /requires itself/],
    ['with a surface outside of its claims', manifestOf('odd', { claims: [{ path: '/odd' }], surfaces: [{ id: 's', dir: 'd', path: '/odder' }] }), /lies in none of its claims/],
  ])('a manifest %s is listed with its reason', async (_name, manifest, reason) => {
    await writePlugin(shipped, 'odd', { ...(manifest === undefined ? {} : { manifest }) });
    expect(await problemOf('odd')).toMatch(reason);
  });

  it('lists a folder under a harmless name when its own is none', async () => {
    await writePlugin(shipped, 'Bad Name', { manifest: '[]' });
    expect([...(await scan()).keys()]).toEqual([expect.stringMatching(/^unnamed-[0-9a-f]{8}$/)]);
  });

  it('does not let a third party take the id of a plugin that came with the desk', async () => {
    await writePlugin(shipped, 'chat', { manifest: manifestOf('chat') });
    await writePlugin(path, 'chat', { manifest: manifestOf('chat', { version: '9.0.0' }) });
    const versions = (await scan()).get('chat') ?? [];
    expect(versions.map(({ isShipped, problem }) => ({ isShipped, problem }))).toEqual([{ isShipped: true, problem: null }, { isShipped: false, problem: expect.stringContaining('has this id') }]);
  });

  it('finds installed versions, newest first, and a folder whose manifest says another id', async () => {
    for (const version of ['1.9.0', '1.10.0']) await writePlugin(join(installed, 'crm'), `${version}-abcdef12`, { manifest: manifestOf('crm', { version }) });
    await writePlugin(join(installed, 'mail'), '1.0.0-abcdef12', { manifest: manifestOf('post') });
    const found = await scan();
    expect(found.get('crm')?.map(({ manifest }) => manifest?.version)).toEqual(['1.10.0', '1.9.0']);
    expect(found.get('mail')?.[0]?.problem).toMatch(/its folder is named mail/);
  });

  it('emits plugin.json from manifest.ts, and goes on without a folder that vanished', async () => {
    const dir = await writePlugin(path, 'typed', { more: { 'manifest.ts': `import { defineManifest } from '@plugboard/sdk';\nexport default defineManifest(${JSON.stringify(manifestOf('typed'))} as never);\n` } });
    expect(await problemOf('typed')).toBeNull();
    await rm(dir, { recursive: true });
    expect((await scan()).size).toBe(0);
    await mkdir(join(path, 'empty'));
    await symlink('/nowhere', join(path, 'dangling'));
    expect([...(await scan()).values()].flat().every(({ problem }) => problem !== null)).toBe(true);
  });
});

describe('what this process should run', () => {
  let folder: string;
  const row = (id: string, more: Partial<PluginRow> = {}): [string, PluginRow] => [id, { id, desired: 'active', version: '1.0.0', installedVersion: '1.0.0', cluster: 'on', consented: [], listens: {}, changedAt: 0, ...more }];
  const plan = async (rows: [string, PluginRow][], rules: { isSafeMode?: boolean; isShipped?: boolean } = {}) => {
    const folders = await new Discovery({ shipped: rules.isShipped ? folder : '/none', path: rules.isShipped ? [] : [folder], installed: '/none' }, '0.1.0').scan();
    const { wanted, blocked, pending } = makePlan(new Map(rows), folders, { isSafeMode: false, reserved: ['/admin', '/api/v1/plugins'], isQuarantined: () => false, ...rules });
    return { wanted: wanted.map((entry) => entry.row.id), pending: pending.map((entry) => entry.row.id), blocked: Object.fromEntries(blocked.map(({ id, phase, error }) => [id, `${phase}: ${error ?? ''}`])) };
  };
  beforeEach(async () => { folder = await pluginFolder(); });

  it('starts what is required first', async () => {
    await writePlugin(folder, 'aa', { manifest: manifestOf('aa', { requires: { zz: '^1.0.0' } }) });
    await writePlugin(folder, 'zz', { manifest: manifestOf('zz') });
    expect(await plan([row('aa'), row('zz')])).toMatchObject({ wanted: ['zz', 'aa'], blocked: {} });
    expect(await plan([row('aa')])).toMatchObject({ wanted: [], blocked: { aa: 'incompatible: requires zz, which is not active' } });
  });

  it('refuses a cycle, a wrong version and whoever stands on them', async () => {
    await writePlugin(folder, 'aa', { manifest: manifestOf('aa', { requires: { bb: '*' } }) });
    await writePlugin(folder, 'bb', { manifest: manifestOf('bb', { requires: { aa: '*' } }) });
    await writePlugin(folder, 'cc', { manifest: manifestOf('cc', { requires: { dd: '>=2' } }) });
    await writePlugin(folder, 'dd', { manifest: manifestOf('dd') });
    const { wanted, blocked } = await plan([row('aa'), row('bb'), row('cc'), row('dd')]);
    expect(wanted).toEqual(['dd']);
    expect(blocked).toEqual({ aa: expect.stringContaining('requires'), bb: expect.stringContaining('by way of aa → bb → aa'), cc: 'incompatible: requires dd >=2; 1.0.0 is active' });
  });

  it('gives an address to one plugin, and none of the desk to any', async () => {
    for (const [id, claim] of [['aa', '/shop'], ['bb', '/shop/cart'], ['cc', '/admin/x'], ['dd', '/api/v1'], ['ee', '/shopping']] as const) {
      await writePlugin(folder, id, { manifest: manifestOf(id, { claims: [{ path: claim }] }) });
    }
    const { wanted, blocked } = await plan(['aa', 'bb', 'cc', 'dd', 'ee'].map((id) => row(id)));
    expect(wanted).toEqual(['aa', 'ee']);
    expect(blocked).toMatchObject({ bb: expect.stringContaining('which aa already has'), cc: expect.stringContaining('belongs to the desk'), dd: expect.stringContaining('belongs to the desk') });
  });

  it('waits for consent to what an update asks for, and starts nothing foreign in safe mode', async () => {
    await writePlugin(folder, 'aa', { manifest: manifestOf('aa', { permissions: ['email:send'] }) });
    expect((await plan([row('aa')])).blocked.aa).toBe('incompatible: asks for more: email:send');
    expect((await plan([row('aa', { consented: ['email:send'] })], { isSafeMode: true })).blocked.aa).toMatch(/safe mode/);
    expect((await plan([row('gone')])).blocked.gone).toBe('missing: its folder is gone');
  });

  it('lets a shipped plugin go on that asks for more: who replaced the desk agreed to what came with it', async () => {
    await writePlugin(folder, 'aa', { manifest: manifestOf('aa', { version: '1.1.0', permissions: ['email:send'] }) });
    expect(await plan([row('aa')], { isShipped: true })).toMatchObject({ pending: ['aa'], blocked: {} });
    expect(await plan([row('aa', { installedVersion: '1.1.0' })], { isShipped: true })).toMatchObject({ wanted: ['aa'], blocked: {} });
  });

  it('takes the steps of an upgrade first, and none when the installed version is newer', async () => {
    await writePlugin(folder, 'aa', { manifest: manifestOf('aa', { version: '1.1.0' }) });
    expect(await plan([row('aa')])).toMatchObject({ wanted: [], pending: ['aa'] });
    expect(await plan([row('aa', { installedVersion: '1.2.0' })])).toMatchObject({ wanted: ['aa'], pending: [] });
  });
});
