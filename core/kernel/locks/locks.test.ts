import { expect, it } from 'vitest';
import { eventually, forEachDatabase } from '../../../tests/support/databases.ts';
import { createLocks } from './create-locks.ts';

forEachDatabase('Locks', (make) => {
  const two = async () => {
    const database = await make();
    const other = await database.open();
    return { ...database, mine: createLocks({ ...database, process: 'a' }), theirs: createLocks({ db: other, log: database.log, process: 'b' }) };
  };

  it('lets one process in and tells the other that it is taken', async () => {
    const { mine, theirs } = await two();
    const refused = await mine.run('x', () => theirs.run('x', async () => 'both'));
    expect(refused).toBeUndefined();
    expect(await theirs.run('x', async () => 'free again')).toBe('free again');
  });

  it('waits for its turn and never has two inside', async () => {
    const { mine, theirs } = await two();
    let inside = 0;
    let most = 0;
    const fences = await Promise.all(Array.from({ length: 10 }, (_, index) => (index % 2 ? mine : theirs).run('x', async ({ fence }) => {
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
      return fence;
    }, { waitMs: 20_000 })));
    expect(most).toBe(1);
    expect(new Set(fences).size).toBe(10);
  });

  it('gives the lock away when its lease ended, with a higher fence, and tells the old holder', async () => {
    const { mine, theirs, db } = await two();
    let lost = false;
    const fences: number[] = [];
    await mine.run('x', async ({ fence, signal }) => {
      fences.push(fence);
      await db.knex('locks').update({ expires_at: 1, owner: 'frozen' });
      await theirs.run('x', async (lease) => { fences.push(lease.fence); });
      await eventually('the loss is noticed', () => signal.aborted);
      lost = signal.aborted;
    }, { leaseMs: 150 });
    expect(lost).toBe(true);
    expect(fences).toEqual([1, 2]);
  });

  it('renews a lease that is shorter than its work', async () => {
    const { mine, theirs } = await two();
    await mine.run('x', async ({ signal }) => {
      const end = Date.now() + 500;
      await eventually('half a second of other tries', async () => {
        expect(await theirs.run('x', async () => true)).toBeUndefined();
        return Date.now() > end;
      });
      expect(signal.aborted).toBe(false);
    }, { leaseMs: 150 });
  });

  it('gives the lock back when the work throws', async () => {
    const { mine, theirs } = await two();
    await expect(mine.run('x', async () => { throw new Error('no'); })).rejects.toThrow('no');
    expect(await theirs.run('x', async () => 1)).toBe(1);
  });

  it('takes over a lease from a clock that was set back', async () => {
    const { mine, db } = await two();
    await db.knex('locks').insert({ name: 'x', owner: 'old', fence: 4, expires_at: Date.now() + 86_400_000 });
    expect(await mine.run('x', async ({ fence }) => fence)).toBe(5);
  });
});
