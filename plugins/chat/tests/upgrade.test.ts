import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { spawnDesk } from '../../../tests/support/desk-process.ts';
import { scratchDir } from '../../../tests/support/scratch.ts';
import { Visitor } from '../../../tests/support/visitor.ts';
import { manifest } from '../manifest.ts';

test('a desk that had the chat on before it asked for more has it on after the upgrade', async () => {
  const dataDir = await scratchDir('pb-upgrade-');
  const desk = await spawnDesk({ DATA_DIR: dataDir });
  try {
    await desk.kill('SIGTERM');
    const database = new DatabaseSync(join(dataDir, 'plugboard.sqlite'));
    const before = JSON.stringify(manifest.permissions.filter((permission) => permission !== 'email:send' && permission !== 'operators:read'));
    database.prepare(`UPDATE plugins SET version = '1.0.0', installed_version = '1.0.0', consented = ? WHERE id = 'chat'`).run(before);
    database.close();
    await desk.start();
    const visitor = await Visitor.arrive(desk.url);
    await visitor.send('Still open?');
    visitor.leave();
    const after = new DatabaseSync(join(dataDir, 'plugboard.sqlite'), { readOnly: true });
    const row = after.prepare(`SELECT installed_version, consented FROM plugins WHERE id = 'chat'`).get() as { installed_version: string; consented: string };
    after.close();
    expect([row.installed_version, JSON.parse(row.consented)]).toEqual([manifest.version, manifest.permissions]);
  } finally {
    await desk.dispose();
    await rm(dataDir, { recursive: true, force: true });
  }
});
