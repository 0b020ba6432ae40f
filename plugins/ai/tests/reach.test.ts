import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../../../tests/support/databases.ts';
import { createPluginServices } from '../../../core/modules/channels/index.ts';
import { AiDesk, base } from './ai-desk.ts';

describe('somebody who looks after the assistants of one brand', () => {
  let desk: AiDesk;
  let headers: Record<string, string>;
  let other: string;

  beforeAll(async () => {
    desk = await AiDesk.start();
    other = (await desk.call<{ id: string }>('POST', '/api/v1/brands', { name: 'Other', slug: 'other', locale: 'en' })).body.id;
    const role = await desk.call<{ id: string }>('POST', '/api/v1/roles', { name: 'Keeper', scope: 'all', permissions: ['conversations.view', 'ai.manage'] });
    const person = { email: 'keeper@desk.test', password: 'a long enough password' };
    const made = await desk.call('POST', '/api/v1/operators', { name: 'Keeper', ...person, roleId: role.body.id, brandIds: [other] });
    expect([role.status, made.status], JSON.stringify([role.body, made.body])).toEqual([201, 201]);
    headers = await desk.desk.signIn(person);
  });
  afterAll(() => desk?.stop());

  const ask = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(desk.desk.url + base + path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    return { status: response.status, text: await response.text() };
  };

  test('sees nothing that was written in another: turns, replays, questions, cases, guidance', async () => {
    const services = createPluginServices(desk.desk.kernel)({ type: 'plugin', id: 'chat', permissions: new Set(), depth: 1 });
    const contact = await services.contacts.create({ brandId: desk.brand.id, kind: 'anonymous' });
    const [[assistant]] = [(await desk.ai<{ data: { id: string; version: number }[] }>('GET', '/assistants')).body.data] as unknown as [[{ id: string; version: number }]];
    expect((await desk.ai('PATCH', `/assistants/${assistant.id}`, { version: assistant.version, mode: 'answer' })).status).toBe(200);
    await eventually('it answers', async () => JSON.stringify((await desk.call('GET', '/api/v1/assistants')).body).includes('"answer"'));
    await services.receive('chat', { contactId: contact.id, cid: randomUUID(), text: 'Does the Zanzibar warehouse open on Sundays?', open: { assistant: true } });
    const turns = async () => (await desk.ai<{ data: { id: string }[] }>('GET', '/turns')).body.data;
    await eventually('the turn is known', async () => (await turns()).length === 1);
    await eventually('the question is known', async () => (await desk.ai<{ data: unknown[] }>('GET', '/questions')).body.data.length === 1);
    const [turn] = await turns() as [{ id: string }];
    const [question] = (await desk.ai<{ data: { id: string }[] }>('GET', '/questions')).body.data as [{ id: string }];
    const made = await desk.ai<{ id: string }>('POST', '/bench/cases/from-answer', { runId: turn.id, expect: 'hand-over', facts: [] });
    expect(made.status, JSON.stringify(made.body)).toBe(201);

    for (const path of ['/turns', '/questions', '/bench/cases']) expect(JSON.parse((await ask('GET', path)).text)).toMatchObject({ data: [] });
    const answers = [
      await ask('POST', `/turns/${turn.id}/replay`), await ask('GET', `/questions/${question.id}`), await ask('PATCH', `/questions/${question.id}`, { state: 'done' }), await ask('POST', `/questions/${question.id}/draft`, {}),
      await ask('POST', '/bench/cases/from-answer', { runId: turn.id, expect: 'hand-over', facts: [] }), await ask('PATCH', `/bench/cases/${made.body.id}`, { isEnabled: false }), await ask('DELETE', `/bench/cases/${made.body.id}`),
    ];
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
    const tried = (brandId: string) => ask('POST', '/playground', { assistant: { name: 'Robin', mode: 'answer' }, brandId, messages: [{ author: 'contact', text: 'Zanzibar?' }] });
    expect((await tried(desk.brand.id)).status).toBe(400);
    expect((await tried(other)).status).toBe(200);
    expect((await desk.ai('POST', `/turns/${turn.id}/replay`)).status).toBe(200);
    expect(answers.map(({ text }) => text).join('')).not.toContain('Zanzibar');
  });
});
