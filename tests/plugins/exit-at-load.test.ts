import { describe, expect, it } from 'vitest';
import { spawnDesk } from '../support/desk-process.ts';
import { manifestOf, ownerOf, pluginFolder, switchOn, writePlugin } from '../support/plugins.ts';

describe('a plugin that ends the process while it is read', () => {
  it('is stopped and named', async () => {
    const folder = await pluginFolder();
    await writePlugin(folder, 'leaves', { manifest: manifestOf('leaves'), more: { 'server.ts': "process.exit(3); export default { manifest: { id: 'leaves' }, setup() {} };" } });
    await writePlugin(folder, 'leaves-late', { manifest: manifestOf('leaves-late'), more: { 'server.ts': "await new Promise((r) => setTimeout(r, 5)); process.exit(3); export default { manifest: { id: 'leaves-late' }, setup() {} };" } });
    const desk = await spawnDesk({ PLUGBOARD_PLUGINS: '', PLUGBOARD_PLUGIN_PATH: folder });
    try {
      const call = await ownerOf(desk.url);
      for (const id of ['leaves', 'leaves-late']) {
        expect((await switchOn(call, id)).body).toMatchObject({ phase: 'failed', instances: [{ stage: 'import', error: expect.stringContaining('called process.exit') }] });
      }
      expect((await call('GET', '/healthz')).status).toBe(200);
    } finally {
      await desk.dispose();
    }
  });
});
