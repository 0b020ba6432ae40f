import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startConversationDesk, type ConversationDesk } from '../../../tests/support/conversation-desk.ts';
import type { MessageRow } from '../messages/index.ts';
import { findConversation } from './index.ts';

describe.each(['sqlite', 'mariadb'] as const)('the write path on %s', (engine) => {
  let desk: ConversationDesk;
  beforeAll(async () => { desk = await startConversationDesk(engine); });
  afterAll(() => desk.stop());

  const stored = (conversationId: number): Promise<MessageRow[]> => desk.kernel.db.knex('messages').where({ conversation_id: conversationId }).orderBy('seq');
  const told = async (): Promise<number> => Number((await desk.kernel.db.knex('broadcasts').count({ rows: '*' }).first())?.rows);
  const seen = async (uid: string) => {
    const row = await findConversation(desk.kernel.db.knex, uid);
    if (!row) throw new Error('gone');
    return row;
  };

  it('starts a conversation with the first message of a contact', async () => {
    const visitor = await desk.contact({ name: 'Ada', email: 'ada@example.com' });
    const { message, conversation, repeated } = await desk.write(visitor, 'Where is **my** order?');
    expect(repeated).toBe(false);
    expect(message).toMatchObject({ seq: 1, kind: 'reply', html: '<p>Where is <strong>my</strong> order?</p>' });
    expect(await seen(conversation.uid)).toMatchObject({ status: 'open', last_seq: 1, last_public_seq: 1, snippet: 'Where is my order?', snippet_author: 'contact', contact_name: 'Ada' });
    expect((await seen(conversation.uid)).waiting_since).not.toBeNull();
  });

  it('answers a repeated cid with what was stored and refuses another body under it', async () => {
    const visitor = await desk.contact();
    const cid = randomUUID();
    const first = await desk.write(visitor, 'Hello', { cid });
    const before = await told();
    const second = await desk.write(visitor, 'Hello', { cid });
    expect(second).toMatchObject({ repeated: true, message: { uid: first.message.uid, seq: 1 }, conversation: { uid: first.conversation.uid } });
    await expect(desk.write(visitor, 'Other', { cid })).rejects.toMatchObject({ status: 409, code: 'cid_conflict' });
    expect(await told()).toBe(before);
  });

  it('stores one message and one conversation when the same cid arrives a hundred times at once', async () => {
    const visitor = await desk.contact();
    const cid = randomUUID();
    const answers = await Promise.all(Array.from({ length: 100 }, () => desk.write(visitor, 'Once', { cid })));
    expect(new Set(answers.map(({ message }) => message.uid)).size).toBe(1);
    expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1);
    const [first] = answers;
    const again = await Promise.all(Array.from({ length: 100 }, () => desk.write(visitor, 'Twice', { cid: '3f2c0d5e-0c1b-4a52-9a37-0c8b1b8f5a11', conversationId: first?.conversation.uid ?? '' })));
    expect(new Set(again.map(({ message }) => message.uid)).size).toBe(1);
    expect((await stored(first?.conversation.id ?? 0)).map(({ seq }) => seq)).toEqual([1, 2]);
    expect(await desk.kernel.db.knex('conversations').where({ contact_id: first?.conversation.contact_id })).toHaveLength(1);
  });

  it('gives out seq without gaps to parallel writers of both sides', async () => {
    const visitor = await desk.contact();
    const operator = await desk.operator('Grace');
    const { conversation } = await desk.write(visitor, 'Hello');
    await Promise.all(Array.from({ length: 40 }, (_, index) => index % 2
      ? desk.answer(operator, conversation.uid, `answer ${index}`, { kind: index % 3 ? 'reply' : 'note' })
      : desk.write(visitor, `question ${index}`, { conversationId: conversation.uid })));
    const rows = await stored(conversation.id);
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1));
    const row = await seen(conversation.uid);
    expect(row.last_seq).toBe(rows.length);
    expect(row.last_public_seq).toBe(Math.max(...rows.filter(({ is_public }) => is_public === 1).map(({ seq }) => seq)));
    const unread = rows.filter(({ kind, author_type, seq }) => kind === 'reply' && author_type !== 'contact' && seq > row.contact_read_seq);
    expect(row.contact_unread).toBe(unread.length);
  });

  it('moves the state with each reply: answered, waiting again, opened anew', async () => {
    const visitor = await desk.contact();
    const operator = await desk.operator('Grace');
    const { conversation } = await desk.write(visitor, 'Hello');
    await desk.answer(operator, conversation.uid, 'Hi, I look into it.');
    expect(await seen(conversation.uid)).toMatchObject({ status: 'waiting', waiting_since: null, assignees: `[${operator.actor.type === 'operator' ? operator.actor.rowId : 0}]`, contact_unread: 1, snippet_author: 'operator' });
    await desk.kernel.db.knex('conversations').where({ id: conversation.id }).update({ status: 'closed' });
    await desk.write(visitor, 'Thanks, but …', { conversationId: conversation.uid });
    const row = await seen(conversation.uid);
    expect(row).toMatchObject({ status: 'open', contact_unread: 0 });
    expect(row.version).toBeGreaterThan(conversation.version);
    expect((await stored(conversation.id)).flatMap(({ event }) => event ? [JSON.parse(event).key] : [])).toEqual(['assigned', 'reopened']);
  });

  it('tells a writer who is behind what came in between, and stores nothing', async () => {
    const visitor = await desk.contact();
    const operator = await desk.operator('Grace');
    const { conversation } = await desk.write(visitor, 'One');
    await desk.write(visitor, 'Two', { conversationId: conversation.uid });
    await expect(desk.answer(operator, conversation.uid, 'To one', { expectedSeq: 1 })).rejects.toMatchObject({ status: 409, code: 'behind', details: { messages: [{ seq: 2, body: { text: 'Two' } }] } });
    expect((await seen(conversation.uid)).last_seq).toBe(2);
    await desk.answer(operator, conversation.uid, 'Note in between', { kind: 'note' });
    await expect(desk.answer(operator, conversation.uid, 'To both', { expectedSeq: 2 })).resolves.toMatchObject({ repeated: false });
    await expect(desk.answer(operator, conversation.uid, 'And more', { expectedSeq: 2 })).resolves.toMatchObject({ repeated: false });
  });

  it('knows a foreign conversation no better than one that does not exist', async () => {
    const { conversation } = await desk.write(await desk.contact(), 'Private');
    await expect(desk.write(await desk.contact(), 'Hi', { conversationId: conversation.uid })).rejects.toMatchObject({ status: 404, code: 'not_found' });
    const outsider = await desk.operator('Elsewhere', { brandIds: new Set([9_999]) });
    await expect(desk.answer(outsider, conversation.uid, 'Hi')).rejects.toMatchObject({ status: 404 });
    const reader = await desk.operator('Reader', { permissions: new Set(['conversations.view']) });
    await expect(desk.answer(reader, conversation.uid, 'Hi')).rejects.toMatchObject({ status: 403 });
  });

  it('passes a message by the plugins: one may refuse it, one may change its words, none its kind', async () => {
    const visitor = await desk.contact();
    const operator = await desk.operator('Grace');
    const calm = desk.listen('filter', 'message.incoming', (value: { text: string }) => ({ ...value, text: value.text.replace('darn', '****') }));
    const sign = desk.listen('filter', 'reply.outgoing', (value: { text: string }) => ({ ...value, text: `${value.text} - Grace`, kind: value.text === 'flip' ? 'note' : 'reply' }));
    const cid = randomUUID();
    const { conversation, message } = await desk.write(visitor, 'darn', { cid });
    expect(message.text).toBe('****');
    expect(await desk.write(visitor, 'darn', { cid })).toMatchObject({ repeated: true });
    expect(await desk.answer(operator, conversation.uid, 'Hi')).toMatchObject({ message: { kind: 'reply', text: 'Hi - Grace' } });
    expect(await desk.answer(operator, conversation.uid, 'flip')).toMatchObject({ message: { kind: 'reply', text: 'flip' } });
    expect(await desk.answer(operator, conversation.uid, 'Between us', { kind: 'note' })).toMatchObject({ message: { kind: 'note', text: 'Between us' } });
    calm();
    sign();
    const refuse = desk.listen('guard', 'message.accept', () => ({ deny: 'blocked' }));
    await expect(desk.write(visitor, 'Hello', { conversationId: conversation.uid })).rejects.toMatchObject({ status: 403, code: 'message_refused' });
    // What was stored was accepted: its acknowledgement, lost on the way, is given again without asking anybody.
    expect(await desk.write(visitor, 'darn', { cid })).toMatchObject({ repeated: true, message: { text: '****' } });
    expect(await desk.write(visitor, 'darn', { cid, conversationId: conversation.uid })).toMatchObject({ repeated: true, message: { text: '****' } });
    refuse();
  });

  it('holds the limits of a message', async () => {
    const visitor = await desk.contact();
    await expect(desk.write(visitor, 'x'.repeat(10_001))).rejects.toMatchObject({ details: { errors: [{ code: 'message_too_long' }] } });
    await expect(desk.write(visitor, '\u{1f600}'.repeat(10_000))).resolves.toMatchObject({ message: { seq: 1 } });
    await expect(desk.write(visitor, ' \n ')).rejects.toMatchObject({ details: { errors: [{ code: 'message_empty' }] } });
    const { message } = await desk.write(visitor, 'a\u0000b \ud800 \u{1f44b}');
    expect((await stored(message.conversation_id))[0]?.text).toBe('ab \ufffd \u{1f44b}');
  });

  it('lets a stranger begin five conversations an hour, also at once, and a neighbourhood thirty', async () => {
    const visitor = await desk.contact();
    const begun = await Promise.allSettled(Array.from({ length: 12 }, (_, index) => desk.write(visitor, `begin ${index}`)));
    expect(begun.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    const refused = begun.find((result) => result.status === 'rejected');
    expect(refused?.reason).toMatchObject({ status: 429, code: 'rate_limited' });
    for (let index = 0; index < 30; index += 1) await desk.write(await desk.contact(), 'Hello', { ip: '203.0.113.7' });
    await expect(desk.write(await desk.contact(), 'Hello', { ip: '203.0.113.7' })).rejects.toMatchObject({ status: 429 });
    await expect(desk.write(await desk.contact(), 'Hello', { ip: '203.0.113.8' })).resolves.toMatchObject({ repeated: false });
  });
});
