import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/databases.ts';
import { spawnDesk, type DeskProcess } from '../support/desk-process.ts';
import { checkHistory, readThread } from '../support/history.ts';
import { Operator } from '../support/operator.ts';
import { startMariaDb, startRedis, type TestServer } from '../support/servers.ts';
import { Visitor } from '../support/visitor.ts';
import { scratchDir } from '../support/scratch.ts';

let mariadb: TestServer;
let redis: TestServer;
let dataDir: string;
let first: DeskProcess;
let second: DeskProcess;
let operator: Operator;

beforeAll(async () => {
  [mariadb, redis, dataDir] = await Promise.all([startMariaDb(), startRedis(), scratchDir('pb-cluster-')]);
  const environment = (name: string) => ({ DATABASE_URL: `${mariadb.url}/mysql_desk`, REDIS_URL: redis.url, DATA_DIR: dataDir, PLUGBOARD_PROCESS: name });
  await createDatabase();
  first = await spawnDesk(environment('web-1'));
  second = await spawnDesk(environment('web-2'));
  operator = await Operator.signIn(second.url);
}, 120_000);

afterAll(async () => {
  operator?.leave();
  await Promise.all([first?.dispose(), second?.dispose()]);
  await Promise.all([mariadb?.stop(), redis?.stop()]);
  await rm(dataDir, { recursive: true, force: true });
});

async function createDatabase(): Promise<void> {
  const { createConnection } = await import('mysql2/promise');
  const connection = await createConnection(`${mariadb.url}/mysql`);
  await connection.query('CREATE DATABASE mysql_desk CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci');
  await connection.end();
}

const seenBy = (visitor: Visitor): string[] => [...visitor.seen.values()].filter((message) => !message.isMine && message.kind === 'reply').map((message) => message.body.text);

describe('two processes on MariaDB and Redis', () => {
  it('carry messages, answers and typing from one to the other; a note stays inside', async () => {
    const visitor = await Visitor.arrive(first.url);
    await visitor.send('written at the first');
    const id = visitor.conversationId ?? '';
    await eventually('the operator at the second hears it', () => operator.heard(id).includes('written at the first'));
    expect((await operator.reply(id, 'only for us', 'note')).status).toBe(201);
    expect((await operator.reply(id, 'answered at the second')).status).toBe(201);
    await eventually('the visitor at the first sees the answer', () => seenBy(visitor).includes('answered at the second'));
    visitor.socket.emit('typing', { conversationId: id, isTyping: true }, () => {});
    await eventually('typing crosses', () => operator.typing.some((entry) => entry.conversationId === id && entry.isTyping));
    await visitor.sync();
    expect(JSON.stringify([...visitor.seen.values()])).not.toContain('only for us');
    visitor.leave();
  });

  it('goes on while Redis is away, and when it comes back', async () => {
    const visitor = await Visitor.arrive(first.url);
    await visitor.send('before');
    await redis.kill();
    await visitor.send('while Redis is away');
    const id = visitor.conversationId ?? '';
    await eventually('the other process finds it in the database', () => operator.heard(id).includes('while Redis is away'), 20_000);
    expect((await operator.reply(id, 'answered without Redis')).status).toBe(201);
    await eventually('the answer arrives', () => seenBy(visitor).includes('answered without Redis'), 20_000);
    await redis.restart();
    await visitor.send('and back');
    await eventually('the operator hears it', () => operator.heard(id).includes('and back'), 20_000);
    checkHistory(visitor, await readThread(second.url, operator.headers, id), ['answered without Redis']);
    visitor.leave();
  }, 90_000);

  it('loses nothing when the database is killed and comes back', async () => {
    const visitors = await Promise.all([first, second, first, second].map(({ url }) => Visitor.arrive(url)));
    const sending = Promise.all(visitors.map(async (visitor, index) => {
      for (let n = 1; n <= 30; n += 1) await visitor.send(`database ${index} ${n}`);
    }));
    await eventually('some are stored', () => visitors.every((visitor) => visitor.sent.length > 5));
    await mariadb.kill();
    await eventually('the desk says that it is not ready', async () => (await fetch(`${first.url}/readyz`)).status === 503, 20_000);
    await mariadb.restart();
    await sending;
    for (const visitor of visitors) {
      checkHistory(visitor, await readThread(second.url, operator.headers, visitor.conversationId ?? ''));
      visitor.leave();
    }
  }, 120_000);

  it('switches chat off and on, on both, while people write', async () => {
    const visitors = await Promise.all([first, second].map(({ url }) => Visitor.arrive(url)));
    const sending = Promise.all(visitors.map(async (visitor, index) => {
      for (let n = 1; n <= 60; n += 1) await visitor.send(`toggle ${index} ${n}`);
    }));
    await eventually('some are stored', () => visitors.every((visitor) => visitor.sent.length > 5));
    const off = await operator.call('PUT', '/plugins/chat/activation', { active: false });
    expect(off.status).toBe(200);
    expect((off.body as unknown as { instances: { phase: string }[] }).instances.map(({ phase }) => phase)).toEqual(['idle', 'idle']);
    for (const { url } of [first, second]) {
      expect((await fetch(`${url}/widget/website`)).status).toBe(503);
      expect(await (await fetch(`${url}/widget.js`)).text()).not.toContain('launcher');
    }
    expect((await operator.call('PUT', '/plugins/chat/activation', { active: true })).status).toBe(200);
    await sending;
    for (const visitor of visitors) {
      checkHistory(visitor, await readThread(second.url, operator.headers, visitor.conversationId ?? ''));
      visitor.leave();
    }
  }, 90_000);

  it('restarts one after the other under load', async () => {
    const visitor = await Visitor.arrive(first.url);
    const sending = (async () => { for (let n = 1; n <= 80; n += 1) await visitor.send(`rolling ${n}`); })();
    await eventually('it began', () => visitor.sent.length > 10);
    visitor.moveTo(second.url);
    await first.kill('SIGTERM');
    await first.start();
    visitor.moveTo(first.url);
    await second.kill('SIGTERM');
    await second.start();
    await sending;
    checkHistory(visitor, await readThread(first.url, operator.headers, visitor.conversationId ?? ''));
    visitor.leave();
  }, 90_000);
});
