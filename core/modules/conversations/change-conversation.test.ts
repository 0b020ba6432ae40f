import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../../tests/support/databases.ts';
import { startConversationDesk, type ConversationDesk } from '../../../tests/support/conversation-desk.ts';
import type { ActionContext } from '../../kernel/context.ts';
import { changeConversation, escalateConversation, findConversation, markRead, presentDetail, readConversation } from './index.ts';

describe.each(['sqlite', 'mariadb'] as const)('changing a conversation on %s', (engine) => {
  let desk: ConversationDesk;
  let grace: ActionContext;
  let hedy: ActionContext;
  beforeAll(async () => {
    desk = await startConversationDesk(engine);
    [grace, hedy] = [await desk.operator('Grace'), await desk.operator('Hedy')];
  });
  afterAll(() => desk.stop());

  const begin = async () => (await desk.write(await desk.contact({ email: 'ada@example.com' }), 'Hello')).conversation;
  const idOf = (ctx: ActionContext) => ctx.actor.id ?? '';
  const seen = async (uid: string) => {
    const row = await findConversation(desk.kernel.db.knex, uid);
    if (!row) throw new Error('gone');
    return row;
  };
  const events = async (id: number) => (await desk.kernel.db.knex('messages').where({ conversation_id: id, kind: 'event' }).orderBy('seq')).map(({ event }) => JSON.parse(event));
  const told = (uid: string) => desk.events.filter(({ payload }) => (payload.conversation as { id: string } | undefined)?.id === uid).map(({ name }) => name);
  /** What plugins were told of a conversation once they heard of its end. */
  const emitted = async (uid: string, last: string) => {
    await eventually(`${last} was told`, () => told(uid).includes(last));
    return told(uid).sort();
  };

  it('stores each change as an event with its parameters, and counts one version', async () => {
    const { uid, id, version } = await begin();
    const department = await desk.departmentCalled('Sales');
    const changed = await changeConversation(desk.as(grace), uid, {
      version, priority: 'high', subject: 'Order 7', assigneeIds: [idOf(hedy)], departmentId: department.uid, tags: ['VIP', 'vip', 'order'],
    });
    expect(changed).toMatchObject({ priority: 'high', subject: 'Order 7', department_uid: department.uid, tags: '["vip","order"]', version: version + 1 });
    expect((await events(id)).map(({ key }) => key)).toEqual(['priority', 'subject', 'department', 'assigned', 'tags']);
    expect((await events(id))[3].params).toEqual({ names: 'Hedy', former: '' });
    expect(await presentDetail(grace, changed)).toMatchObject({ assignees: [{ id: idOf(hedy), name: 'Hedy' }], tags: ['vip', 'order'], may: { reply: true, note: true, assign: true, change: true } });
    expect(await emitted(uid, 'conversation.moved')).toEqual(['conversation.assigned', 'conversation.created', 'conversation.moved', 'conversation.replied']);
    const again = await changeConversation(desk.as(grace), uid, { version: version + 1, priority: 'high' });
    expect(again.version).toBe(version + 1);
  });

  it('keeps tags apart that differ by an accent or a sign only', async () => {
    const { uid, version } = await begin();
    const tags = ['resume', 'résumé', '日本', '\u{1f600}', '\u{1f601}', "'; --"];
    expect(JSON.parse((await changeConversation(desk.as(grace), uid, { version, tags })).tags)).toEqual(tags);
    expect(JSON.parse((await changeConversation(desk.as(grace), uid, { version: version + 1, tags: [] })).tags)).toEqual([]);
  });

  it('lets one of two win who assign at once, and shows the other the present state', async () => {
    const { uid, version } = await begin();
    const results = await Promise.allSettled([grace, hedy].map((ctx) => changeConversation(desk.as(ctx), uid, { version, assigneeIds: [idOf(ctx)] })));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const lost = results.find((result) => result.status === 'rejected');
    const winner = JSON.parse((await seen(uid)).assignees)[0] === (grace.actor as { rowId: number }).rowId ? 'Grace' : 'Hedy';
    expect(lost?.reason).toMatchObject({ status: 409, code: 'stale', details: { conversation: { version: version + 1, assignees: [{ name: winner }] } } });
  });

  it('closes once when two close at once', async () => {
    const { uid, id, version } = await begin();
    await Promise.allSettled([grace, hedy].map((ctx) => changeConversation(desk.as(ctx), uid, { version, status: 'closed' })));
    expect((await events(id)).map(({ key }) => key)).toEqual(['closed']);
    expect((await emitted(uid, 'conversation.closed')).filter((name) => name === 'conversation.closed')).toHaveLength(1);
    expect(await seen(uid)).toMatchObject({ status: 'closed', waiting_since: null });
  });

  it('hides from somebody what a plugin hides, as if it were not there', async () => {
    const { uid } = await begin();
    const remove = desk.listen('guard', 'conversation.view', (input: { operatorId: string }) => input.operatorId === idOf(hedy) ? { deny: 'secret' } : undefined);
    await expect(readConversation(desk.as(hedy), uid)).rejects.toMatchObject({ status: 404 });
    await expect(readConversation(desk.as(grace), uid)).resolves.toMatchObject({ uid });
    remove();
  });

  it('refuses people and departments that are not there', async () => {
    const { uid, version } = await begin();
    await expect(changeConversation(desk.as(grace), uid, { version, assigneeIds: ['a'.repeat(26)] })).rejects.toMatchObject({ status: 400, details: { errors: [{ path: 'assigneeIds.0' }] } });
    await expect(changeConversation(desk.as(grace), uid, { version, departmentId: 'a'.repeat(26) })).rejects.toMatchObject({ status: 400 });
  });

  it('asks for the permission of each kind of change', async () => {
    const { uid, version } = await begin();
    const assigner = await desk.operator('Assigner', { permissions: new Set(['conversations.view', 'conversations.assign']) });
    await expect(changeConversation(assigner, uid, { version, status: 'closed' })).rejects.toMatchObject({ status: 403 });
    await expect(changeConversation(assigner, uid, { version, assigneeIds: [idOf(grace)] })).resolves.toMatchObject({ version: version + 1 });
  });

  it('gives each ticket its own number, once, to whoever asks at the same time', async () => {
    const conversations = await Promise.all(Array.from({ length: 12 }, () => begin()));
    const numbers = await Promise.all(conversations.flatMap(({ uid }) => [escalateConversation(desk.as(grace), uid), escalateConversation(desk.as(hedy), uid)]));
    const byConversation = new Map(numbers.map(({ uid, number }) => [uid, number]));
    expect(numbers.every(({ uid, number }) => byConversation.get(uid) === number)).toBe(true);
    const sorted = [...byConversation.values()].map((number) => Number(number?.slice(1))).sort((a, b) => a - b);
    expect(sorted).toEqual(sorted.map((_, index) => 1001 + index));
  });

  it('moves read marks on and never back', async () => {
    const visitor = await desk.contact();
    const { conversation } = await desk.write(visitor, 'Hello');
    for (const text of ['One', 'Two', 'Three']) await desk.answer(grace, conversation.uid, text);
    expect(await seen(conversation.uid)).toMatchObject({ contact_unread: 3, contact_read_seq: 1 });
    await markRead(desk.as(visitor), conversation.uid, 4);
    expect(await seen(conversation.uid)).toMatchObject({ contact_unread: 1, contact_read_seq: 4 });
    await markRead(desk.as(visitor), conversation.uid, 2);
    await markRead(desk.as(visitor), conversation.uid, 1_000_000);
    const row = await seen(conversation.uid);
    expect(row).toMatchObject({ contact_unread: 0, contact_read_seq: row.last_public_seq });
    await markRead(desk.as(hedy), conversation.uid, 3);
    await markRead(desk.as(hedy), conversation.uid, 1);
    expect(await presentDetail(hedy, await seen(conversation.uid))).toMatchObject({ readSeq: 3 });
  });

  it('asks the guards of plugins, and passes on why one refuses', async () => {
    const { uid, version } = await begin();
    const remove = desk.listen('guard', 'conversation.close', () => ({ deny: 'open_task' }));
    await expect(changeConversation(desk.as(grace), uid, { version, status: 'resolved' })).rejects.toMatchObject({ status: 403, code: 'close_refused', details: { pluginId: 'listener' } });
    remove();
    await expect(changeConversation(desk.as(grace), uid, { version, status: 'resolved' })).resolves.toMatchObject({ status: 'resolved' });
  });
});
