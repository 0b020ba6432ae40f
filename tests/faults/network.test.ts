import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/databases.ts';
import { startDesk, type TestDesk } from '../support/desk.ts';
import { checkHistory, readThread } from '../support/history.ts';
import { Operator } from '../support/operator.ts';
import { Proxy } from '../support/proxy.ts';
import { Visitor } from '../support/visitor.ts';

describe('the line to the visitor', () => {
  let desk: TestDesk;
  let operator: Operator;
  let proxy: Proxy;
  let visitor: Visitor;

  beforeAll(async () => {
    desk = await startDesk({ env: { PLUGBOARD_PLUGINS: 'chat' } });
    operator = await Operator.signIn(desk.url);
    proxy = new Proxy(desk.url);
    visitor = await Visitor.arrive(await proxy.open());
    await visitor.send('before anything happens');
  });
  afterAll(async () => {
    visitor.leave();
    operator.leave();
    await proxy.close();
    await desk.stop();
  });

  const stored = async (text: string): Promise<boolean> =>
    (await readThread(desk.url, operator.headers, visitor.conversationId ?? '')).some((message) => message.body.text === text);
  const check = async () => checkHistory(visitor, await readThread(desk.url, operator.headers, visitor.conversationId ?? ''));

  it('loses an acknowledgement: the message is sent again under its id and stored once', async () => {
    proxy.mode = 'deaf';
    const sending = visitor.send('its acknowledgement is lost');
    await eventually('the desk has it', () => stored('its acknowledgement is lost'));
    proxy.mode = 'open';
    proxy.cut();
    await sending;
    expect(proxy.dropped).toBeGreaterThan(0);
    expect(visitor.sent.at(-1)?.tries).toBeGreaterThan(1);
    await check();
  });

  it('flaps while both write: both end with the same thread', async () => {
    const id = visitor.conversationId ?? '';
    const sending = (async () => { for (let n = 1; n <= 30; n += 1) await visitor.send(`flapping ${n}`); })();
    for (let n = 1; n <= 10; n += 1) {
      await eventually('some more are sent', () => visitor.sent.length >= 2 + n * 2);
      proxy.cut();
      expect((await operator.reply(id, `answer ${n}`)).status).toBe(201);
    }
    await sending;
    await eventually('the line is back', () => visitor.socket.connected);
    await visitor.sync();
    const thread = await readThread(desk.url, operator.headers, id);
    checkHistory(visitor, thread);
    const replies = thread.filter((message) => message.kind === 'reply').map((message) => message.id);
    expect([...visitor.seen.values()].filter((message) => message.kind === 'reply').sort((a, b) => a.seq - b.seq).map((message) => message.id)).toEqual(replies);
    await eventually('the operator heard them all', () => operator.heard(id).filter((text) => text.startsWith('flapping')).length === 30);
  });

  it('is half open: what was written meanwhile arrives once', async () => {
    proxy.mode = 'half-open';
    const sending = visitor.send('into the void');
    await eventually('it was tried', () => (visitor.sent.at(-1)?.tries ?? 0) >= 1);
    proxy.mode = 'open';
    proxy.cut();
    await sending;
    await check();
  });
});
