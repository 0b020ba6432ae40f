import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../core/kernel/ids.ts';
import { root } from '../support/desk-process.ts';
import { startDesk, type TestDesk } from '../support/desk.ts';

let folder: string;
let desk: TestDesk;

/** Writes the files that docs/plugins/README.md shows, each under the name that stands above it. */
async function writeGuide(into: string): Promise<string[]> {
  const guide = await readFile(join(root, 'docs', 'plugins', 'README.md'), 'utf8');
  const blocks = [...guide.matchAll(/^`([^`\n]+)`\n\n```\w+\n([\s\S]*?)```/gm)];
  for (const [, name = '', text = ''] of blocks) {
    await mkdir(dirname(join(into, name)), { recursive: true });
    await writeFile(join(into, name), text);
  }
  return blocks.map(([, name = '']) => name);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pb-guide-'));
  expect(await writeGuide(folder)).toEqual(['signature/manifest.ts', 'signature/server/index.ts', 'signature/locales/en.json']);
  desk = await startDesk({ env: { PLUGBOARD_PLUGIN_PATH: join(folder, 'signature') } });
});

afterAll(async () => {
  await desk.stop();
  await rm(folder, { recursive: true, force: true });
});

test('the plugin of the guide is switched on and changes a reply', async () => {
  const headers = await desk.signIn();
  const activation = await fetch(`${desk.url}/api/v1/plugins/signature/activation`, {
    method: 'PUT', headers, body: JSON.stringify({ active: true, consent: [] }),
  });
  expect(activation.status, await activation.clone().text()).toBe(200);
  expect(await activation.json()).toMatchObject({ id: 'signature', name: 'Signature', desired: 'active', phase: 'active' });

  const conversation = { id: newId(), brandId: newId(), departmentId: null, channel: 'chat', contactId: newId() };
  const reply = { conversationId: conversation.id, text: 'Hello!', kind: 'reply' as const, attachmentIds: [] };
  const changed = await desk.kernel.hooks.filter('reply.outgoing', reply, { conversation }, { type: 'operator', id: null });
  expect(changed.text).toBe('Hello!\n\nKind regards');
});
