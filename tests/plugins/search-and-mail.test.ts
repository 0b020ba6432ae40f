import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import PostalMime from 'postal-mime';
import { createActionContext } from '../../core/kernel/action-context.ts';
import { system } from '../../core/kernel/policy/actor.ts';
import { eventually } from '../support/databases.ts';
import { startDesk, type TestDesk } from '../support/desk.ts';
import { manifestOf, ownerOf, pluginFolder, switchOff, switchOn, writePlugin, type Call } from '../support/plugins.ts';
import { Postbox } from '../support/postbox.ts';
import { Visitor } from '../support/visitor.ts';

const told = globalThis as unknown as { rank: string[]; isDown: boolean };

describe('a plugin that searches and words mails', () => {
  const postbox = new Postbox();
  let desk: TestDesk;
  let call: Call;
  const ids: string[] = [];

  beforeAll(async () => {
    told.rank = [];
    told.isDown = false;
    const folder = await pluginFolder();
    await writePlugin(folder, 'finder', {
      manifest: manifestOf('finder', { permissions: ['conversations:read'] }),
      setup: `
        await ctx.search.provider({ id: 'finder', label: 'name', async search() { if (globalThis.isDown) throw new Error('down'); return { ids: globalThis.rank }; } });
        await ctx.hooks.filter('notification.outgoing', (mail) => ({ ...mail, subject: '[Desk] ' + mail.subject }));
      `,
    });
    desk = await startDesk({ env: { PLUGBOARD_PLUGIN_PATH: folder, PLUGBOARD_PLUGINS: 'chat', SMTP_URL: await postbox.open() } });
    call = await ownerOf(desk.url);
    for (const text of ['about a kettle', 'about a tent', 'about a stove']) {
      const visitor = await Visitor.arrive(desk.url);
      await visitor.send(text);
      ids.push(visitor.conversationId ?? '');
      visitor.leave();
    }
    await switchOn(call, 'finder');
  });
  afterAll(async () => {
    await desk?.stop();
    await postbox.close();
  });

  const search = async (q: string): Promise<string[]> => {
    const { body } = await call('GET', `/api/v1/conversations?view=all&q=${q}`);
    return (body as { data: { id: string }[] }).data.map(({ id }) => id);
  };

  it('is asked first, in its order, and what nobody has is left out', async () => {
    told.rank = [ids[2] ?? '', 'a'.repeat(26), ids[0] ?? ''];
    expect(await search('kettle')).toEqual([ids[2], ids[0]]);
  });

  it('gives way to the database when it fails, and when it is off', async () => {
    told.isDown = true;
    expect(await search('kettle')).toEqual([ids[0]]);
    told.isDown = false;
    await switchOff(call, 'finder');
    expect(await search('tent')).toEqual([ids[1]]);
    await switchOn(call, 'finder');
  });

  it('words a mail once, in the log too', async () => {
    await desk.kernel.mail.send(createActionContext(desk.kernel, system), { to: { address: 'ada@example.org' }, subject: 'Hello', text: 'Hi', idempotencyKey: 'one' });
    await eventually('the mail arrives', () => postbox.received.length === 1);
    expect((await PostalMime.parse(postbox.received[0]?.raw ?? '')).subject).toBe('[Desk] Hello');
    const { body } = await call('GET', '/api/v1/mail-log');
    expect((body as { data: { subject: string }[] }).data[0]?.subject).toBe('[Desk] Hello');
  });
});
