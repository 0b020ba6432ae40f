import { expect, it } from 'vitest';
import { eventually, forEachDatabase } from '../../../tests/support/databases.ts';
import { JobStore, type JobRow } from './job-store.ts';

forEachDatabase('JobStore', (make) => {
  it('lets only the process that holds a job now end it', async () => {
    const database = await make();
    const late = new JobStore(database.db, 1);
    const now = new JobStore(await database.open(), 60_000);
    await late.insert(database.db.knex, 'work', { n: 1 }, { id: 'one' });
    const [lost] = await late.claim('late', 1, 'work') as [JobRow];
    let taken: JobRow | undefined;
    await eventually('the lease is over and another takes it', async () => {
      [taken] = await now.claim('now', 1, 'work');
      return taken !== undefined;
    });
    await late.finish(lost);
    await late.putBack(lost, 0, 0);
    await late.fail(lost, new Error('too late'));
    expect(await late.renew(['late'])).toEqual(new Set());
    expect(await now.renew(['now'])).toEqual(new Set([lost.id]));
    expect(await now.dueNames(['work'])).toEqual([]);
    expect(await now.failed(10)).toEqual([]);
    await now.finish(taken as JobRow);
    expect(await now.waiting('')).toBe(0);
  });
});
