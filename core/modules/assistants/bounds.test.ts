import { randomUUID } from 'node:crypto';
import type { TurnCall } from '@plugboard/sdk';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ProviderRegistry } from '../../kernel/plugins/providers.ts';
import { eventually } from '../../../tests/support/databases.ts';
import { startAssistantDesk, type AssistantDesk } from '../../../tests/support/assistant-desk.ts';

describe('what a turn may not', () => {
  let robo: AssistantDesk;
  const ran: string[] = [];

  beforeAll(async () => {
    robo = await startAssistantDesk('sqlite');
    for (const effect of ['read', 'write'] as const) {
      (robo.desk.plugins.providers as ProviderRegistry).add('tool', 'shop', effect, {
        name: effect, label: 'name', description: 'A tool', effect, scope: 'desk', schema: { type: 'object', properties: {} }, pluginName: 'name', pluginTexts: {},
        check: async () => ({ data: {} as never }), run: async () => { ran.push(effect); return { fine: true }; },
      } as never);
      expect((await robo.owner.call('PUT', `/tools/shop.${effect}`, { isEnabled: true, rules: { assistants: { '*': 'auto' }, roles: {} } })).status).toBe(200);
    }
  });
  afterAll(() => robo?.stop());
  beforeEach(async () => {
    ran.length = 0;
    robo.answers(async () => ({ text: 'Hello' }));
  });

  it('go on after its answer: neither words nor calls', async () => {
    for (const mode of ['suggest', 'answer'] as const) {
      await robo.become(mode);
      let call: TurnCall | null = null;
      robo.answers(async (_turn, given) => {
        call = given;
        return { text: 'Done' };
      });
      const heard: string[] = [];
      robo.owner.socket.on('answer:delta', ({ text }) => heard.push(text));
      const { conversation } = await robo.write(await robo.contact(), 'Hello?');
      await robo.ended(conversation.id, 1);
      const { callTool, emit } = call as unknown as TurnCall;
      await expect(callTool('shop_read', {})).rejects.toThrow('over');
      await expect(emit('more')).rejects.toThrow('over');
      expect(heard).not.toContain('more');
      robo.owner.socket.off('answer:delta');
    }
    expect(ran).toEqual([]);
  });

  it('fill the sockets with one endless piece', async () => {
    let length = 0;
    robo.owner.socket.on('answer:delta', ({ text }) => { length += text.length; });
    robo.answers(async (_turn, { emit }) => {
      await emit('x'.repeat(5_000_000));
      await emit('y'.repeat(100_000));
      return { text: 'Short' };
    });
    const { conversation } = await robo.write(await robo.contact(), 'Hello?');
    await robo.ended(conversation.id, 1);
    await eventually('it came', () => length > 0);
    robo.owner.socket.off('answer:delta');
    expect(length).toBeLessThanOrEqual(40 * 1024);
  });

  it('answer one message twice, however often a person calls it', async () => {
    const turns: string[] = [];
    robo.answers(async (turn) => {
      turns.push(turn.conversation.id);
      return { text: 'Hello' };
    });
    const rounds = await Promise.all(Array.from({ length: 20 }, async () => {
      const ada = await robo.contact();
      const { conversation } = await robo.services.receive('chat', { contactId: ada.id, cid: randomUUID(), text: 'Anybody?', open: {} });
      const { version } = await robo.conversation(conversation.id);
      const { status } = await robo.owner.call('PUT', `/conversations/${conversation.id}/assistant`, { state: 'active', version, assistantId: ((await robo.owner.call('GET', '/assistants')).body.data as unknown as { id: string }[])[0]?.id });
      expect(status).toBe(200);
      return conversation.id;
    }));
    for (const id of rounds) await robo.ended(id, 1);
    await eventually('no job waits', async () => (await robo.desk.kernel.jobs.waiting('assistant.turn')) === 0);
    for (const id of rounds) expect(await robo.thread(id)).toEqual(['contact: Anybody?', 'assistant: Hello']);
    expect(turns).toHaveLength(20);
  });

  it('leave a question without an answer that was closed meanwhile and opened again', async () => {
    const begun = Promise.withResolvers<void>();
    let turns = 0;
    robo.answers(async (_turn, { signal }) => {
      turns += 1;
      if (turns > 1) return { text: 'Hello' };
      begun.resolve();
      await new Promise<void>((resolve) => { signal.addEventListener('abort', () => resolve()); });
      throw signal.reason as Error;
    });
    const { conversation: { id } } = await robo.write(await robo.contact(), 'Anybody?');
    await begun.promise;
    for (const status of ['closed', 'open']) expect((await robo.owner.call('PATCH', `/conversations/${id}`, { version: (await robo.conversation(id)).version, status })).status).toBe(200);
    expect(await robo.ended(id, 2)).toEqual(['superseded', 'answered']);
    expect(await robo.thread(id)).toEqual(['contact: Anybody?', 'assistant: Hello']);
  });

  it('say late what was begun for an older message, though it heeds no signal', async () => {
    const [begun, released, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let turns = 0;
    robo.answers(async () => {
      turns += 1;
      if (turns > 1) return { text: 'Both' };
      begun.resolve();
      await released.promise;
      answered.resolve();
      return { text: 'Late' };
    });
    const ada = await robo.contact();
    const { conversation: { id } } = await robo.write(ada, 'One');
    await begun.promise;
    await robo.write(ada, 'Two', id);
    await eventually('the second is answered', async () => (await robo.thread(id)).includes('assistant: Both'));
    released.resolve();
    await answered.promise;
    expect(await robo.ended(id, 2)).toEqual(['superseded', 'answered']);
    expect(await robo.thread(id)).toEqual(['contact: One', 'contact: Two', 'assistant: Both']);
  });

  it('hand over twice: one number, one note, and what is unread is what a recount says', async () => {
    robo.answers(async () => ({ text: '', handOver: { reason: 'asked', summary: 'Wants a person.', message: 'A colleague comes.' } }));
    const ada = await robo.contact();
    const { conversation: { id } } = await robo.write(ada, 'Human please');
    await Promise.all([1, 2, 3].map(() => robo.services.conversations.askForPerson({ contactId: ada.id, conversationId: id })));
    await eventually('people go on', async () => (await robo.conversation(id)).assistantState === 'off');
    await eventually('no job waits', async () => (await robo.desk.kernel.jobs.waiting('assistant.turn')) === 0);
    const { knex } = robo.desk.kernel.db;
    const row = await knex('conversations').where({ uid: id }).first() as Record<string, number | string | null>;
    const told = (await knex('messages').where({ conversation_id: row.id }).select('kind', 'seq', 'author_type')) as { kind: string; seq: number; author_type: string }[];
    const { body } = await robo.owner.call('GET', `/conversations/${id}/messages?limit=100`);
    const keys = (body.data as unknown as { event: { key: string } | null }[]).flatMap(({ event }) => event?.key ?? []);
    expect(keys.filter((key) => key === 'handedOver' || key === 'ticket')).toEqual(['handedOver', 'ticket']);
    expect(told.filter(({ kind }) => kind === 'note').length).toBeLessThanOrEqual(1);
    expect(row.contact_unread).toBe(told.filter(({ kind, author_type: by, seq }) => kind === 'reply' && by !== 'contact' && seq > Number(row.contact_read_seq)).length);
    expect(row).toMatchObject({ assignees: '[]', is_ai: 0, status: 'open', waiting_since: expect.any(Number) });
    const { number, version } = await robo.conversation(id);
    expect((await robo.owner.call('PUT', `/conversations/${id}/assistant`, { state: 'active', version })).status).toBe(200);
    await robo.write(ada, 'A person again', id);
    await eventually('people go on again', async () => (await robo.conversation(id)).assistantState === 'off');
    expect(await robo.conversation(id)).toMatchObject({ number });
  });

  it('be paused where it does not speak', async () => {
    const ada = await robo.contact();
    const { conversation: { id } } = await robo.services.receive('chat', { contactId: ada.id, cid: randomUUID(), text: 'Anybody?', open: {} });
    expect(await robo.owner.call('PUT', `/conversations/${id}/assistant`, { state: 'paused', version: (await robo.conversation(id)).version })).toMatchObject({ status: 409, body: { code: 'no_assistant' } });
    expect(await robo.conversation(id)).toMatchObject({ assistantState: 'off' });
  });

  it('speak in a brand that its admin did not give it', async () => {
    const { body: other } = await robo.owner.call('POST', '/brands', { name: 'Other', slug: `other-${randomUUID().slice(0, 8)}` });
    const ada = await robo.contact();
    const { conversation } = await robo.services.receive('chat', { contactId: ada.id, cid: randomUUID(), text: 'Anybody?', open: {} });
    robo.account.brandIds = [other['id'] as unknown as string];
    await eventually('the desk knows', async () => JSON.stringify((await robo.owner.call('GET', '/assistants')).body.data).includes(String(other['id'])));
    const [{ id: assistantId }] = (await robo.owner.call('GET', '/assistants')).body.data as unknown as [{ id: string }];
    const { version } = await robo.conversation(conversation.id);
    const put = await robo.owner.call('PUT', `/conversations/${conversation.id}/assistant`, { state: 'active', version, assistantId });
    expect(put.body).toMatchObject({ code: 'invalid', errors: [{ path: 'assistantId' }] });
    const patched = await robo.owner.call('PATCH', `/conversations/${conversation.id}`, { version, assigneeIds: [assistantId] });
    if (patched.status === 200) await eventually('people go on', async () => (await robo.conversation(conversation.id)).assistantState === 'off');
    expect(await robo.thread(conversation.id)).toEqual(['contact: Anybody?']);
    robo.account.brandIds = 'all';
    await eventually('the desk knows', async () => JSON.stringify((await robo.owner.call('GET', '/assistants')).body.data).includes('"all"'));
  });

  it('show an operator conversations that are out of reach, or cost on when nobody reads', async () => {
    const [ada, bob] = [await robo.contact(), await robo.contact()];
    const [mine, other] = [await robo.write(ada, 'One'), await robo.write(bob, 'Two')];
    robo.assist = async () => ({ text: '', similar: [mine, other].map(({ conversation: { id } }) => ({ conversationId: id, title: 'x', excerpt: 'y' })).concat({ conversationId: 'a'.repeat(26), title: 'x', excerpt: 'y' }) });
    const ask = (signal?: AbortSignal) => fetch(`${robo.desk.url}/api/v1/conversations/${mine.conversation.id}/assist`, { method: 'POST', headers: robo.owner.headers, body: JSON.stringify({ kind: 'similar' }), ...(signal ? { signal } : {}) });
    const text = await (await ask()).text();
    expect(JSON.parse(text.trim()).done.similar).toHaveLength(2);
    let aborted = false;
    let isAsked = false;
    robo.assist = async (_request, { signal }) => {
      isAsked = true;
      await new Promise<void>((resolve) => { signal.addEventListener('abort', () => resolve()); });
      aborted = true;
      throw signal.reason as Error;
    };
    const leaving = new AbortController();
    const left = ask(leaving.signal).catch(() => null);
    await eventually('it is asked', () => isAsked);
    leaving.abort();
    await left;
    await eventually('it is told to stop', () => aborted);
  });

  it('call what it was not told of: a draft changes nothing', async () => {
    await robo.become('suggest');
    const outcomes: unknown[] = [];
    robo.answers(async ({ tools }, { callTool }) => {
      outcomes.push(tools.map(({ name }) => name), await callTool('shop_write', {}), await callTool('shop_read', {}), await callTool('__proto__', {}));
      return { text: 'A draft' };
    });
    const { conversation } = await robo.write(await robo.contact(), 'Refund me');
    await robo.ended(conversation.id, 1);
    expect(outcomes).toEqual([['shop_read'], { status: 'refused', reason: 'unknown_tool' }, { status: 'done', result: { fine: true } }, { status: 'refused', reason: 'unknown_tool' }]);
    expect(ran).toEqual(['read']);
  });

  it('draft more than twenty times an hour for one contact', async () => {
    await robo.become('suggest');
    let turns = 0;
    robo.answers(async () => {
      turns += 1;
      return { text: 'A draft' };
    });
    const ada = await robo.contact();
    const { conversation } = await robo.write(ada, 'Hello?');
    await robo.ended(conversation.id, 1);
    const { knex } = robo.desk.kernel.db;
    const { id: _, ...rest } = await knex('assistant_runs').join('conversations as c', 'c.id', 'assistant_runs.conversation_id').where('c.uid', conversation.id).first('assistant_runs.*');
    for (let n = 1; n < 20; n += 1) await knex('assistant_runs').insert({ ...rest, uid: String(n).padStart(26, 'c'), epoch: 1_000 + n });
    await robo.write(ada, 'Once more', conversation.id);
    await eventually('the job is done', async () => (await robo.desk.kernel.jobs.waiting('assistant.turn')) === 0);
    expect(turns).toBe(1);
  });
});
