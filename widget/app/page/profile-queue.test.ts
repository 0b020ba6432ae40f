import { beforeEach, expect, test } from 'vitest';
import { RequestError } from '../wire/request-error.ts';
import type { Session } from '../wire/session.ts';
import type { ProfileBody } from '../wire/visitor-api.ts';
import { ProfileQueue } from './profile-queue.ts';

let sent: ProfileBody[];
let problems: RequestError[];
let refused: string[];
let planned: (() => void)[];
let session: { token: string | null; ensure(): Promise<string>; know(): void };
let queue: ProfileQueue;

beforeEach(() => {
  [sent, problems, refused, planned] = [[], [], [], []];
  session = { token: null, ensure: async () => (session.token ??= 'token'), know: () => undefined };
  queue = new ProfileQueue({
    session: session as unknown as Session,
    http: {
      async call<T>(_method: string, _path: string, body?: unknown): Promise<T> {
        const problem = problems.shift();
        if (problem) throw problem;
        sent.push(body as ProfileBody);
        return { contact: {}, isTrusted: false } as T;
      },
    },
    onRefused: ({ code }) => refused.push(code), schedule: (run) => { planned.push(run); },
  });
});
const run = async () => {
  for (const work of planned.splice(0)) work();
  await new Promise((resolve) => { setImmediate(resolve); });
};

test('calls in a row become one request; the last value of a key wins', async () => {
  queue.add({ userId: 'u', traits: { a: 1, b: 1 } });
  queue.add({ traits: { b: 2 } });
  queue.add({ context: { x: 1, y: 1 } });
  queue.add({ context: { x: null } });
  await run();
  expect(sent).toEqual([{ userId: 'u', traits: { a: 1, b: 2 }, context: { x: null, y: 1 } }]);
});

test('clearing all drops what was set before, not what comes after', async () => {
  queue.add({ context: { x: 1 } });
  queue.add({ context: null });
  await run();
  queue.add({ context: { y: 1 } });
  await run();
  expect(sent).toEqual([{ context: null }, { context: { y: 1 } }]);
});

test('events keep their order, one each', async () => {
  for (const name of ['a', 'b', 'c']) queue.add({ event: { name } });
  await run();
  expect(sent.map(({ event }) => event?.name)).toEqual(['a', 'b', 'c']);
});

test('what does not matter by itself waits for a session', async () => {
  queue.add({ page: { url: 'https://a.test/', title: 'A' } }, false);
  await run();
  expect(sent).toEqual([]);
  session.token = 'token';
  queue.plan();
  await run();
  expect(sent).toEqual([{ page: { url: 'https://a.test/', title: 'A' } }]);
});

test('a failure that passes loses nothing, and what was said meanwhile is newer', async () => {
  problems = [new RequestError('unreachable')];
  queue.add({ traits: { a: 1, b: 1 }, event: { name: 'one' } });
  await run();
  queue.add({ traits: { b: 2 } });
  await run();
  expect(sent).toEqual([{ traits: { a: 1, b: 2 }, event: { name: 'one' } }]);
});

test('a refusal is told and does not stop the others', async () => {
  problems = [new RequestError('invalid')];
  queue.add({ traits: { a: 1 }, event: { name: 'one' } });
  queue.add({ event: { name: 'two' } });
  await run();
  expect(refused).toEqual(['invalid']);
  expect(sent).toEqual([{ event: { name: 'two' } }]);
});

test('what was said of one user is not said of the next', async () => {
  queue.add({ userId: 'one', traits: { secret: 1 } });
  queue.add({ userId: 'two', traits: { a: 1 } });
  await run();
  expect(sent).toEqual([{ userId: 'two', traits: { a: 1 } }]);
});
