import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keys, startSdkDesk, type SdkDesk } from '../../../tests/support/sdk-desk.ts';

describe.each(['sqlite', 'mariadb'] as const)('odd input from customers\' pages and servers, on %s', (engine) => {
  let open: SdkDesk;
  let server: string;
  beforeAll(async () => {
    open = await startSdkDesk(engine);
    server = (await open.serverKey({ brandId: open.brands.acme })).token;
  });
  afterAll(() => open?.stop());

  const identify = (key: string, body: object | string) => open.post('/api/sdk/users/identify', body, key);
  const contacts = async () => Number((await open.desk.kernel.db.knex('contacts').count({ rows: '*' }).first())?.rows);

  it('an id with half a character in it is one person, however often it comes', async () => {
    const bodies = await Promise.all([1, 2].map(() => identify(server, '{"user_id":"half \\ud800 one"}')));
    expect(bodies.map(({ status }) => status)).toEqual([200, 200]);
    expect((await identify(server, '{"user_id":"half \\ud800 one"}')).body).toMatchObject({ created: false, contact_id: bodies[0]?.body.contact_id });
    expect((await open.post('/api/sdk/companies/identify', '{"company_id":"half \\udc00"}', server)).status).toBe(200);
    expect((await open.post('/api/sdk/companies/identify', '{"company_id":"half \\udc00"}', server)).status).toBe(200);
  });

  it('an id of nothing but NUL or blanks is none, and leaves nothing behind', async () => {
    const before = await contacts();
    for (const key of [server, keys.acme]) {
      for (const user_id of ['\u0000', ' \u0000 ', '']) expect((await identify(key, { user_id })).status).toBe(400);
    }
    expect(await contacts()).toBe(before);
    const plain = await identify(server, { user_id: 'u_nul' });
    expect((await identify(server, { user_id: ' u_nul \u0000' })).body.contact_id).toBe(plain.body.contact_id);
  });

  it('names, traits and entries of any character are kept, or refused by name; never an error of ours', async () => {
    const odd = '\ud83d\ude00\u202e\u0000\ufdd0\ud800\u2028';
    const bodies = [
      { user_id: odd, traits: { name: odd, [odd]: odd, deep: { a: [[[[[[[[odd]]]]]]]] } }, context: { odd: { label: odd, type: 'list', value: [odd] } } },
      { user_id: 'o_2', traits: { email: odd, locale: odd, signed_up_at: odd, time_zone: odd } },
      { user_id: 'o_3', traits: Object.fromEntries(Array.from({ length: 900 }, (_, index) => [`k${index}`, index])) },
      { user_id: 'o_4', context: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, { label: 'x', type: 'metric', value: 1 }])) },
      `{"user_id":"o_5","traits":{"__proto__":{"isAdmin":true}}}`,
      `{"user_id":"o_6","traits":{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}}`,
      { user_id: 'o_7', traits: { big: 'x'.repeat(21_000) } },
    ];
    const statuses: number[] = [];
    for (const body of bodies) for (const key of [server, keys.acme]) statuses.push((await identify(key, body)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 400, 400, 400, 400, 400, 400, 413, 413]);
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });
});
