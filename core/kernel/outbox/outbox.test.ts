import { expect, it } from 'vitest';
import { eventually, forEachDatabase, type TestDatabase } from '../../../tests/support/databases.ts';
import { createLocalBus } from '../bus/create-bus.ts';
import type { Database } from '../db/database.ts';
import { createOutbox } from './create-outbox.ts';
import type { Outbox, OutboxEntry } from './outbox.ts';

forEachDatabase('Outbox', (make, engine) => {
  const outboxOf = ({ log }: TestDatabase, db: Database, options: { leaseMs?: number; keepMs?: number } = {}) => {
    const outbox = createOutbox({ db, bus: createLocalBus(log), log, process: 'test', ...options });
    const broadcasts: OutboxEntry[] = [];
    const events: OutboxEntry[] = [];
    outbox.onBroadcast(async (entry) => void broadcasts.push(entry));
    outbox.onEvent(async (entry) => void events.push(entry));
    return { outbox, broadcasts, events };
  };
  const write = (db: Database, outbox: Outbox, kind: OutboxEntry['kind'], payload: Record<string, unknown>) =>
    db.transaction((trx) => outbox.add(trx, { kind, name: 'thing.happened', payload }));
  const rows = async (db: Database, table: string) => (await db.knex(table).select('id')).length;

  it.concurrent('tells what was committed, and nothing of a transaction that failed', async () => {
    const database = await make();
    const { outbox, broadcasts, events } = outboxOf(database, database.db);
    await outbox.start();
    await expect(database.db.transaction(async (trx) => {
      await outbox.add(trx, { kind: 'broadcast', name: 'never', payload: {} });
      await outbox.add(trx, { kind: 'event', name: 'never', payload: {} });
      throw new Error('no');
    })).rejects.toThrow('no');
    await write(database.db, outbox, 'broadcast', { conversationId: 'c', n: 1 });
    await write(database.db, outbox, 'event', { conversationId: 'c', n: 2 });
    outbox.nudge();
    await eventually('both are told', () => broadcasts.length === 1 && events.length === 1);
    expect(broadcasts[0]).toMatchObject({ kind: 'broadcast', name: 'thing.happened', payload: { conversationId: 'c', n: 1 } });
    expect(events[0]?.eventId).toMatch(/^[a-z2-7]{26}$/);
    await eventually('the event is gone', async () => (await rows(database.db, 'outbox')) === 0);
    await outbox.stop();
  });

  it.concurrent('gives each broadcast to every process and each event to one, without any hint', async () => {
    const database = await make();
    const other = await database.open();
    const [mine, theirs] = [outboxOf(database, database.db), outboxOf(database, other)];
    await Promise.all([mine.outbox.start(), theirs.outbox.start()]);
    await Promise.all(Array.from({ length: 60 }, async (_, n) => {
      await write(n % 2 ? database.db : other, mine.outbox, 'broadcast', { conversationId: `c${n % 5}`, n });
      await write(n % 2 ? database.db : other, mine.outbox, 'event', { conversationId: `c${n % 5}`, n });
    }));
    await eventually('all are told', () => mine.broadcasts.length >= 60 && theirs.broadcasts.length >= 60 && mine.events.length + theirs.events.length >= 60, 75_000);
    const numbers = (entries: OutboxEntry[]) => entries.map((entry) => Number(entry.payload['n'])).sort((a, b) => a - b);
    const expected = Array.from({ length: 60 }, (_, n) => n);
    expect(numbers(mine.broadcasts)).toEqual(expected);
    expect(numbers(theirs.broadcasts)).toEqual(expected);
    expect(numbers([...mine.events, ...theirs.events])).toEqual(expected);
    await Promise.all([mine.outbox.stop(), theirs.outbox.stop()]);
  });

  it.concurrent('keeps the order of a conversation, also when a handler fails at first', async () => {
    const database = await make();
    const { outbox } = outboxOf(database, database.db);
    const told: number[] = [];
    let failures = 2;
    outbox.onBroadcast(async ({ payload }) => {
      if (payload['n'] === 3 && failures-- > 0) throw new Error('not yet');
      told.push(Number(payload['n']));
    });
    await outbox.start();
    for (let n = 0; n < 10; n += 1) await write(database.db, outbox, 'broadcast', { conversationId: 'c', n });
    outbox.nudge();
    await eventually('all are told', () => told.length === 10);
    expect(told).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    await outbox.stop();
  });

  it.concurrent('tries an event again and meanwhile tells those of other conversations', async () => {
    const database = await make();
    const { outbox } = outboxOf(database, database.db);
    const told: string[] = [];
    let failures = 3;
    outbox.onEvent(async ({ payload }) => {
      if (payload['conversationId'] === 'bad' && failures-- > 0) throw new Error('not yet');
      told.push(String(payload['conversationId']));
    });
    await outbox.start();
    await write(database.db, outbox, 'event', { conversationId: 'bad' });
    for (let n = 0; n < 5; n += 1) await write(database.db, outbox, 'event', { conversationId: `good${n}` });
    outbox.nudge();
    await eventually('all are told', () => told.length === 6);
    expect(told.at(-1)).toBe('bad');
    await eventually('drained', async () => (await rows(database.db, 'outbox')) === 0);
    await outbox.stop();
  });

  it.concurrent('takes over the events of a process that died, and fences it off', async () => {
    const database = await make();
    await database.db.knex('outbox').insert({ event_id: 'e', name: 'thing.happened', payload: '{}', created_at: 1, available_at: Date.now() + 300, claim_token: 'dead' });
    const { outbox, events } = outboxOf(database, database.db);
    await outbox.start();
    await eventually('told by the other', () => events.length === 1);
    expect(await database.db.knex('outbox').where({ claim_token: 'dead' }).delete()).toBe(0);
    await outbox.stop();
  });

  it.concurrent('leaves an event alone that another process has taken meanwhile, however its own attempt ends', async () => {
    const database = await make();
    const { outbox } = outboxOf(database, database.db);
    const taken = { claim_token: 'another', available_at: Date.now() + 600_000 };
    outbox.onEvent(async ({ eventId, payload }) => {
      if (payload['end'] === 'undisturbed') return;
      await database.db.knex('outbox').where({ event_id: eventId }).update(taken);
      if (payload['end'] === 'fails') throw new Error('failed');
    });
    for (const end of ['done', 'fails', 'undisturbed']) await write(database.db, outbox, 'event', { conversationId: end, end });
    await outbox.start();
    await eventually('what was its own is gone', async () => (await rows(database.db, 'outbox')) <= 2);
    await outbox.stop();
    expect(await database.db.knex('outbox').select('claim_token', 'available_at')).toEqual([taken, taken]);
  });

  it.concurrent('renews the lease of an event whose handler is slow', async () => {
    const database = await make();
    const other = await database.open();
    const [mine, theirs] = [outboxOf(database, database.db, { leaseMs: 300 }), outboxOf(database, other, { leaseMs: 300 })];
    let calls = 0;
    const release = Promise.withResolvers<void>();
    const handler = async () => {
      calls += 1;
      await release.promise;
    };
    mine.outbox.onEvent(handler);
    theirs.outbox.onEvent(handler);
    await Promise.all([mine.outbox.start(), theirs.outbox.start()]);
    await write(database.db, mine.outbox, 'event', {});
    mine.outbox.nudge();
    const leases = new Set<number>();
    await eventually('the lease was renewed again and again', async () => {
      const row = await database.db.knex<{ available_at: number }>('outbox').first('available_at');
      if (row && calls > 0) leases.add(Number(row.available_at));
      return leases.size >= 4;
    });
    release.resolve();
    await eventually('handled', async () => (await rows(database.db, 'outbox')) === 0);
    expect(calls).toBe(1);
    await Promise.all([mine.outbox.stop(), theirs.outbox.stop()]);
  });

  it.concurrent('keeps the order of the rows of one transaction, and drops those of a savepoint that was taken back', async () => {
    const database = await make();
    const { outbox, broadcasts, events } = outboxOf(database, database.db);
    await outbox.start();
    const row = (n: number) => ({ kind: 'broadcast' as const, name: 'thing.happened', payload: { conversationId: 'c', n } });
    await database.db.transaction(async (trx) => {
      for (let n = 0; n < 3; n += 1) await outbox.add(trx, row(n));
      await outbox.add(trx, { ...row(3), kind: 'event' });
      await trx.transaction(async (inner) => {
        await outbox.add(inner, row(99));
        throw new Error('taken back');
      }).catch(() => undefined);
    });
    outbox.nudge();
    await eventually('told', () => broadcasts.length === 3 && events.length === 1);
    expect(broadcasts.map((entry) => entry.payload['n'])).toEqual([0, 1, 2]);
    await outbox.stop();
  });

  // SQLite has one writer: there rows become visible in the order of their ids.
  if (engine === 'mariadb') it.concurrent('finds a row that became visible after rows with higher ids', async () => {
    const database = await make();
    const other = await database.open();
    const { outbox, broadcasts } = outboxOf(database, database.db);
    await write(database.db, outbox, 'broadcast', { n: 0 });
    await outbox.start();
    const late = JSON.stringify({ conversationId: 'a', n: 1 });
    await other.transaction(async (trx) => {
      await trx('broadcasts').insert({ event_id: 'late', name: 'late', payload: late, created_at: 1 });
      await outbox.add(database.db.knex, { kind: 'broadcast', name: 'early', payload: { conversationId: 'b', n: 2 } });
      outbox.nudge();
      await eventually('the later one is told first', () => broadcasts.length === 1);
    });
    await eventually('the earlier one is told too', () => broadcasts.length === 2);
    for (let n = 3; n <= 8; n += 1) {
      await write(database.db, outbox, 'broadcast', { n });
      outbox.nudge();
      await eventually('the next is told', () => broadcasts.at(-1)?.payload['n'] === n);
    }
    expect(broadcasts.map((entry) => entry.payload['n'])).toEqual([2, 1, 3, 4, 5, 6, 7, 8]);
    await outbox.stop();
  });

  it.concurrent('deletes broadcasts that every process has had the time to read', async () => {
    const database = await make();
    const { outbox, broadcasts } = outboxOf(database, database.db, { keepMs: 200 });
    await outbox.start();
    for (let n = 0; n < 5; n += 1) await write(database.db, outbox, 'broadcast', { n });
    outbox.nudge();
    await eventually('told', () => broadcasts.length === 5);
    await eventually('deleted', async () => (await rows(database.db, 'broadcasts')) === 0);
    await write(database.db, outbox, 'broadcast', { n: 6 });
    outbox.nudge();
    await eventually('goes on after the table was empty', () => broadcasts.length === 6);
    await outbox.stop();
  });
});
