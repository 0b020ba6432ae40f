import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { RoleDto } from '../../core/shared/people.ts';
import type { ToolCallDto } from '../../core/shared/tools.ts';
import { spawnDesk, type DeskProcess } from '../support/desk-process.ts';
import { manifestOf, ownerOf, pluginFolder, switchOn, writePlugin } from '../support/plugins.ts';
import { Visitor } from '../support/visitor.ts';

let desk: DeskProcess | undefined;
afterEach(async () => { await desk?.dispose(); });

it('kill -9 after a call of a tool was claimed: it is not run by itself, and nobody can start it beside itself', async () => {
  const folder = await pluginFolder();
  const payments = join(folder, 'payments.txt');
  await writeFile(payments, '');
  await writePlugin(folder, 'shop', { manifest: manifestOf('shop'), setup: `
    const { z } = await import('@plugboard/sdk');
    const { appendFile } = await import('node:fs/promises');
    await ctx.tools.register({ name: 'pay', label: 'pay', description: 'Pays.', effect: 'write', scope: 'conversation', input: z.object({}), run: async (_, call) => { await appendFile(${JSON.stringify(payments)}, call.idempotencyKey + '\\n'); } });
  ` });
  const running = desk = await spawnDesk({ PLUGBOARD_PLUGIN_PATH: folder, PLUGBOARD_FAULT: 'tool-claimed:2' });
  const call = await ownerOf(running.url);
  await switchOn(call, 'shop');
  const { data: roles } = (await call('GET', '/api/v1/roles')).body as { data: RoleDto[] };
  await call('PUT', '/api/v1/tools/shop.pay', { isEnabled: true, rules: { assistants: {}, roles: { [roles.find(({ key }) => key === 'owner')!.id]: 'auto' } } });
  const visitor = await Visitor.arrive(running.url);
  await visitor.send('Pay me');
  visitor.leave();
  const pay = (idempotencyKey: string, as = call) => as('POST', `/api/v1/conversations/${visitor.conversationId}/tool-calls`, { tool: 'shop.pay', input: {}, idempotencyKey });
  expect((await pay(randomUUID())).status).toBe(201);
  const key = randomUUID();
  await expect(pay(key)).rejects.toThrow();
  await running.exited();
  await running.start({ PLUGBOARD_FAULT: '' });
  const again = await ownerOf(running.url);
  const repeated = (await pay(key, again)) as unknown as { status: number; body: ToolCallDto };
  expect(repeated).toMatchObject({ status: 200, body: { status: 'running', may: { decide: false } } });
  expect((await again('POST', `/api/v1/tool-calls/${repeated.body.id}/decision`, { approve: true })).status).toBe(409);
  expect((await readFile(payments, 'utf8')).trim().split('\n')).toHaveLength(1);
});
