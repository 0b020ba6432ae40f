import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { io as connect, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { createLog } from '../log/log.ts';
import { loadI18n } from '../i18n/load-i18n.ts';
import { dispatchEvents, type SocketEvent } from './dispatch.ts';

const server = createServer();
const io = new Server(server);
let client: Socket;

const events = new Map<string, SocketEvent>([
  ['double', { input: z.strictObject({ value: z.number() }), handle: async (input) => ({ value: (input as { value: number }).value * 2 }) }],
  ['refuse', { input: z.unknown(), handle: async () => { throw new AppError(409, 'stale', { version: 3 }); } }],
  ['break', { input: z.unknown(), handle: async () => { throw new TypeError('secret detail'); } }],
]);

beforeAll(async () => {
  const i18n = await loadI18n(new URL('../../../locales', import.meta.url).pathname);
  io.on('connection', (socket) => dispatchEvents(socket, (name) => events.get(name), { i18n, log: createLog({ level: 'silent', isPretty: false }), locale: 'en' }));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => io.close());

async function open(): Promise<Socket> {
  client = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { transports: ['websocket'], forceNew: true });
  await new Promise<void>((resolve) => client.once('connect', () => resolve()));
  return client;
}

describe('dispatchEvents', () => {
  it('answers a known event through its acknowledgement', async () => {
    const socket = await open();
    expect(await socket.emitWithAck('double', { value: 21 })).toEqual({ value: 42 });
    socket.close();
  });

  it.each([
    ['an input that does not fit', 'double', { value: 'x' }, 'invalid'],
    ['a refusal', 'refuse', {}, 'stale'],
    ['a fault of ours, without its detail', 'break', {}, 'internal'],
    ['an event that nobody knows', 'nothing', {}, 'not_found'],
    ['__proto__', '__proto__', {}, 'not_found'],
    ['constructor', 'constructor', {}, 'not_found'],
  ])('tells %s', async (_name, event, input, code) => {
    const socket = await open();
    const answer = await socket.emitWithAck(event, input) as { error: { code: string; message: string } };
    expect(answer.error.code).toBe(code);
    expect(JSON.stringify(answer)).not.toContain('secret detail');
    socket.close();
  });

  it('lets a burst of forty through and tells the rest to slow down', async () => {
    const socket = await open();
    const answers = await Promise.all(Array.from({ length: 200 }, () => socket.emitWithAck('double', { value: 1 }) as Promise<{ error?: { code: string } }>));
    const refused = answers.filter((answer) => answer.error);
    expect(refused.length).toBeGreaterThan(10);
    expect(refused.every((answer) => answer.error?.code === 'rate_limited')).toBe(true);
    expect(answers.length - refused.length).toBeGreaterThanOrEqual(40);
    socket.close();
  });
});
