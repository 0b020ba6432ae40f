import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startAssistantDesk, type AssistantDesk } from '../../../tests/support/assistant-desk.ts';
import { eventually } from '../../../tests/support/databases.ts';

const gate = <T = void>() => Promise.withResolvers<T>();

describe.each(['sqlite', 'mariadb'] as const)('turns of assistants on %s', (database) => {
  let robo: AssistantDesk;

  beforeAll(async () => { robo = await startAssistantDesk(database); });
  afterAll(() => robo?.stop());
  beforeEach(async () => {
    await robo.become('answer');
    robo.answers(async () => ({ text: 'Hello' }));
  });

  it('answers what a contact writes, with sources, and the conversation is its', async () => {
    const ada = await robo.contact();
    const turns: unknown[] = [];
    robo.answers(async (turn) => {
      turns.push({ asked: turn.messages.map(({ text }) => text), mode: turn.mode, answers: turn.answers, name: turn.contact.name });
      return { text: 'It takes **two** days.', sources: [{ title: 'Shipping', url: 'https://desk.test/a' }, { title: 'Bad', url: 'javascript:alert(1)' }], confidence: 81.6 };
    });
    const { conversation } = await robo.write(ada, 'How long does it take?');
    expect(await robo.ended(conversation.id, 1)).toEqual(['answered']);
    expect(await robo.thread(conversation.id)).toEqual(['contact: How long does it take?', 'assistant: It takes **two** days.']);
    expect(turns).toEqual([{ asked: ['How long does it take?'], mode: 'answer', answers: 0, name: 'Ada' }]);
    const seen = await robo.services.conversations.messages({ contactId: ada.id, conversationId: conversation.id });
    expect(seen.data.find(({ author }) => author.type === 'assistant')).toMatchObject({ sources: [{ title: 'Shipping', url: 'https://desk.test/a' }, { title: 'Bad', url: null }] });
    expect(seen.conversation.assignee).toMatchObject({ name: 'Robo', isAssistant: true });
    expect(await robo.conversation(conversation.id)).toMatchObject({ assistantState: 'active', assignees: [{ name: 'Robo' }], status: 'waiting', number: null });
    const { body } = await robo.owner.call('GET', `/conversations/${conversation.id}/answers`);
    expect(body.data).toMatchObject([{ status: 'answered', confidence: 82, question: 'How long does it take?', assistant: { name: 'Robo' } }]);
    await robo.write(ada, 'And how much?', conversation.id);
    expect(await robo.ended(conversation.id, 2)).toEqual(['answered', 'answered']);
  });

  it('is heard while it writes; a person who answers meanwhile is the only voice, and what was begun stays with the desk', async () => {
    const ada = await robo.contact();
    const [begun, replied] = [gate(), gate()];
    let after: unknown = null;
    robo.answers(async (_turn, { emit }) => {
      await emit('Let me ');
      begun.resolve();
      await replied.promise;
      await eventually('the turn is lost', async () => emit('see').then(() => false, (error: Error) => { after = error.name; return true; }));
      return { text: 'Let me see' };
    });
    const heard: string[] = [];
    robo.owner.socket.on('answer:delta', ({ text }) => heard.push(text));
    const { conversation } = await robo.write(ada, 'Anybody there?');
    await begun.promise;
    await eventually('operators see it come', () => heard.join('') === 'Let me ');
    expect((await robo.owner.reply(conversation.id, 'I am.')).status).toBe(201);
    replied.resolve();
    expect(await robo.ended(conversation.id, 1)).toEqual(['superseded']);
    expect(after).toBe('TurnLost');
    expect(await robo.thread(conversation.id)).toEqual(['contact: Anybody there?', 'operator: I am.']);
    const { assistantState, assignees } = await robo.conversation(conversation.id);
    expect(assistantState).toBe('off');
    expect(assignees.map(({ name }) => name)).not.toContain('Robo');
    const { body } = await robo.owner.call('GET', `/conversations/${conversation.id}/suggestion`);
    expect(body.suggestion).toMatchObject({ text: expect.stringContaining('Let me') });
    await robo.write(ada, 'Thank you', conversation.id);
    await robo.desk.kernel.jobs.waiting('assistant.turn');
    expect(await robo.thread(conversation.id)).toHaveLength(3);
  });

  it('five hundred people who answer at any moment of a turn leave one voice each', async () => {
    const rounds = 500;
    const moments = new Map<string, () => void>();
    robo.answers(async (turn, { emit }) => {
      const steps = Math.floor(Math.random() * 6);
      moments.get(turn.conversation.id)?.();
      for (let step = 0; step < steps; step += 1) await emit('x').catch(() => undefined);
      return { text: 'From the assistant' };
    });
    const voices = { assistant: 0, operator: 0 };
    for (let round = 0; round < rounds; round += 25) {
      await Promise.all(Array.from({ length: 25 }, async (_, index) => {
        const ada = await robo.contact();
        const { conversation } = await robo.write(ada, 'Hello?');
        const begun = gate();
        moments.set(conversation.id, begun.resolve);
        // A third before the turn, a third as it begins, a third a little later.
        if (index % 3 > 0) await Promise.race([begun.promise, robo.ended(conversation.id, 1)]);
        if (index % 3 === 2) await robo.services.conversations.get({ contactId: ada.id, conversationId: conversation.id });
        await robo.services.conversations.get({ contactId: ada.id, conversationId: conversation.id });
        await robo.replyAsPerson(conversation.id, 'From a person');
        moments.delete(conversation.id);
        await eventually('nothing runs any more', async () => Number((await robo.desk.kernel.db.knex('assistant_runs').join('conversations as c', 'c.id', 'assistant_runs.conversation_id')
          .where({ 'c.uid': conversation.id, 'assistant_runs.status': 'running' }).count({ rows: '*' }).first() as { rows: number }).rows) === 0);
        const thread = (await robo.thread(conversation.id)).filter((line) => !line.startsWith('['));
        // It spoke before the person did, or never.
        if (thread[1] === 'assistant: From the assistant') voices.assistant += 1;
        else voices.operator += 1;
        expect(thread.at(-1)).toBe('operator: From a person');
        expect(thread.filter((line) => line.startsWith('assistant'))).toHaveLength(thread.length - 2);
        expect((await robo.conversation(conversation.id)).assistantState).toBe('off');
      }));
    }
    expect(voices.assistant + voices.operator).toBe(rounds);
    expect(Math.min(voices.assistant, voices.operator)).toBeGreaterThan(0);
  }, 180_000);

  it('gives the conversation to people: a ticket, a summary that the contact never sees, where the rules say', async () => {
    const ada = await robo.contact();
    const department = (await robo.owner.call('POST', '/departments', { name: `Second line ${Math.random()}` })).body as unknown as { id: string };
    robo.answers(async () => ({ text: '', handOver: { reason: 'asked', summary: 'Wants her **money** back.', departmentId: department.id, priority: 'high', tags: ['refund'], message: 'A colleague writes to you.' } }));
    const { conversation } = await robo.write(ada, 'Human please');
    expect(await robo.ended(conversation.id, 1)).toEqual(['handed-over']);
    expect(await robo.thread(conversation.id)).toEqual(['contact: Human please', 'assistant: A colleague writes to you.', '[assistant: Wants her **money** back.]']);
    const detail = await robo.conversation(conversation.id);
    expect(detail).toMatchObject({ assistantState: 'off', status: 'open', assignees: [], departmentId: department.id, priority: 'high', tags: ['refund'], number: expect.stringMatching(/^#\d+$/) });
    expect(detail.waitingSince).not.toBeNull();
    const seen = await robo.services.conversations.messages({ contactId: ada.id, conversationId: conversation.id });
    expect(JSON.stringify(seen)).not.toContain('money');
    expect(seen.data.map(({ event }) => event?.key).filter(Boolean)).toEqual(['handedOver', 'ticket']);
  });

  it('an assistant that throws, answers rubbish or is gone leaves the conversation to people', async () => {
    const bad: (() => Promise<never>)[] = [async () => { throw new Error('boom'); }, async () => ({ text: 7 }) as never, async () => ({ text: 'x'.repeat(1_000_000) }) as never, async () => null as never];
    for (const answer of bad) {
      robo.answers(answer);
      const { conversation } = await robo.write(await robo.contact(), 'Hello?');
      expect(await robo.ended(conversation.id, 1)).toEqual(['failed']);
      expect(await robo.conversation(conversation.id)).toMatchObject({ assistantState: 'off', status: 'open', number: expect.any(String) });
    }
    robo.answers(async () => ({ text: 'Hello' }));
    const ada = await robo.contact();
    const { conversation } = await robo.write(ada, 'First');
    await robo.ended(conversation.id, 1);
    await robo.become('off');
    await robo.write(ada, 'Second', conversation.id);
    await eventually('people go on', async () => (await robo.conversation(conversation.id)).assistantState === 'off');
    expect((await robo.conversation(conversation.id)).number).not.toBeNull();
  });

  it('what the contact adds meanwhile is answered with the rest, once', async () => {
    const ada = await robo.contact();
    const first = gate();
    const asked: string[][] = [];
    robo.answers(async (turn, { signal }) => {
      asked.push(turn.messages.map(({ text }) => text));
      if (asked.length > 1) return { text: 'Both' };
      first.resolve();
      await new Promise<void>((resolve) => { signal.addEventListener('abort', () => resolve()); });
      throw signal.reason as Error;
    });
    const { conversation } = await robo.write(ada, 'One');
    await first.promise;
    await robo.write(ada, 'Two', conversation.id);
    expect(await robo.ended(conversation.id, 2)).toEqual(['superseded', 'answered']);
    expect(asked).toEqual([['One'], ['One', 'Two']]);
    expect(await robo.thread(conversation.id)).toEqual(['contact: One', 'contact: Two', 'assistant: Both']);
    expect((await robo.owner.call('GET', `/conversations/${conversation.id}/suggestion`)).body.suggestion).toBeNull();
  });

  it('is paused, taken over and called back; a stale word changes nothing', async () => {
    const ada = await robo.contact();
    const { conversation } = await robo.write(ada, 'Hello?');
    await robo.ended(conversation.id, 1);
    const put = async (state: string, version?: number) => robo.owner.call('PUT', `/conversations/${conversation.id}/assistant`, { state, version: version ?? (await robo.conversation(conversation.id)).version });
    expect((await put('paused')).body).toMatchObject({ assistantState: 'paused' });
    await robo.write(ada, 'Still there?', conversation.id);
    expect((await put('active', 1)).body).toMatchObject({ code: 'stale', conversation: { assistantState: 'paused' } });
    expect(await robo.thread(conversation.id)).toHaveLength(3);
    expect((await put('active')).body).toMatchObject({ assistantState: 'active' });
    expect(await robo.ended(conversation.id, 2)).toEqual(['answered', 'answered']);
    expect((await put('off')).body).toMatchObject({ assistantState: 'off', assignees: [] });
    expect((await robo.owner.call('GET', `/conversations/${conversation.id}/assistant`)).body).toMatchObject({ state: 'off', assistant: { name: 'Robo' }, isBusy: false });
  });

  it('only drafts where it may only suggest: the contact hears nothing', async () => {
    await robo.become('suggest');
    robo.answers(async ({ mode }) => ({ text: `A ${mode}`, sources: [{ title: 'Shipping', url: null }] }));
    const ada = await robo.contact();
    const { conversation } = await robo.write(ada, 'Hello?');
    expect(await robo.ended(conversation.id, 1)).toEqual(['drafted']);
    expect(await robo.thread(conversation.id)).toEqual(['contact: Hello?']);
    expect(await robo.conversation(conversation.id)).toMatchObject({ assistantState: 'off', assignees: [] });
    const at = `/conversations/${conversation.id}/suggestion`;
    const { suggestion } = (await robo.owner.call('GET', at)).body as unknown as { suggestion: { id: string; text: string } };
    expect(suggestion).toMatchObject({ text: 'A suggest', sources: [{ title: 'Shipping' }], assistant: { name: 'Robo' } });
    expect((await robo.owner.call('DELETE', `${at}/${suggestion.id}`)).status).toBe(204);
    expect((await robo.owner.call('GET', at)).body.suggestion).toBeNull();
  });

  it('a turn whose process is gone is never run again: people go on', async () => {
    const ada = await robo.contact();
    const { conversation } = await robo.write(ada, 'Hello?');
    await robo.ended(conversation.id, 1);
    const { knex } = robo.desk.kernel.db;
    const row = await knex('conversations').where({ uid: conversation.id }).first();
    await knex('conversations').where({ id: row.id }).update({ speaker_epoch: row.speaker_epoch + 1 });
    const run = await knex('assistant_runs').where({ conversation_id: row.id }).first();
    const { id: _, ...rest } = run;
    await knex('assistant_runs').insert({ ...rest, uid: 'a'.repeat(26), epoch: row.speaker_epoch + 1, status: 'running', lease_until: 1, message_uid: null, finished_at: null });
    await robo.desk.kernel.jobs.add('assistant.turn', { conversationId: conversation.id, seq: rest.trigger_seq });
    expect(await robo.ended(conversation.id, 2)).toEqual(['answered', 'failed']);
    await eventually('people go on', async () => (await robo.conversation(conversation.id)).assistantState === 'off');
    await knex('assistant_runs').where({ uid: 'a'.repeat(26) }).delete();
  });

  it('gives up after twenty turns an hour with one contact', async () => {
    const ada = await robo.contact();
    const { conversation } = await robo.write(ada, 'Hello?');
    await robo.ended(conversation.id, 1);
    const { knex } = robo.desk.kernel.db;
    const run = await knex('assistant_runs').join('conversations as c', 'c.id', 'assistant_runs.conversation_id').where('c.uid', conversation.id).first('assistant_runs.*');
    const { id: _, ...rest } = run;
    for (let n = 1; n < 20; n += 1) await knex('assistant_runs').insert({ ...rest, uid: String(n).padStart(26, 'b'), epoch: 1_000 + n });
    await robo.write(ada, 'Once more', conversation.id);
    await eventually('people go on', async () => (await robo.conversation(conversation.id)).assistantState === 'off');
    expect((await robo.thread(conversation.id)).at(-1)).toBe('contact: Once more');
  });
});
