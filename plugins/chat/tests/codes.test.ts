import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../../../tests/support/databases.ts';
import { Visitor } from '../../../tests/support/visitor.ts';
import type { CodeSent, DetailsAnswer, SessionDto } from '../../../widget/app/wire/visitor-api.ts';
import { VisitorDesk } from './visitor-desk.ts';

const minute = 60_000;

describe.each(['sqlite', 'mariadb'] as const)('codes on %s', (database) => {
  let desk: VisitorDesk;
  let count = 0;
  beforeAll(async () => { desk = await VisitorDesk.start({ database, env: { TRUST_PROXY: 'true' } }); });
  afterAll(() => desk?.stop());

  const fresh = () => `lina${(count += 1)}@example.com`;
  const arrive = async () => (await desk.session()).body.token;
  const ip = () => `203.0.113.${(count += 1) % 250}`;
  const post = <T = Record<string, unknown>>(token: string, path: string, body: unknown, address = ip()) =>
    desk.call<T & { code?: string; retryAfter?: number; triesLeft?: number }>('POST', `/widget/website${path}`, body, { Authorization: `Bearer ${token}`, 'X-Forwarded-For': address });
  const confirm = (token: string, email: string, code: string) => post<SessionDto>(token, '/codes/confirm', { email, code });
  /** Lets time go by for what is stored. */
  const later = async (ms: number) => {
    const { knex } = desk.desk.kernel.db;
    await knex('p_chat_codes').update({ created_at: knex.raw('created_at - ?', [ms]), expires_at: knex.raw('expires_at - ?', [ms]) });
    for (const row of await knex<{ limit_key: string; taken_at: string }>('p_chat_limits')) {
      await knex('p_chat_limits').where({ limit_key: row.limit_key }).update({ taken_at: row.taken_at.split(',').map((time) => Number(time) - ms).join(',') });
    }
  };
  const wrong = (code: string, offset = 1) => ((Number(code) + offset) % 1_000_000).toString().padStart(6, '0');

  test('an address is kept when its code is confirmed, under a new session; the mail has the code and nothing that was typed', async () => {
    const email = fresh();
    const token = await arrive();
    const details = await post<DetailsAnswer>(token, '/details', { name: 'Visit http://evil.test', email: email.toUpperCase() });
    expect(details.body).toMatchObject({ contact: { kind: 'anonymous', email: null, name: 'Visit http://evil.test' }, code: { email, resendAfter: 60, expiresIn: 600 } });
    const mail = await desk.mail(email);
    expect(`${mail.subject} ${mail.text} ${mail.html}`).not.toContain('evil.test');
    const code = await desk.code(email);
    expect(mail.text).toContain(code);
    const done = await confirm(token, email, code);
    expect(done).toMatchObject({ status: 200, body: { isBrief: true, contact: { kind: 'verified', email } } });
    expect(done.body.token).not.toBe(token);
    expect((await post(token, '/details', {})).status).toBe(401);
    expect((await post(done.body.token, '/details', { email })).body).toMatchObject({ code: null, contact: { email } });
    expect((await post(done.body.token, '/details', { email: fresh() })).status).toBe(409);
  });

  test('a code is good once, for ten minutes', async () => {
    const email = fresh();
    const token = await arrive();
    await post(token, '/details', { email });
    const code = await desk.code(email);
    await later(10 * minute + 1);
    expect(await confirm(token, email, code)).toMatchObject({ status: 410, body: { code: 'code_expired' } });
    await post(token, '/codes', { email });
    const second = await desk.code(email, 2);
    const answers = await Promise.all([1, 2, 3].map(() => confirm(token, email, second)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test('200 wrong codes at once use it up: then the right one fails as well', async () => {
    const email = fresh();
    const token = await arrive();
    await post(token, '/details', { email });
    const code = await desk.code(email);
    const answers = await Promise.all(Array.from({ length: 200 }, (_, index) => confirm(token, email, wrong(code, index + 1))));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 400)).toHaveLength(5);
    expect(new Set(statuses)).toEqual(new Set([400, 410]));
    expect(Math.min(...answers.flatMap(({ body }) => body.triesLeft ?? []))).toBe(0);
    expect(await confirm(token, email, code)).toMatchObject({ status: 410, body: { code: 'code_expired' } });
  });

  test('a code is the visitor\'s and the address\'s that it was sent for', async () => {
    const email = fresh();
    const [mine, theirs] = [await arrive(), await arrive()];
    await post(mine, '/details', { email });
    const code = await desk.code(email);
    expect((await confirm(theirs, email, code)).status).toBe(410);
    expect((await confirm(mine, fresh(), code)).status).toBe(410);
    expect((await confirm(mine, email, code)).status).toBe(200);
  });

  test('after Change the first address cannot be confirmed any more, and a new code ends the old', async () => {
    const [first, second] = [fresh(), fresh()];
    const token = await arrive();
    await post(token, '/details', { email: first });
    const old = await desk.code(first);
    await post(token, '/details', { email: second });
    expect((await confirm(token, first, old)).status).toBe(410);
    const one = await desk.code(second);
    await later(minute);
    await post(token, '/codes', { email: second });
    const two = await desk.code(second, 2);
    if (one !== two) expect((await confirm(token, second, one)).status).toBe(400);
    expect((await confirm(token, second, two)).status).toBe(200);
  });

  test('another code comes after a minute, five an hour, however the address is spelled; a reload sends none', async () => {
    const name = `ada${(count += 1)}`;
    const token = await arrive();
    const details = () => post<DetailsAnswer>(token, '/details', { email: `${name}@gmail.com` });
    await details();
    expect((await details()).body.code?.resendAfter).toBeLessThanOrEqual(60);
    const spellings = [`${name}@gmail.com`, `${name.slice(0, 2)}.${name.slice(2)}@gmail.com`, `${name}+1@gmail.com`, `${name.toUpperCase()}@googlemail.com`, ` ${name}@gmail.com`];
    for (const email of spellings) {
      expect(await post(await arrive(), '/codes', { email })).toMatchObject({ status: 429, body: { code: 'rate_limited', retryAfter: expect.any(Number) } });
    }
    for (const email of spellings.slice(1)) {
      await later(minute + 1);
      expect([email, (await post<CodeSent>(token, '/codes', { email })).status]).toEqual([email, 202]);
    }
    await later(minute + 1);
    expect((await post(await arrive(), '/codes', { email: `${name}+6@gmail.com` })).body).toMatchObject({ code: 'rate_limited' });
    await desk.settled();
    expect(desk.postbox.received.filter(({ to }) => to[0]?.toLowerCase().replaceAll('.', '').startsWith(name))).toHaveLength(5);
  });

  test('one network asks for twenty codes an hour, and two at once for one address are one', async () => {
    const network = database === 'sqlite' ? '198.51.100.7' : '198.51.100.8';
    const statuses: number[] = [];
    for (let index = 0; index < 21; index += 1) statuses.push((await post(await arrive(), '/codes', { email: fresh() }, network)).status);
    expect(statuses.filter((status) => status === 202)).toHaveLength(20);
    expect(statuses.at(-1)).toBe(429);
    const email = fresh();
    const tokens = await Promise.all([1, 2, 3, 4].map(arrive));
    const both = await Promise.all(tokens.map((token) => post(token, '/codes', { email })));
    expect(both.filter(({ status }) => status === 202)).toHaveLength(1);
  });

  test('nobody learns whether an address is known, unless the admin wants codes only there', async () => {
    const known = fresh();
    await desk.proved(known);
    const stranger = fresh();
    await later(minute);
    const ask = async (email: string) => {
      const { status, body } = await post<DetailsAnswer>(await arrive(), '/details', { email });
      return { status, body: { ...body, contact: { ...body.contact, id: '' }, code: body.code && { ...(body.code as unknown as CodeSent), email: '' } } };
    };
    expect(await ask(known)).toEqual(await ask(stranger));
    await desk.change({ security: { codes: 'known' } });
    await later(minute);
    expect((await ask(known)).body.code).not.toBeNull();
    expect((await ask(fresh())).body).toMatchObject({ code: null, contact: { kind: 'identified' } });
    await desk.change({ security: { codes: 'always' } });
  });

  test('who confirms an address that is known becomes that person, history and all, and other tabs hear of it', async () => {
    const email = fresh();
    const first = await desk.proved(email);
    const home = await Visitor.arrive(desk.desk.url, 'website', first);
    await home.send('From home');
    const work = await Visitor.arrive(desk.desk.url);
    await work.send('From work');
    await later(minute);
    await post(work.token, '/details', { email });
    let isTold = false;
    work.socket.on('session:changed', () => { isTold = true; });
    const merged = await confirm(work.token, email, await desk.code(email, 2));
    await eventually('the other tab is told', () => isTold);
    expect(merged.body.contactId).toBe(first.contactId);
    const list = await home.socket.timeout(10_000).emitWithAck('conversations:list', {});
    expect(list).toMatchObject({ data: expect.arrayContaining([expect.objectContaining({ id: home.conversationId }), expect.objectContaining({ id: work.conversationId })]) });
    work.leave();
    home.leave();
  });

  test('codes are kept as hashes, and forgotten', async () => {
    const email = fresh();
    await post(await arrive(), '/details', { email });
    const code = await desk.code(email);
    expect(JSON.stringify(await desk.desk.kernel.db.knex('p_chat_codes'))).not.toContain(`"${code}"`);
  });
});
