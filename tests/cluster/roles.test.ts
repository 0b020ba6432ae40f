import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually, freshMariaDb, sharedServer } from '../support/databases.ts';
import { spawnDesk, type DeskProcess } from '../support/desk-process.ts';
import { manifestOf, ownerOf, pluginFolder, switchOn, writePlugin, type Call } from '../support/plugins.ts';
import { scratchDir } from '../support/scratch.ts';

const where = `
  await ctx.jobs.define('where', async () => { await ctx.store.set('ran', process.env.PLUGBOARD_PROCESS); });
  await ctx.routes.add({ method: 'post', path: '/run', summary: 's', access: 'public', handle: async () => { await ctx.jobs.add('where', {}); return { body: {} }; } });
  await ctx.routes.add({ method: 'get', path: '/ran', summary: 's', access: 'public', handle: async () => ({ body: { by: await ctx.store.get('ran') ?? null } }) });
`;

let database: { url: string; drop(): Promise<void> };
let dataDir: string;
let web: DeskProcess;
let worker: DeskProcess;
let call: Call;

beforeAll(async () => {
  database = await freshMariaDb();
  dataDir = await scratchDir('pb-roles-');
  const folder = await pluginFolder();
  await writePlugin(folder, 'where', { manifest: manifestOf('where'), setup: where });
  const environment = { DATABASE_URL: database.url, REDIS_URL: `${await sharedServer('redis')}?prefix=roles`, DATA_DIR: dataDir, PLUGBOARD_PLUGIN_PATH: folder, PLUGBOARD_PLUGINS: '' };
  web = await spawnDesk({ ...environment, PLUGBOARD_ROLE: 'web', PLUGBOARD_PROCESS: 'web-1' });
  worker = await spawnDesk({ ...environment, PLUGBOARD_ROLE: 'worker', PLUGBOARD_PROCESS: 'worker-1' });
  call = await ownerOf(web.url);
}, 90_000);
afterAll(async () => {
  await Promise.all([web?.dispose(), worker?.dispose()]);
  await database?.drop();
  await rm(dataDir, { recursive: true, force: true });
});

it('a web process serves and leaves the jobs to the worker, which serves nobody but machines', async () => {
  const { body } = await switchOn(call, 'where');
  expect((body as { instances: { process: string; phase: string }[] }).instances.map(({ process, phase }) => [process, phase]).sort()).toEqual([['web-1', 'active'], ['worker-1', 'active']]);
  expect((await call('POST', '/api/plugins/where/run', {})).status).toBe(200);
  await eventually('the job ran', async () => ((await call('GET', '/api/plugins/where/ran')).body as { by: string | null }).by !== null);
  expect((await call('GET', '/api/plugins/where/ran')).body).toEqual({ by: 'worker-1' });
  expect((await fetch(`${worker.url}/healthz`)).status).toBe(200);
  for (const path of ['/admin', '/', '/api/v1/conversations', '/api/plugins/where/ran']) expect((await fetch(worker.url + path)).status).toBe(404);
});
