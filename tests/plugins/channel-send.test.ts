import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/databases.ts';
import { startDesk, type TestDesk } from '../support/desk.ts';
import { manifestOf, ownerOf, pluginFolder, switchOn, writePlugin, type Call } from '../support/plugins.ts';

const told = globalThis as unknown as { carried: { id: string; text: string; contactId: string }[]; failures: number };

const carrier = `
  const channel = await ctx.channels.register({
    id: 'pigeon', label: 'name', capabilities: { typing: false, readState: false, attachments: false, richText: false, presence: false },
    async send({ message, contactId }) {
      if (globalThis.failures > 0) { globalThis.failures -= 1; throw new Error('the loft is closed'); }
      globalThis.carried.push({ id: message.id, text: message.body.text, contactId });
    },
  });
  await ctx.routes.add({ method: 'post', path: '/arrive', summary: 's', access: 'public', async handle() {
    const [brand] = await ctx.brands.list();
    const contact = await ctx.contacts.create({ brandId: brand.id, name: 'Ada' });
    const { conversation } = await channel.receive({ contactId: contact.id, cid: crypto.randomUUID(), text: 'by pigeon', open: {} });
    return { body: { conversationId: conversation.id, contactId: contact.id } };
  } });
`;

describe('a channel that sends', () => {
  let desk: TestDesk;
  let call: Call;
  beforeAll(async () => {
    told.carried = [];
    told.failures = 0;
    const folder = await pluginFolder();
    const permissions = ['messages:write', 'contacts:write', 'brands:read', 'conversations:write'];
    await writePlugin(folder, 'pigeon', { manifest: manifestOf('pigeon', { category: 'channel', permissions }), setup: carrier });
    desk = await startDesk({ env: { PLUGBOARD_PLUGIN_PATH: folder } });
    call = await ownerOf(desk.url);
    await switchOn(call, 'pigeon');
  });
  afterAll(() => desk?.stop());

  const write = (conversationId: string, kind: 'reply' | 'note', body: string) =>
    call('POST', `/api/v1/conversations/${conversationId}/messages`, { cid: crypto.randomUUID(), kind, body });

  it('is given each answer of the desk, tries again when it fails, and never a note or the person\'s own words', async () => {
    const { body } = await call('POST', '/api/plugins/pigeon/arrive', {});
    const { conversationId, contactId } = body as { conversationId: string; contactId: string };
    told.failures = 1;
    await write(conversationId, 'note', 'between us');
    expect((await write(conversationId, 'reply', 'an answer')).status).toBe(201);
    await eventually('the answer is carried', () => told.carried.length === 1, 25_000);
    expect((await write(conversationId, 'reply', 'a second')).status).toBe(201);
    await eventually('the second is carried', () => told.carried.length === 2, 25_000);
    expect(told.carried.map(({ text, contactId: to }) => [text, to])).toEqual([['an answer', contactId], ['a second', contactId]]);
  });
});
