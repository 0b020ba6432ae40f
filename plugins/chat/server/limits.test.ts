import { DatabaseSync } from 'node:sqlite';
import { mailboxOf } from '@plugboard/sdk';
import type { DatabaseApi } from '@plugboard/sdk';
import { expect, test } from 'vitest';
import { Limits, networkOf } from './limits.ts';

test.each([
  ['Ada@Example.com', 'ada@example.com'],
  ['ada+shop@example.com', 'ada@example.com'],
  ['a.d.a@example.com', 'a.d.a@example.com'],
  ['A.d.a+x@GoogleMail.com', 'ada@gmail.com'],
])('%s is the mailbox %s', (address, mailbox) => {
  expect(mailboxOf(address)).toBe(mailbox);
});

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1'],
  ['2001:DB8::6', '2001:db8:0'],
  ['2001:0db8:0001:0002::', '2001:db8:1'],
  ['::1', '0:0:0'],
])('%s is of the network %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

/** The table, in memory: what is asked at once is read at once, before anything is written. */
function memory(): Pick<DatabaseApi, 'dialect' | 'table' | 'query' | 'run'> {
  const db = new DatabaseSync(':memory:');
  db.exec('CREATE TABLE limits (limit_key TEXT PRIMARY KEY, taken_at TEXT, version INTEGER, kept_until INTEGER)');
  const after = async <T>(work: () => T): Promise<T> => {
    await new Promise((resolve) => { setImmediate(resolve); });
    return work();
  };
  return {
    dialect: 'sqlite', table: (name) => name,
    query: <T>(sql: string, bindings: unknown[] = []) => after(() => db.prepare(sql).all(...bindings as string[]) as T[]),
    run: (sql, bindings = []) => after(() => Number(db.prepare(sql).run(...bindings as string[]).changes)),
  };
}

test('as many places are given as there are, however many ask at once', async () => {
  const limits = new Limits(memory() as DatabaseApi);
  const limit = { max: 3, windowMs: 60_000 };
  expect(await limits.take('mail', limit)).toBe(0);
  const waits = await Promise.all(Array.from({ length: 10 }, () => limits.take('mail', limit)));
  expect(waits.filter((wait) => wait === 0)).toHaveLength(2);
  expect(await limits.take('other', limit)).toBe(0);
});
