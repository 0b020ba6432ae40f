import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Socket } from 'socket.io-client';
import { spawnDesk } from '../support/desk-process.ts';
import { ratioRow, type Figure } from './figure.ts';
import { measureSends, openSocket, type Load } from './load.ts';

const visitors = 200;
const widget = 'website';
const body = 'Hello, my order has not arrived yet. Could you have a look, please?';

async function openAll(open: (index: number) => Promise<Socket>): Promise<Socket[]> {
  const sockets: Socket[] = [];
  for (let index = 0; index < visitors; index += 1) sockets.push(await open(index));
  return sockets;
}

function closeAll(sockets: readonly Socket[]): void {
  for (const socket of sockets) socket.disconnect();
}

/** Socket.IO and one INSERT with a commit of its own, on the same file system. */
async function measureLimit(): Promise<Load> {
  const folder = mkdtempSync(join(tmpdir(), 'pb-bench-'));
  const server = spawn(process.execPath, [join(import.meta.dirname, 'bare-server.ts'), folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = await once(server.stdout, 'data') as [Buffer];
  const sockets = await openAll(() => openSocket(`http://127.0.0.1:${port.toString().trim()}`));
  try {
    return await measureSends(sockets, (socket, conversation) => socket.emitWithAck('send', { cid: crypto.randomUUID(), conversation, body }));
  } finally {
    closeAll(sockets);
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Each visitor comes from an address of its own, so that the limits for strangers hold nobody up. */
async function openVisitor(url: string, index: number): Promise<Socket> {
  const extraHeaders = { 'X-Forwarded-For': `10.${Math.floor(index / 250)}.${index % 250}.7` };
  const response = await fetch(`${url}/widget/${widget}/session`, { method: 'POST', headers: { ...extraHeaders, 'Content-Type': 'application/json' }, body: '{}' });
  if (!response.ok) throw new Error(`no visitor session: ${response.status} ${await response.text()}`);
  const { token } = await response.json() as { token: string };
  return openSocket(`${url}/plugins/chat/visitors`, { auth: { token, widget }, extraHeaders });
}

/** The whole path: policy, guard and filter, one transaction with counters and outbox, acknowledgement after commit. */
async function measureDesk(): Promise<Load> {
  const desk = await spawnDesk({ TRUST_PROXY: '1', NODE_ENV: 'production' });
  const sockets = await openAll((index) => openVisitor(desk.url, index));
  const conversations = new Map<number, string>();
  try {
    return await measureSends(sockets, async (socket, index) => {
      const conversationId = conversations.get(index);
      const answer = await socket.emitWithAck('message:send', { cid: crypto.randomUUID(), body, ...(conversationId ? { conversationId } : {}) }) as { conversationId?: string; error?: { code: string } };
      if (!answer.conversationId) throw new Error(`a message was refused: ${answer.error?.code}`);
      conversations.set(index, answer.conversationId);
    });
  } finally {
    closeAll(sockets);
    await desk.dispose();
  }
}

export const send: Figure = {
  name: 'send',
  async run() {
    const limit = await measureLimit();
    const desk = await measureDesk();
    return [
      ratioRow(`messages accepted, ${visitors} visitors, SQLite`, '/s', desk.perSecond, limit.perSecond, { atLeast: 1 }),
      ratioRow('time to the acknowledgement, p99', 'ms', desk.p99, limit.p99, { atMost: 3 }),
    ];
  },
};
