import type { AssistantAnswer, AssistantTurn, PluginContext, PluginDefinition, PluginManifest, TurnCall } from '../index.ts';
import { createTestHost, type TestHost, type TestHostOptions } from './create-test-host.ts';
import type { ConformanceCheck } from './conformance.ts';

export interface AssistantConformanceOptions<M extends PluginManifest> extends Omit<TestHostOptions<M>, 'plugin'> {
  /** What has to be there before a turn: tables, settings, an assistant. */
  prepare?(ctx: PluginContext): Promise<void>;
}

const id = (letter: string): string => letter.repeat(26);

/** A turn about nothing in particular. */
export function sampleTurn(more: Partial<AssistantTurn> = {}): AssistantTurn {
  const createdAt = '2026-01-01T00:00:00.000Z';
  return {
    runId: id('a'), assistantId: id('a'), mode: 'answer', answers: 0, tools: [], decided: [],
    conversation: { id: id('b'), brandId: id('c'), channel: 'chat', departmentId: null, subject: null, locale: 'en', isTicket: false, createdAt, meta: {} },
    contact: { id: id('d'), kind: 'anonymous', name: null, locale: 'en', traits: {}, company: null, context: [] },
    messages: [{ seq: 1, author: 'contact', name: '', text: 'How do I change my address?', attachments: [], createdAt }],
    ...more,
  };
}

/** What every provider of assistants must hold: `for (const check of assistantConformance(plugin)) it(check.name, check.run)` */
export function assistantConformance<M extends PluginManifest>(plugin: PluginDefinition<M>, { prepare, ...options }: AssistantConformanceOptions<M> = {}): ConformanceCheck[] {
  const within = (work: (host: TestHost) => Promise<void>) => async (): Promise<void> => {
    const host = await createTestHost({ ...options, plugin });
    try {
      await prepare?.(host.ctx);
      await work(host);
    } finally {
      await host.dispose();
    }
  };
  return [
    { name: 'it registers an assistant', run: within(async (host) => assert(host.registered.assistants.size > 0, 'no assistant was registered')) },
    { name: 'its accounts have stable ids and fit the desk', run: within(accountsFit) },
    { name: 'a turn ends with an answer, a hand-over, or nothing to say', run: within(async (host) => each(host, async (turn) => fits(await answer(host, turn)))) },
    { name: 'a turn that was lost is left alone', run: within(async (host) => each(host, async (turn) => endsWhenLost(host, turn))) },
  ];
}

function assert(holds: boolean, message: string): void {
  if (!holds) throw new Error(message);
}

const call = (more: Partial<TurnCall> = {}): TurnCall => ({
  signal: new AbortController().signal, actor: { type: 'system', id: null }, locale: 'en', emit: async () => {}, callTool: async () => ({ status: 'refused', reason: 'there is no tool' }), ...more,
});

const provided = (host: TestHost) => [...host.registered.assistants.values()][0];

async function accountsFit(host: TestHost): Promise<void> {
  const read = async () => await provided(host)?.accounts?.(call()) ?? [];
  const accounts = await read();
  assert(new Set(accounts.map((account) => account.id)).size === accounts.length, 'two accounts have one id');
  for (const { name, mode, avatar } of accounts) {
    assert(name.trim() !== '' && name.length <= 200, 'an account has a name of at most 200 characters');
    assert(['off', 'suggest', 'answer'].includes(mode), `${String(mode)} is no mode`);
    assert(!avatar || (/^data:image\/(png|jpeg|webp);base64,/.test(avatar) && avatar.length <= 88_000), 'a picture is a data URL of at most 64 KB');
  }
  assert(JSON.stringify((await read()).map((account) => account.id)) === JSON.stringify(accounts.map((account) => account.id)), 'the ids of accounts change');
}

const turns: Partial<AssistantTurn>[] = [
  {}, { mode: 'suggest' }, { messages: [] }, { messages: [{ seq: 1, author: 'contact', name: '', text: '', attachments: [{ name: 'a.png', type: 'image/png' }], createdAt: '2026-01-01T00:00:00.000Z' }] },
  { messages: [{ seq: 1, author: 'contact', name: '', text: '😀 \u202e <img src=x onerror=alert(1)> ' + 'x'.repeat(5_000), attachments: [], createdAt: '2026-01-01T00:00:00.000Z' }] },
];

async function each(host: TestHost, work: (turn: AssistantTurn) => Promise<void>): Promise<void> {
  const [account] = await provided(host)?.accounts?.(call()) ?? [];
  for (const [index, more] of turns.entries()) await work(sampleTurn({ runId: id('abcdefgh'[index] ?? 'z'), ...(account ? { assistantId: account.id } : {}), ...more }));
}

const answer = (host: TestHost, turn: AssistantTurn, more: Partial<TurnCall> = {}): Promise<AssistantAnswer> => {
  const provider = provided(host);
  if (!provider) throw new Error('no assistant was registered');
  return provider.answer(turn, call(more));
};

function fits({ text, confidence, sources = [], handOver }: AssistantAnswer): void {
  assert(typeof text === 'string' && [...text].length <= 10_000, 'an answer is text of at most 10 000 code points');
  assert(confidence === undefined || (confidence >= 0 && confidence <= 100), 'confidence lies between 0 and 100');
  assert(sources.every(({ url }) => url === null || /^https?:\/\//.test(url)), 'a source has a web address or none');
  assert(!/<(script|img|iframe)\b/i.test(text), 'an answer holds no HTML');
  assert(handOver === undefined || typeof handOver.reason === 'string', 'a hand-over says why');
}

/** `emit` throws once somebody else speaks: the turn then ends with that throw, or with an answer that the desk keeps as a draft. */
async function endsWhenLost(host: TestHost, turn: AssistantTurn): Promise<void> {
  const lost = new Error('the turn was lost');
  await answer(host, turn, { emit: async () => { throw lost; } }).then(fits, (error: unknown) => assert(error === lost, `another error came out: ${String(error)}`));
}
