import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { keys, startSdkDesk, type SdkDesk } from '../../../tests/support/sdk-desk.ts';

const day = 24 * 60 * 60 * 1000;

describe.each(['sqlite', 'mariadb'] as const)('the list of context keys on %s, filled up by strangers', (engine) => {
  let open: SdkDesk;
  let server: string;
  let brand: number;
  beforeAll(async () => {
    open = await startSdkDesk(engine);
    server = (await open.serverKey({ brandId: open.brands.acme })).token;
    brand = (await open.desk.kernel.db.knex('brands').where({ uid: open.brands.acme }).first('id')).id as number;
  });
  afterAll(() => open?.stop());

  const table = () => open.desk.kernel.db.knex<{ brand_id: number; entry_key: string }>('context_keys');
  const has = async (key: string) => await table().where({ brand_id: brand, entry_key: key }).first('entry_key') !== undefined;
  const count = async () => Number((await open.desk.kernel.db.knex('context_keys').where({ brand_id: brand }).count({ rows: '*' }).first())?.rows);
  const say = (key: string, entry: string) => open.post('/api/sdk/context', { user_id: 'u_1', context: { [entry]: { label: entry, type: 'status', value: 1 } } }, key);
  /** Five hundred keys that came one after the other; the eldest two are described. */
  const flood = async (lastSeen: number) => {
    const row = (index: number) => ({ brand_id: brand, entry_key: `junk.${index}`, label: 'x', type: 'custom', description: index < 2 ? 'Ours' : '', first_seen_at: lastSeen + index, last_seen_at: lastSeen + index });
    for (let from = 0; from < 500; from += 100) await open.desk.kernel.db.knex('context_keys').insert(Array.from({ length: 100 }, (_, index) => row(from + index)));
  };
  beforeEach(() => table().delete());

  it('still takes what a server tells: the key that was seen longest ago and that nobody described goes', async () => {
    await flood(Date.now() - day);
    expect((await say(server, 'crm.sync')).status).toBe(200);
    expect([await has('crm.sync'), await has('junk.0'), await has('junk.2'), await has('junk.3'), await count()]).toEqual([true, true, false, true, 500]);
  });

  it('is not changed by one more stranger, but forgets what has not been seen for a week', async () => {
    await flood(Date.now() - day);
    expect((await say(keys.acme, 'more')).status).toBe(200);
    expect([await has('more'), await count()]).toEqual([false, 500]);
    await table().delete();
    await flood(Date.now() - 8 * day);
    expect((await say(keys.acme, 'more.again')).status).toBe(200);
    expect([await has('more.again'), await has('junk.2'), await count()]).toEqual([true, false, 500]);
  });
});
