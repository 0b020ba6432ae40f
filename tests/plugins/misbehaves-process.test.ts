import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/databases.ts';
import { spawnDesk, type DeskProcess } from '../support/desk-process.ts';
import { fixtures, manifestOf, ownerOf, pluginFolder, switchOff, switchOn, writePlugin, type Call } from '../support/plugins.ts';

interface Health { errors: { stage: string; message: string; stack: string | null }[] }

describe('a plugin that attacks its process', () => {
  let desk: DeskProcess;
  let call: Call;
  const healthOf = async (id: string) => (await call('GET', `/api/v1/plugins/${id}/health`)).body as Health;
  const act = (how: string) => call('POST', '/api/plugins/misbehaves/do', { how });
  const told = (stage: string, message: string) => eventually(`${stage}: ${message}`, async () =>
    (await healthOf('misbehaves')).errors.some((error) => error.stage === stage && error.message.includes(message)));

  beforeAll(async () => {
    desk = await spawnDesk({ PLUGBOARD_PLUGINS: '', PLUGBOARD_PLUGIN_PATH: `${fixtures}misbehaves` });
    call = await ownerOf(desk.url);
    await switchOn(call, 'misbehaves');
  });
  afterAll(() => desk?.dispose());

  it.each([
    ['timer', 'uncaughtException', 'thrown in a timer'],
    ['tick', 'uncaughtException', 'thrown in a tick'],
    ['reject', 'unhandledRejection', 'rejected late'],
    ['exit', 'exit', 'called process.exit'],
    ['exit-later', 'exit', 'called process.exit'],
  ])('%s: the desk goes on and names it', async (how, stage, message) => {
    const before = desk.pid();
    await act(how);
    await told(stage, message);
    expect((await call('GET', '/healthz')).status).toBe(200);
    expect(desk.pid()).toBe(before);
  });

  it('answers a throwing route with a problem that gives nothing away', async () => {
    const { status, body } = await act('throw');
    expect(status).toBe(500);
    expect(JSON.stringify(body)).not.toContain('thrown in a route');
    expect((await act('rubbish')).status).toBe(502);
  });

  it('keeps what it left behind from doing anything once it is off', async () => {
    await act('leak');
    await switchOff(call, 'misbehaves');
    await told('unhandledRejection', 'is switched off');
    expect((await call('GET', '/healthz')).status).toBe(200);
  });
});

describe('a plugin that kills its process while it starts', () => {
  it('is kept from starting after the second death, until it is released', async () => {
    const folder = await pluginFolder();
    await writePlugin(folder, 'deadly', { manifest: manifestOf('deadly'), setup: "if (process.env.DEADLY) process.kill(process.pid, 'SIGKILL');" });
    const desk = await spawnDesk({ PLUGBOARD_PLUGINS: '', PLUGBOARD_PLUGIN_PATH: folder });
    try {
      await switchOn(await ownerOf(desk.url), 'deadly');
      for (let death = 0; death < 2; death += 1) {
        await desk.kill('SIGTERM');
        await expect(desk.start({ DEADLY: '1' })).rejects.toThrow(/ended while it started/);
      }
      await desk.start({ DEADLY: '1' });
      const call = await ownerOf(desk.url);
      expect((await call('GET', '/api/v1/plugins/deadly')).body).toMatchObject({ desired: 'active', phase: 'quarantined' });
      await desk.kill('SIGTERM');
      await desk.start();
      const again = await ownerOf(desk.url);
      expect((await again('POST', '/api/v1/plugins/deadly/quarantine/release', {})).body).toMatchObject({ phase: 'active' });
    } finally {
      await desk.dispose();
    }
  });
});
