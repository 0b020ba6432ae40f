import { expect, it } from 'vitest';
import { eventually, forEachDatabase } from '../../../tests/support/databases.ts';
import { AppError } from '../errors.ts';
import { isUniqueViolation } from './database-errors.ts';
import { execute, selectRows } from './statement.ts';

forEachDatabase('Database', (make, engine) => {
  const withTable = async () => {
    const database = await make({ isMigrated: false });
    await database.db.knex.schema.createTable('notes', (table) => {
      table.increments('id');
      table.string('text').unique();
      table.bigInteger('at');
    });
    return database;
  };
  const texts = async (db: Awaited<ReturnType<typeof withTable>>['db']) => (await db.knex('notes').orderBy('id').pluck('text')) as string[];

  it('commits the work of a transaction and takes all of it back when it throws', async () => {
    const { db } = await withTable();
    await db.transaction(async (trx) => { await trx('notes').insert({ text: 'a', at: 1 }); });
    await expect(db.transaction(async (trx) => {
      await trx('notes').insert({ text: 'b', at: 1 });
      throw new Error('no');
    })).rejects.toThrow('no');
    expect(await texts(db)).toEqual(['a']);
  });

  it('lets one of many transactions of the same moment fail alone', async () => {
    const { db } = await withTable();
    const results = await Promise.allSettled(Array.from({ length: 40 }, (_, index) => db.transaction(async (trx) => {
      await trx('notes').insert({ text: `n${index === 7 ? 6 : index}`, at: index });
      return index;
    })));
    const failed = results.filter((result) => result.status === 'rejected');
    expect(failed).toHaveLength(1);
    expect(isUniqueViolation((failed[0] as PromiseRejectedResult).reason)).toBe(true);
    expect(await texts(db)).toHaveLength(39);
  });

  it('settles only after the commit, so that another handle sees it', async () => {
    const database = await withTable();
    const other = await database.open();
    await Promise.all(Array.from({ length: 20 }, async (_, index) => {
      await database.db.transaction(async (trx) => { await trx('notes').insert({ text: `c${index}`, at: 1 }); });
      expect(await other.knex('notes').where({ text: `c${index}` }).first()).toBeDefined();
    }));
  });

  // A file that is not synced loses acknowledged messages with the power; no kill of a process can show that.
  if (engine === 'sqlite') it('has each commit on the disk before it settles', async () => {
    const { db } = await make({ isMigrated: false });
    const pragmas = async (knex: typeof db.knex) => [await selectRows(knex, 'PRAGMA journal_mode'), await selectRows(knex, 'PRAGMA synchronous')];
    const full = [[{ journal_mode: 'wal' }], [{ synchronous: 2 }]];
    expect(await pragmas(db.knex)).toEqual(full);
    expect(await db.transaction((trx) => pragmas(trx))).toEqual(full);
  });

  it('reads on knex inside a transaction without waiting for it', async () => {
    const { db } = await withTable();
    const seen = await db.transaction(async (trx) => {
      await trx('notes').insert({ text: 'inside', at: 1 });
      return (await db.knex('notes').select('id')).length;
    });
    expect(seen).toBe(0);
  });

  it('refuses a transaction inside a transaction instead of waiting for itself', async () => {
    const { db } = await withTable();
    await expect(db.transaction(() => db.transaction(async () => 1))).rejects.toThrow('use the given transaction');
    if (engine === 'sqlite') await expect(db.transaction(() => db.knex('notes').insert({ text: 'x', at: 1 }))).rejects.toThrow('use the given transaction');
    expect(await texts(db)).toEqual([]);
  });

  it('allows nested savepoints on the given transaction', async () => {
    const { db } = await withTable();
    await db.transaction(async (trx) => {
      await trx('notes').insert({ text: 'outer', at: 1 });
      await trx.transaction(async (inner) => {
        await inner('notes').insert({ text: 'inner', at: 1 });
        throw new Error('inner');
      }).catch(() => undefined);
    });
    expect(await texts(db)).toEqual(['outer']);
  });

  it('does not let a late statement of a failed transaction slip into the next one', async () => {
    const { db } = await withTable();
    let late: Promise<unknown> = Promise.resolve();
    await expect(db.transaction(async (trx) => {
      late = new Promise((resolve) => setImmediate(resolve)).then(() => trx('notes').insert({ text: 'late', at: 1 }));
      late.catch(() => undefined);
      throw new Error('gone');
    })).rejects.toThrow('gone');
    await db.transaction(async (trx) => { await trx('notes').insert({ text: 'next', at: 1 }); });
    await expect(late).rejects.toThrow();
    expect(await texts(db)).toEqual(['next']);
  });

  it('runs writes on knex beside transactions', async () => {
    const { db } = await withTable();
    await Promise.all(Array.from({ length: 30 }, (_, index) => index % 2
      ? db.knex('notes').insert({ text: `k${index}`, at: index })
      : db.transaction(async (trx) => { await trx('notes').insert({ text: `k${index}`, at: index }); })));
    expect(await texts(db)).toHaveLength(30);
    await expect(db.knex('notes').insert({ text: 'k1', at: 1 })).rejects.toSatisfy(isUniqueViolation);
  });

  it('runs hand-written statements on knex and in a transaction', async () => {
    const { db } = await withTable();
    const made = await execute(db.knex, 'INSERT INTO notes (text, at) VALUES (?, ?)', ['hand', 1_763_000_000_000]);
    expect(made).toEqual({ changes: 1, id: 1 });
    await db.transaction(async (trx) => {
      expect(await execute(trx, 'UPDATE notes SET text = ? WHERE id = ?', ['made', 1])).toMatchObject({ changes: 1 });
      expect(await selectRows(trx, 'SELECT text, at FROM notes WHERE id = ?', [1])).toEqual([{ text: 'made', at: 1_763_000_000_000 }]);
    });
  });

  it('keeps text of every script and numbers as numbers', async () => {
    const { db } = await withTable();
    await db.knex('notes').insert({ text: 'Grüße 👩‍👩‍👧 مرحبا', at: Number.MAX_SAFE_INTEGER });
    expect(await db.knex('notes').first()).toMatchObject({ text: 'Grüße 👩‍👩‍👧 مرحبا', at: Number.MAX_SAFE_INTEGER });
    const [counted] = await db.knex('notes').count({ count: '*' }).sum({ sum: 'at' });
    expect(counted?.['count']).toBe(1);
  });

  it('sees a table that another handle changed', async () => {
    const database = await withTable();
    const other = await database.open();
    await database.db.knex('notes').insert({ text: 'old', at: 1 });
    await database.db.knex('notes').select('*');
    await other.transaction(async (trx) => { await trx.schema.alterTable('notes', (table) => { table.string('colour').defaultTo('blue'); }); });
    await eventually('the new column is read', async () => ((await database.db.knex('notes').select('*').first()) as { colour?: string }).colour === 'blue');
  });

  it('answers ping, and says 503 once it is closed', async () => {
    const database = await withTable();
    const other = await database.open();
    expect(await other.ping()).toBe(true);
    await other.close();
    expect(await other.ping()).toBe(false);
    await expect(other.transaction(async (trx) => trx('notes').select())).rejects.toBeInstanceOf(Error);
  });

  it('raises Objection-shaped constraint errors', async () => {
    const { wrapError, UniqueViolationError } = await import('db-errors') as { wrapError(error: unknown): unknown; UniqueViolationError: new () => Error };
    const { db } = await withTable();
    await db.knex('notes').insert({ text: 'one', at: 1 });
    const error = await db.knex('notes').insert({ text: 'one', at: 1 }).catch((caught: unknown) => wrapError(caught));
    expect(error).toBeInstanceOf(UniqueViolationError);
    expect(isUniqueViolation(error)).toBe(true);
    expect(error).not.toBeInstanceOf(AppError);
  });
});
