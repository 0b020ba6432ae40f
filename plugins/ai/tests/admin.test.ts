import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually, type Engine } from '../../../tests/support/databases.ts';
import { AiDesk } from './ai-desk.ts';

interface Assistant { id: string; name: string; mode: string; isDefault: boolean; version: number; passesGate: boolean; escalation: object; scores: object | null }

describe.each(['sqlite', 'mariadb'] as const)('what admins do, on %s', (engine: Engine) => {
  let desk: AiDesk;
  beforeAll(async () => {
    desk = await AiDesk.start({ database: engine });
    await desk.article('How long a refund takes', 'We pay the refund within 5 working days after your parcel reached us.');
  });
  afterAll(() => desk.stop());
  const assistants = async () => (await desk.ai<{ data: Assistant[] }>('GET', '/assistants')).body.data;

  test('there is one assistant from the start, and one default at most', async () => {
    const [first] = await assistants();
    expect(first).toMatchObject({ name: 'Assistant', mode: 'answer', isDefault: true, passesGate: true });
    const made = await desk.ai<Assistant>('POST', '/assistants', { name: 'Robin', mode: 'suggest', isDefault: true, escalation: { keywords: ['lawyer'] } });
    expect(made).toMatchObject({ status: 201, body: { escalation: { keywords: ['lawyer'], confidence: { isOn: true, threshold: 50 } } } });
    expect((await assistants()).filter(({ isDefault }) => isDefault).map(({ name }) => name)).toEqual(['Robin']);
    await desk.ai('PATCH', `/assistants/${first?.id}`, { isDefault: true });
    expect((await assistants()).filter(({ isDefault }) => isDefault).map(({ name }) => name)).toEqual(['Assistant']);
    expect((await desk.ai('DELETE', `/assistants/${made.body.id}`)).status).toBe(204);
  });

  test('two admins at once: the second hears of it', async () => {
    const [first] = await assistants();
    const save = (version: number, persona: string) => desk.ai<{ code?: string }>('PATCH', `/assistants/${first?.id}`, { version, persona });
    expect((await save(first?.version ?? 0, 'A')).status).toBe(200);
    expect(await save(first?.version ?? 0, 'B')).toMatchObject({ status: 409, body: { code: 'stale' } });
  });

  test('what is not there or does not fit is refused by name', async () => {
    const nobody = 'b'.repeat(26);
    for (const [body, path] of [
      [{ name: 'X', brandIds: [nobody] }, 'brandIds'], [{ name: 'X', modelIds: [nobody] }, 'modelIds.0'], [{ name: 'X', escalation: { within: { departmentId: nobody } } }, 'escalation.within.departmentId'],
      [{ name: 'X', avatar: 'data:image/svg+xml;base64,AAAA' }, 'avatar'], [{ name: 'X', escalation: { hours: { timeZone: 'Mars/Base' } } }, 'escalation.hours.timeZone'], [{ name: 'X', role: 'owner' }, ''],
    ] as const) {
      const { status, body: answer } = await desk.ai<{ errors: { path: string }[] }>('POST', '/assistants', body);
      expect(status).toBe(400);
      if (path) expect(answer.errors.map((error) => error.path)).toContain(path);
    }
  });

  test('questions that nobody answered are grouped; one click drafts an article', async () => {
    const ask = (runId: string, question: string) => fire(desk, { runId, question, contactId: 'c'.repeat(26) });
    await ask('a'.repeat(26), 'Do you deliver to Iceland? Write to lina@example.com');
    await ask('b'.repeat(26), 'can you deliver parcels to iceland please');
    await ask('b'.repeat(26), 'can you deliver parcels to iceland please');
    await ask('c'.repeat(26), 'Is there a student discount?');
    await eventually('they are counted', async () => (await desk.ai<{ data: unknown[] }>('GET', '/questions')).body.data.length === 2);
    await eventually('twice', async () => (await desk.ai<{ data: { count: number }[] }>('GET', '/questions')).body.data[0]?.count === 2);
    const [first] = (await desk.ai<{ data: { id: string; title: string }[] }>('GET', '/questions')).body.data;
    const detail = await desk.ai<{ examples: { text: string }[] }>('GET', `/questions/${first?.id}`);
    expect(detail.body.examples).toHaveLength(2);
    expect(JSON.stringify(detail.body)).not.toContain('lina@');
    const drafted = await desk.ai<{ articleId: string }>('POST', `/questions/${first?.id}/draft`, {});
    expect(drafted).toMatchObject({ status: 201, body: { writtenBy: 'outline' } });
    expect((await desk.call('GET', `/api/v1/articles/${drafted.body.articleId}`)).body).toMatchObject({ status: 'draft' });
    expect((await desk.ai<{ data: { state: string }[] }>('GET', '/questions?state=done')).body.data).toMatchObject([{ id: first?.id, articleId: drafted.body.articleId }]);
  });

  test('the bench scores an assistant, compares runs, and a gate keeps it from answering', async () => {
    const brandId = desk.brand.id;
    await desk.ai('POST', '/bench/cases', { brandId, locale: 'en', questions: ['How long does a refund take?'], expect: 'answer', facts: ['5 working days'] });
    await desk.ai('POST', '/bench/cases', { brandId, locale: 'en', questions: ['I want to talk to a human'], expect: 'hand-over' });
    const wrong = await desk.ai<{ id: string }>('POST', '/bench/cases', { brandId, locale: 'en', questions: ['How long does a refund take?'], expect: 'answer', facts: ['9 weeks'] });
    const [assistant] = await assistants();
    const run = async () => {
      const { status, body: { id } } = await desk.ai<{ id: string }>('POST', '/bench/runs', { assistantId: assistant?.id });
      expect(status).toBe(202);
      await eventually('the run is over', async () => (await desk.ai<{ state: string }>('GET', `/bench/runs/${id}`)).body.state === 'done');
      return (await desk.ai<{ id: string; answered: number; escalated: number; grounded: number; results: { isRight: boolean; missingFacts: string[] }[] }>('GET', `/bench/runs/${id}`)).body;
    };
    const before = await run();
    expect(before).toMatchObject({ answered: 50, escalated: 100, grounded: 100 });
    expect(before.results.flatMap(({ missingFacts }) => missingFacts)).toEqual(['9 weeks']);
    await desk.ai('PATCH', `/assistants/${assistant?.id}`, { gate: { answered: 80 } });
    expect((await assistants())[0]).toMatchObject({ passesGate: false });
    const provider = desk.desk.plugins.providers.get('assistant', 'ai')?.provider;
    const account = async () => (await provider?.accounts?.({ signal: AbortSignal.timeout(5_000), actor: { type: 'system', id: null }, locale: 'en' }))?.[0]?.mode;
    expect(await account()).toBe('suggest');
    await desk.ai('PATCH', `/bench/cases/${wrong.body.id}`, { facts: ['5 working days'] });
    const after = await run();
    expect(after.answered).toBe(100);
    expect(await account()).toBe('answer');
    const { body } = await desk.ai<{ cases: { change: string }[] }>('GET', `/bench/comparison?before=${before.id}&after=${after.id}`);
    expect(body.cases.map(({ change }) => change)).toEqual(['better', 'same', 'same']);
  });

  test('turns are counted, rated, and cost what they cost', async () => {
    await desk.turn([{ author: 'contact', text: 'How long does a refund take?' }]);
    await desk.turn([{ author: 'contact', text: 'human please' }]);
    const day = new Date().toISOString().slice(0, 10);
    const { body } = await desk.ai<{ total: object; rows: object[]; currency: string }>('GET', `/costs?from=${day}&to=${day}&by=assistant`);
    expect(body).toMatchObject({ currency: 'USD', total: { turns: 2, answers: 1, handOvers: 1, costMicros: 0 }, rows: [{ label: 'Assistant' }] });
    expect((await desk.ai<{ data: { outcome: string }[] }>('GET', '/turns')).body.data).toHaveLength(2);
  });

  test('a page is told who would answer, in its language', async () => {
    const [assistant] = await assistants();
    await desk.ai('PATCH', `/assistants/${assistant?.id}`, { greeting: 'Welcome!', greetingByLocale: { de: 'Willkommen!' }, suggestedQuestions: ['Where is my parcel?'] });
    const { body } = await desk.ai('GET', `/opening?brandId=${desk.brand.id}&locale=de-AT`);
    expect(body).toEqual({ assistant: { name: 'Assistant', greeting: 'Willkommen!', suggestedQuestions: ['Where is my parcel?'] } });
    await desk.ai('PATCH', `/assistants/${assistant?.id}`, { mode: 'off' });
    expect((await desk.ai('GET', `/opening?brandId=${desk.brand.id}`)).body).toEqual({ assistant: null });
  });

  test('nobody else', async () => {
    for (const path of ['/assistants', '/connections', '/models', '/settings', '/questions', '/bench/cases', '/turns', '/costs?from=2026-01-01&to=2026-01-02']) {
      expect((await fetch(`${desk.desk.url}/api/plugins/ai${path}`)).status).toBe(401);
    }
    expect((await fetch(`${desk.desk.url}/api/plugins/ai/opening?brandId=${desk.brand.id}`)).status).toBe(200);
  });
});

/** Tells the plugin of a turn's end as the desk's engine does. */
async function fire(desk: AiDesk, { runId, question, contactId }: { runId: string; question: string; contactId: string }): Promise<void> {
  const { db, outbox } = desk.desk.kernel;
  await db.transaction((trx) => outbox.add(trx, {
    kind: 'event', name: 'assistant.turn-ended', payload: {
      conversation: { id: 'd'.repeat(26), brandId: desk.brand.id, departmentId: null, channel: 'chat', contactId }, runId, assistantId: 'a'.repeat(26), status: 'handed-over', reason: 'no-knowledge', confidence: 0, question, locale: 'en',
    },
  }));
  outbox.nudge();
}
