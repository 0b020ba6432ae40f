import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../../tests/support/databases.ts';
import { startModelEndpoint, type ModelEndpoint } from '../../../tests/support/model-endpoint.ts';
import { AiDesk } from './ai-desk.ts';

let desk: AiDesk;
let endpoint: ModelEndpoint;
let key: string;

beforeAll(async () => {
  endpoint = await startModelEndpoint();
  desk = await AiDesk.start({ env: { PLUGBOARD_PLUGINS: 'chat,ai', ALLOW_PRIVATE_NETWORK: endpoint.host } });
  await desk.article('How long a refund takes', 'We pay the refund within 5 working days after your parcel reached us.');
  key = (await desk.call<{ data: { key: string }[] }>('GET', '/api/v1/widgets')).body.data[0]?.key ?? '';
});
afterAll(async () => {
  await desk.stop();
  await endpoint.stop();
});

interface Chat { session_id: string; conversation_id: string; handled_by: 'assistant' | 'human'; message?: { text: string; sources: { title: string; url: string }[] } }

async function chat(message: string, session?: string): Promise<Chat> {
  const response = await fetch(`${desk.desk.url}/api/sdk/chat`, {
    method: 'POST', headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` }, body: JSON.stringify({ message, ...(session ? { session_id: session } : {}) }),
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return await response.json() as Chat;
}

test('a newcomer\'s desk answers at once, with its source, and hands over when asked', async () => {
  const first = await chat('How long does a refund take?');
  expect(first).toMatchObject({ handled_by: 'assistant', message: { text: expect.stringContaining('within 5 working days'), sources: [{ title: 'How long a refund takes' }] } });
  const second = await chat('I want to talk to a human', first.session_id);
  expect(second).toMatchObject({ conversation_id: first.conversation_id, message: { text: expect.stringContaining('colleague') } });
  const answers = await desk.call<{ data: { status: string; reason: string | null }[] }>('GET', `/api/v1/conversations/${first.conversation_id}/answers`);
  expect(answers.body.data.map(({ status, reason }) => [status, reason])).toEqual([['handed-over', 'asked'], ['answered', null]]);
  await eventually('both turns are counted', async () => (await desk.ai<{ data: unknown[] }>('GET', '/turns')).body.data.length === 2);
});

test('an unanswered question reaches the list, and a turn can be asked once more', async () => {
  await chat('Do you repair espresso machines on Mars?');
  await eventually('it is listed', async () => (await desk.ai<{ data: { title: string }[] }>('GET', '/questions')).body.data.some(({ title }) => title.includes('espresso')));
  const { data } = (await desk.ai<{ data: { id: string; outcome: string }[] }>('GET', '/turns')).body;
  const turn = data.find(({ outcome }) => outcome === 'answered');
  expect((await desk.tried(`/turns/${turn?.id}/replay`)).text).toContain('within 5 working days');
});
