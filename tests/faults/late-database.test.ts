import { afterAll, beforeAll, expect, it } from 'vitest';
import { createConnection } from 'mysql2/promise';
import { eventually } from '../support/databases.ts';
import { spawnDesk, type DeskProcess } from '../support/desk-process.ts';
import { Proxy } from '../support/proxy.ts';
import { startMariaDb, type TestServer } from '../support/servers.ts';
import { Visitor } from '../support/visitor.ts';

let mariadb: TestServer;
let proxy: Proxy;
let desk: DeskProcess | undefined;

beforeAll(async () => {
  mariadb = await startMariaDb();
  const connection = await createConnection(`${mariadb.url}/mysql`);
  await connection.query('CREATE DATABASE desk CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci');
  await connection.end();
  proxy = new Proxy(mariadb.url);
});
afterAll(async () => {
  await desk?.dispose();
  await proxy.close();
  await mariadb.stop();
});

it('waits for a database that is away at the start, and comes up with it', async () => {
  await mariadb.kill();
  const url = (await proxy.open()).replace('http:', 'mysql:').replace('//', '//root@');
  const starting = spawnDesk({ DATABASE_URL: `${url}/desk` });
  await eventually('the desk asked twice', () => proxy.tries >= 2, 20_000);
  await mariadb.restart();
  desk = await starting;
  const visitor = await Visitor.arrive(desk.url);
  expect((await visitor.send('better late')).seq).toBe(1);
  visitor.leave();
}, 90_000);
