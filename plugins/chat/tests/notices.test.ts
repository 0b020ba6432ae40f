import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { firstOperator } from '../../../tests/support/desk-process.ts';
import { Visitor } from '../../../tests/support/visitor.ts';
import { sign, VisitorDesk } from './visitor-desk.ts';

const hour = 3_600_000;

describe.each(['sqlite', 'mariadb'] as const)('notices by mail on %s', (database) => {
  let desk: VisitorDesk;
  let secret: string;
  let count = 0;
  beforeAll(async () => {
    desk = await VisitorDesk.start({ database });
    secret = await desk.secret();
  });
  afterAll(() => desk?.stop());

  const knex = () => desk.desk.kernel.db.knex;
  const delay = (seconds: number) => desk.change({ notifications: { operators: { delaySeconds: seconds }, users: { delaySeconds: seconds } } });
  const arrive = async (email?: string) => {
    if (email === undefined) return Visitor.arrive(desk.desk.url);
    const { body } = await desk.session({ userToken: sign({ user_id: email, email, name: 'Lina' }, secret) });
    return Visitor.arrive(desk.desk.url, 'website', body);
  };
  const fresh = () => `reader${(count += 1)}@example.com`;
  const answer = async (visitor: Visitor, body: string, kind = 'reply') => {
    const response = await desk.asAdmin('POST', `/api/v1/conversations/${visitor.conversationId}/messages`, { cid: crypto.randomUUID(), kind, body });
    if (response.status >= 300) throw new Error(JSON.stringify(response.body));
  };
  const operatorMails = async (text: string) => (await desk.mails(firstOperator.email)).filter((mail) => mail.text?.includes(text));
  /** The delay of what waits is over. */
  const delayIsOver = async (by = hour) => {
    await desk.settled();
    await knex()('messages').update({ created_at: knex().raw('created_at - ?', [by]) });
    await knex()('jobs').where('available_at', '<', Date.now() + by).update({ available_at: 0 });
    await desk.settled();
  };
  const waiting = async () => Number((await knex()('jobs').where('name', 'like', '%:notice').count({ rows: '*' }) as { rows: number }[])[0]?.rows);

  test('operators hear of a new conversation when it has been quiet for a while: one mail with all that is unread', async () => {
    await delay(600);
    const visitor = await arrive();
    await visitor.send('First *words*');
    await visitor.send('Second words');
    await visitor.send('Third words');
    await desk.settled();
    expect(await waiting()).toBeLessThan(3);
    expect(await desk.mails(firstOperator.email)).toHaveLength(0);
    await delayIsOver();
    const mails = await operatorMails('First words');
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatchObject({ subject: expect.stringContaining('New chat') });
    expect(mails[0]?.text).toMatch(/First words[\s\S]*Second words[\s\S]*Third words/);
    expect(mails[0]?.text).toContain(`/admin/inbox/all/${visitor.conversationId}`);
    visitor.leave();
  });

  test('a newer message moves the mail, and what an operator has read is not in it', async () => {
    await delay(600);
    const visitor = await arrive();
    await visitor.send('Read already');
    await answer(visitor, 'I am on it');
    const { seq } = await visitor.send('Something new');
    await desk.settled();
    await knex()('jobs').where('data', 'like', '%"seq":1,%').orWhere('data', 'like', '%"seq":1}%').update({ available_at: 0 });
    await desk.settled();
    expect(await operatorMails('Something new')).toHaveLength(0);
    await delayIsOver();
    const [mail, ...others] = await operatorMails('Something new');
    expect(others).toEqual([]);
    expect(seq).toBeGreaterThan(1);
    expect(mail?.text).not.toContain('Read already');
    expect(mail?.text).not.toContain('I am on it');
    visitor.leave();
  });

  test('whoever has read everything gets nothing, and a repeated job sends nothing again', async () => {
    await delay(600);
    const visitor = await arrive();
    const { seq } = await visitor.send('Seen in time');
    await desk.settled();
    const [job] = await knex()('jobs').where('name', 'like', '%:notice').select('name', 'data');
    await desk.asAdmin('POST', `/api/v1/conversations/${visitor.conversationId}/read`, { seq });
    await delayIsOver();
    expect(await operatorMails('Seen in time')).toHaveLength(0);
    await visitor.send('Not seen');
    await desk.settled();
    const [second] = await knex()('jobs').where('name', 'like', '%:notice').select('name', 'data');
    await delayIsOver();
    expect(await operatorMails('Not seen')).toHaveLength(1);
    await knex()('p_chat_notices').delete();
    for (const { name, data } of [job, second]) await knex()('jobs').insert({ name, data, created_at: 1, available_at: 0 });
    await desk.settled();
    expect(await operatorMails('Not seen')).toHaveLength(1);
    visitor.leave();
  });

  test('a visitor with a proved address gets what they have not read, with a link and a way to stop it; no note is in it', async () => {
    await delay(600);
    const email = fresh();
    const visitor = await arrive(email);
    await visitor.send('Where is my parcel?');
    await answer(visitor, 'Let me **look**');
    await answer(visitor, 'Secret note', 'note');
    await answer(visitor, 'It is on its way');
    await delayIsOver();
    const mail = await desk.mail(email);
    expect(await desk.mails(email)).toHaveLength(1);
    expect(mail.text).toMatch(/Let me look[\s\S]*It is on its way/);
    expect(mail.html).toContain('<strong>look</strong>');
    expect(mail.text).not.toContain('Secret note');
    expect(mail.text).not.toContain('Where is my parcel');
    expect(mail.text).toContain(`/widget/website?conversation=${visitor.conversationId}`);
    expect(mail.headers.find(({ key }) => key === 'list-unsubscribe-post')?.value).toBe('List-Unsubscribe=One-Click');
    visitor.leave();
  });

  test('a reader who is looking has read it and gets none', async () => {
    await delay(600);
    const email = fresh();
    const visitor = await arrive(email);
    await visitor.send('Hello');
    await answer(visitor, 'Hi there');
    await visitor.sync();
    await visitor.socket.emitWithAck('read', { conversationId: visitor.conversationId ?? '', seq: Math.max(...visitor.seen.keys()) });
    await delayIsOver();
    expect(await desk.mails(email)).toHaveLength(0);
    visitor.leave();
  });

  test('an address that nobody proved hears that there is an answer, once a day, and none of its words', async () => {
    await desk.change({ security: { codes: 'known' } });
    await delay(600);
    const email = fresh();
    const visitor = await arrive();
    await visitor.send('Tell me by mail');
    await desk.as(visitor.token, 'POST', '/details', { name: 'Buy at evil.test', email });
    for (const text of ['Secret answer', 'Another secret']) {
      await answer(visitor, text);
      await delayIsOver();
    }
    const mails = await desk.mails(email);
    expect(mails).toHaveLength(1);
    expect(`${mails[0]?.subject} ${mails[0]?.text} ${mails[0]?.html} ${JSON.stringify(mails[0]?.to)}`).not.toMatch(/secret|evil|by mail/i);
    expect(mails[0]?.text).toContain('/widget/website?conversation=');
    await desk.change({ security: { codes: 'always' } });
    visitor.leave();
  });

  test('at most ten mails an hour go out about one conversation', async () => {
    await delay(0);
    const email = fresh();
    const visitor = await arrive(email);
    await visitor.send('A long talk');
    for (let index = 1; index <= 12; index += 1) {
      await answer(visitor, `Answer ${index}`);
      await desk.settled();
    }
    const about = desk.postbox.received.filter(({ to, raw }) => (to[0] === email || to[0] === firstOperator.email) && raw.includes(visitor.conversationId ?? ''));
    expect(about).toHaveLength(10);
    visitor.leave();
  });

  test('each kind can be switched off', async () => {
    await desk.change({ notifications: { operators: { isOn: false, delaySeconds: 0 }, users: { isOn: false, delaySeconds: 0 } } });
    const email = fresh();
    const visitor = await arrive(email);
    await visitor.send('Quietly');
    await answer(visitor, 'Quietly too');
    await desk.settled();
    expect([await operatorMails('Quietly'), await desk.mails(email)]).toEqual([[], []]);
    await desk.change({ notifications: { operators: { isOn: true }, users: { isOn: true } } });
    visitor.leave();
  });
});
