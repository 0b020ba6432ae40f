import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOutbound } from '../../../../core/kernel/http/outbound.ts';
import { createHttpApi } from '../../../../core/kernel/plugins/context/http-api.ts';
import { startModelEndpoint, type ModelEndpoint } from '../../../../tests/support/model-endpoint.ts';
import { languageModel } from './sdk-model.ts';
import { streamStep, type StepInput } from './stream-step.ts';

let endpoint: ModelEndpoint;
beforeAll(async () => {
  endpoint = await startModelEndpoint();
  // The libraries load with the first use: that is not the endpoint's time.
  await step();
});
afterAll(() => endpoint.stop());

async function step(more: Partial<StepInput> = {}, allowed = [endpoint.host]) {
  const http = createHttpApi(['http:*'], createOutbound({ allowPrivateNetwork: allowed }), allowed, () => {});
  const model = await languageModel(http, { kind: 'openai-compatible', baseUrl: endpoint.url, apiKey: null }, 'small');
  return streamStep({ model, system: 's', messages: [{ role: 'user', content: 'hi' }], maxOutputTokens: 100, temperature: 0, signal: new AbortController().signal, ...more });
}

test.each(['silence', 'silence-after-start'] as const)('%s ends after the time for the first piece, and its connection with it', async (how) => {
  const before = endpoint.requests.length;
  endpoint.next({ misbehave: how });
  await expect(step({ firstMs: 500 })).rejects.toMatchObject({ name: 'ModelProblem', kind: 'timeout' });
  expect(endpoint.requests.length).toBe(before + 1);
  await expect.poll(() => endpoint.open()).toBe(0);
});

test('a slow drip is read to its end', async () => {
  endpoint.next({ say: 'one piece after the other, slowly', dripMs: 5 });
  const pieces: string[] = [];
  expect(await step({ onText: (text) => void pieces.push(text) })).toMatchObject({ text: 'one piece after the other, slowly', usage: { inputTokens: 100, outputTokens: 20 } });
  expect(pieces.length).toBeGreaterThan(2);
});

test('whoever loses the turn ends the call with their own reason', async () => {
  const mine = new AbortController();
  endpoint.next({ misbehave: 'endless' });
  await expect(step({ signal: mine.signal, onText: () => mine.abort(new Error('somebody else speaks')) })).rejects.toThrow('somebody else speaks');
  await expect.poll(() => endpoint.open()).toBe(0);
});

test('a host of the inside is not reached unless the installation allows it', async () => {
  const before = endpoint.requests.length;
  await expect(step({}, [])).rejects.toMatchObject({ kind: 'not-allowed' });
  expect(endpoint.requests.length).toBe(before);
});
