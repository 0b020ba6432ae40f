import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startConversationDesk, type ConversationDesk, type Named } from '../../../tests/support/conversation-desk.ts';
import type { ActionContext } from '../../kernel/context.ts';
import { sorts, views, type Sort, type View } from '../../shared/conversations.ts';
import { countViews } from './conversation-counts.ts';
import { changeConversation, readConversation } from './index.ts';
import { listConversations } from './list-conversations.ts';

describe.each(['sqlite', 'mariadb'] as const)('lists on %s', (engine) => {
  let desk: ConversationDesk;
  let other: Named;
  let sales: Named;
  let support: Named;
  let owner: ActionContext;
  const made: { uid: string; brand: 'acme' | 'other'; department: 'sales' | 'support' | null }[] = [];

  beforeAll(async () => {
    desk = await startConversationDesk(engine);
    [other, sales, support, owner] = [await desk.brandCalled('other'), await desk.departmentCalled('Sales'), await desk.departmentCalled('Support'), await desk.operator('Owner')];
    for (let index = 0; index < 24; index += 1) {
      const brand = index % 3 === 0 ? 'other' : 'acme';
      const department = ([null, 'sales', 'support'] as const)[index % 4 === 0 ? 0 : index % 2 ? 1 : 2] ?? null;
      const contact = await desk.contact({ brand: brand === 'other' ? other : desk.brand, email: `visitor${index}@example.com` });
      const departmentId = department === 'sales' ? sales.uid : department === 'support' ? support.uid : undefined;
      const { conversation } = await desk.write(contact, `Message ${index} about widgets`, departmentId ? { departmentId } : {});
      made.push({ uid: conversation.uid, brand, department });
    }
  });
  afterAll(() => desk.stop());

  const walk = async (ctx: ActionContext, query: { view: View; sort?: Sort; limit?: number; q?: string; departmentId?: string; brandId?: string }) => {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listConversations(desk.as(ctx), { sort: 'newest', limit: 5, ...query, cursor });
      ids.push(...page.data.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    return ids;
  };
  const change = async (uid: string, body: object) => changeConversation(desk.as(owner), uid, { version: (await readConversation(owner, uid)).version, ...body });

  it.each(sorts)('pages through everything once, in order: %s', async (sort) => {
    const ids = await walk(owner, { view: 'all', sort });
    expect([...ids].sort()).toEqual(made.map(({ uid }) => uid).sort());
    const rows = await desk.kernel.db.knex('conversations').select('uid', 'id', 'last_message_at', 'waiting_key');
    const key = (uid: string) => rows.find((row) => row.uid === uid)?.[sort === 'waiting' ? 'waiting_key' : 'last_message_at'];
    const sign = sort === 'newest' ? -1 : 1;
    for (let index = 1; index < ids.length; index += 1) expect(sign * (key(ids[index] ?? '') - key(ids[index - 1] ?? ''))).toBeGreaterThanOrEqual(0);
  });

  it('keeps its place while rows move and come in', async () => {
    const first = await listConversations(desk.as(owner), { view: 'all', sort: 'newest', limit: 10 });
    await desk.write(await desk.contact({ email: 'late@example.com' }), 'Came in between');
    const rest: string[] = [];
    for (let cursor = first.nextCursor; cursor;) {
      const page = await listConversations(desk.as(owner), { view: 'all', sort: 'newest', limit: 10, cursor });
      rest.push(...page.data.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect([...first.data.map(({ id }) => id), ...rest].sort()).toEqual(made.map(({ uid }) => uid).sort());
  });

  it('shows each operator what the policy lets it see, in lists, counts and search', async () => {
    const scopes: [string, ActionContext, (item: (typeof made)[number]) => boolean][] = [
      ['one brand', await desk.operator('A', { brandIds: new Set([desk.brand.id]) }), ({ brand }) => brand === 'acme'],
      ['one department', await desk.operator('B', { scope: 'department', departmentIds: new Set([sales.id]) }), ({ department }) => department === 'sales'],
      ['department and brand', await desk.operator('C', { scope: 'department', departmentIds: new Set([sales.id, support.id]), brandIds: new Set([other.id]) }), ({ brand, department }) => brand === 'other' && department !== null],
      ['own', await desk.operator('D', { scope: 'own' }), () => false],
      ['nothing', await desk.operator('E', { brandIds: new Set() }), () => false],
    ];
    for (const [name, ctx, may] of scopes) {
      const expected = made.filter(may).map(({ uid }) => uid).sort();
      const late = await readableLate(ctx);
      expect((await walk(ctx, { view: 'all' })).filter((id) => !late.includes(id)).sort(), name).toEqual(expected);
      expect((await countViews(desk.as(ctx))).all - late.length, name).toBe(expected.length);
      expect((await walk(ctx, { view: 'all', q: 'widgets' })).sort(), name).toEqual(expected);
      for (const { uid } of made) {
        const visible = await readConversation(desk.as(ctx), uid).then(() => true, () => false);
        expect(visible, name).toBe(expected.includes(uid));
      }
    }
  });
  const readableLate = async (ctx: ActionContext) => (await walk(ctx, { view: 'all' })).filter((id) => !made.some(({ uid }) => uid === id));

  it('keeps own conversations and those of other departments apart without showing one twice', async () => {
    const ctx = await desk.operator('Member', { scope: 'department', departmentIds: new Set([sales.id]) });
    const inside = made.find(({ department }) => department === 'sales')?.uid ?? '';
    const outside = made.find(({ department }) => department === 'support')?.uid ?? '';
    const before = await walk(ctx, { view: 'all' });
    for (const uid of [inside, outside]) await change(uid, { assigneeIds: [ctx.actor.id] });
    const after = await walk(ctx, { view: 'all' });
    expect(after).toHaveLength(new Set(after).size);
    expect(after.sort()).toEqual([...before, outside].sort());
    expect((await walk(ctx, { view: 'mine' })).sort()).toEqual([inside, outside].sort());
    expect((await countViews(desk.as(ctx))).mine).toBe(2);
    for (const uid of [inside, outside]) await change(uid, { assigneeIds: [] });
  });

  it('moves a conversation between views, and counts each view as the list has it', async () => {
    const [a, b, c, d] = made.map(({ uid }) => uid);
    await change(a ?? '', { assigneeIds: [owner.actor.id] });
    await change(b ?? '', { status: 'snoozed' });
    await change(c ?? '', { status: 'closed' });
    await change(d ?? '', { isSpam: true });
    await desk.answer(owner, a ?? '', 'What does @Owner think?', { kind: 'note' });
    const holds: Partial<Record<View, string | undefined>> = { mine: a, mentions: a, snoozed: b, closed: c, spam: d };
    const counts = await countViews(desk.as(owner));
    for (const view of views) {
      const ids = await walk(owner, { view });
      expect(counts[view], view).toBe(ids.length);
      if (holds[view]) expect(ids, view).toEqual([holds[view]]);
    }
    expect(await walk(owner, { view: 'unassigned' })).not.toContain(a);
    expect(counts.departments[sales.uid]).toBe((await walk(owner, { view: 'all', departmentId: sales.uid })).length);
    expect((await walk(owner, { view: 'all', brandId: other.uid })).every((id) => made.find(({ uid }) => uid === id)?.brand === 'other')).toBe(true);
    expect(await walk(owner, { view: 'all', brandId: 'a'.repeat(26) })).toEqual([]);
  });

  it('finds words, numbers and people, and notes for those who may read them', async () => {
    const ada = await desk.contact({ name: 'Ada Lovelace', email: 'ada@analytical.example' });
    const { conversation } = await desk.write(ada, 'The difference engine rattles 100% "loudly"');
    await desk.answer(owner, conversation.uid, 'Looks like a sprocket-problem', { kind: 'note' });
    const reader = await desk.operator('Reader', { permissions: new Set(['conversations.view']) });
    const find = (q: string, ctx = owner) => walk(ctx, { view: 'all', q });
    expect(await find('difference rattles')).toEqual([conversation.uid]);
    expect(await find('DIFFERENCE')).toEqual([conversation.uid]);
    expect(await find('sprocket')).toEqual([conversation.uid]);
    expect(await find('sprocket', reader)).toEqual([]);
    expect(await find('Ada Lov')).toEqual([conversation.uid]);
    expect(await find('ada@analytical')).toEqual([conversation.uid]);
    for (const wild of ['%', '_', '"', "' OR 1=1 --", '" OR "', '*', '+-<>()~*"@', 'NEAR(', '-difference', 'x'.repeat(200), '\u0000']) {
      expect((await find(wild)).length, wild).toBeLessThanOrEqual(1);
    }
  });

  it('refuses a cursor of another list', async () => {
    const page = await listConversations(desk.as(owner), { view: 'all', sort: 'newest', limit: 2 });
    await expect(listConversations(desk.as(owner), { view: 'all', sort: 'waiting', limit: 2, cursor: page.nextCursor ?? '' })).rejects.toMatchObject({ status: 400 });
    await expect(listConversations(desk.as(owner), { view: 'all', sort: 'newest', limit: 2, cursor: 'rubbish' })).rejects.toMatchObject({ status: 400 });
  });

  it('lets a plugin take rows out of a list, not bring any in', async () => {
    const before = await listConversations(desk.as(owner), { view: 'all', sort: 'newest', limit: 5 });
    const hidden = (await walk(owner, { view: 'all' })).at(-1);
    const remove = desk.listen('filter', 'conversation.list', (value: { ids: string[] }) => ({ ids: [...value.ids.slice(1), hidden, 'a'.repeat(26)] }));
    const after = await listConversations(desk.as(owner), { view: 'all', sort: 'newest', limit: 5 });
    remove();
    expect(after.data.map(({ id }) => id)).toEqual(before.data.slice(1).map(({ id }) => id));
  });
});
