import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { defaultNotificationPreferences, type NotificationDto, type NotificationPreferences } from '../../shared/notifications.ts';
import { eventually } from '../../../tests/support/databases.ts';
import { startDesk, type TestDesk } from '../../../tests/support/desk.ts';
import { Operator } from '../../../tests/support/operator.ts';
import { startPushService, type PushService } from '../../../tests/support/push-service.ts';
import type { PluginDesk } from '../../kernel/plugins/services.ts';
import { createPluginServices } from '../channels/index.ts';

const ada = { email: 'ada@example.com', password: 'correct horse battery' };
const loud = (scope: 'off' | 'mine' | 'department' | 'all') => ({ inApp: scope, sound: scope, push: scope, email: scope });
const wants = (scope: 'off' | 'mine' | 'department' | 'all'): NotificationPreferences => ({
  ...defaultNotificationPreferences, events: { ...defaultNotificationPreferences.events, 'conversation.created': loud(scope), 'contact.replied': loud(scope) },
});

describe.each(['sqlite', 'mariadb'] as const)('notifications on %s', (database) => {
  let desk: TestDesk;
  let push: PushService;
  let owner: Operator;
  let agent: Operator;
  let agentId: string;
  let services: PluginDesk;
  let brandId: string;
  const told = new Map<Operator, NotificationDto[]>();

  beforeAll(async () => {
    push = await startPushService();
    desk = await startDesk({ database, env: { ALLOW_PRIVATE_NETWORK: push.host } });
    owner = await Operator.signIn(desk.url);
    const roles = (await owner.call('GET', '/roles')).body as unknown as { data: { id: string; key: string | null; name: string }[] };
    const role = roles.data.find(({ name }) => name === 'Agent') ?? roles.data.at(-1);
    const made = await owner.call('POST', '/operators', { name: 'Ada', ...ada, roleId: role?.id });
    agentId = made.body.id as unknown as string;
    agent = await Operator.signIn(desk.url, ada);
    for (const operator of [owner, agent]) {
      told.set(operator, []);
      operator.socket.on('notification', (notification) => told.get(operator)?.push(notification));
    }
    services = createPluginServices(desk.kernel)({ type: 'plugin', id: 'chat', permissions: new Set(), depth: 1 });
    brandId = ((await owner.call('POST', '/brands', { name: 'Acme', slug: `acme-${database}` })).body as unknown as { id: string }).id;
  });
  beforeEach(async () => {
    await choose(owner, wants('off'));
    await choose(agent, wants('off'));
    for (const list of told.values()) list.length = 0;
    push.received.length = 0;
  });
  afterAll(async () => {
    owner.leave();
    agent.leave();
    await desk.stop();
    await push.close();
  });

  const choose = (operator: Operator, preferences: NotificationPreferences) => operator.call('PUT', '/notification-preferences', preferences);
  const begin = async (text = 'Hello', contactId?: string) => {
    const contact = contactId ?? (await services.contacts.create({ brandId, name: 'Grace', email: 'grace@example.com' })).id;
    const { conversation } = await services.receive('chat', { contactId: contact, cid: randomUUID(), text, open: {} });
    return { contactId: contact, id: conversation.id };
  };
  const goOn = (conversation: { contactId: string; id: string }, text: string) =>
    services.receive('chat', { contactId: conversation.contactId, cid: randomUUID(), text, conversationId: conversation.id });
  const heard = (operator: Operator) => (told.get(operator) ?? []).map(({ event, text }) => `${event}: ${text}`);
  /** Everything before it has been told once this has come. */
  const settled = async () => {
    await choose(owner, wants('all'));
    const { id } = await begin('the end');
    await eventually('the last notification came', async () => (told.get(owner) ?? []).some(({ conversationId }) => conversationId === id));
  };

  it('tells of a new conversation once, and of each reply after it', async () => {
    await choose(agent, wants('department'));
    const conversation = await begin('First');
    await goOn(conversation, 'Second');
    await eventually('both came', async () => heard(agent).length === 2);
    expect(heard(agent)).toEqual(['conversation.created: First', 'contact.replied: Second']);
    expect(told.get(agent)?.[0]).toMatchObject({ conversationId: conversation.id, author: 'Grace', show: true, sound: true });
    expect(heard(owner)).toEqual([]);
  });

  it('follows the choice of each operator: what a colleague has concerns only who wants everything', async () => {
    await choose(owner, wants('all'));
    await choose(agent, wants('department'));
    const conversation = await begin('Mine');
    await owner.reply(conversation.id, 'I take it');
    await goOn(conversation, 'Thanks');
    await eventually('the owner hears of both', async () => heard(owner).length >= 2);
    await settled();
    expect(heard(agent).filter((line) => !line.includes('the end'))).toEqual(['conversation.created: Mine']);
  });

  it('tells who is mentioned or assigned, and nobody of what they did themselves', async () => {
    const conversation = await begin();
    await owner.reply(conversation.id, 'Please look, @Ada', 'note');
    await eventually('the mention came', async () => heard(agent).length === 1);
    const detail = (await owner.call('GET', `/conversations/${conversation.id}`)).body as unknown as { version: number };
    await owner.call('PATCH', `/conversations/${conversation.id}`, { version: detail.version, assigneeIds: [agentId] });
    await eventually('the assignment came', async () => heard(agent).length === 2);
    expect(heard(agent)[0]).toBe('mentioned: Please look, @Ada');
    expect(told.get(agent)?.[1]).toMatchObject({ event: 'assigned', author: expect.any(String) as string });
    expect(heard(owner)).toEqual([]);
  });

  it('never tells somebody of a conversation that they may not see', async () => {
    await choose(agent, wants('all'));
    const foreign = ((await owner.call('POST', '/brands', { name: 'Secret', slug: `secret-${database}-${Date.now()}` })).body as unknown as { id: string }).id;
    await owner.call('PATCH', `/operators/${agentId}`, { brandIds: [brandId] });
    const contact = await services.contacts.create({ brandId: foreign, name: 'Eve' });
    await services.receive('chat', { contactId: contact.id, cid: randomUUID(), text: 'canary', open: {} });
    await settled();
    expect(JSON.stringify(told.get(agent))).not.toContain('canary');
    await owner.call('PATCH', `/operators/${agentId}`, { brandIds: 'all' });
  });

  it('the audience of mails is who wants them and has not read', async () => {
    await choose(agent, wants('department'));
    const conversation = await begin('One');
    const audience = () => services.operators.audience({ conversationId: conversation.id, event: 'contact.replied' });
    expect(await audience()).toEqual([{ operatorId: agentId, name: 'Ada', locale: 'en', readSeq: 0 }]);
    await agent.call('POST', `/conversations/${conversation.id}/read`, { seq: 1 });
    expect(await audience()).toEqual([]);
    await goOn(conversation, 'Two');
    expect(await audience()).toMatchObject([{ operatorId: agentId, readSeq: 1 }]);
    const quiet = { from: '00:00', to: '23:59', days: [0, 1, 2, 3, 4, 5, 6] };
    await choose(agent, { ...wants('department'), quietHours: quiet });
    const isLastMinute = new Date().toISOString().slice(11, 16) === '23:59';
    expect(await audience()).toHaveLength(isLastMinute ? 1 : 0);
  });

  describe('web push', () => {
    const subscribe = async (operator: Operator) => {
      const { key } = (await operator.call('GET', '/push-subscriptions')).body as unknown as { key: string };
      const subscription = push.subscribe(key);
      const answer = await operator.call('POST', '/push-subscriptions', subscription);
      expect(answer.status).toBe(201);
      return { ...subscription, id: (answer.body as unknown as { id: string }).id };
    };
    const listed = async (operator: Operator) => ((await operator.call('GET', '/push-subscriptions')).body as unknown as { data: { id: string; lastUsedAt: string | null }[] }).data;

    it('reaches a browser, sealed for it alone, and a repeat of the event adds none', async () => {
      await choose(agent, wants('department'));
      const { endpoint } = await subscribe(agent);
      const conversation = await begin('Are you there?');
      await eventually('it arrived', async () => push.received.some((entry) => entry.endpoint === endpoint));
      const arrived = push.received.filter((entry) => entry.endpoint === endpoint);
      expect(arrived).toHaveLength(1);
      expect(arrived[0]).toMatchObject({ message: { event: 'conversation.created', conversationId: conversation.id, author: 'Grace', text: 'Are you there?' }, urgency: 'high' });
      expect(arrived[0]?.message).toMatchObject({ title: 'New conversation from Grace', lang: 'en', dir: 'ltr' });
      expect(arrived[0]?.subject).toMatch(/^mailto:/);
    });

    it('a browser that is gone is forgotten, one that is in trouble is tried again', async () => {
      const gone = await subscribe(agent);
      push.answer(gone.endpoint, 410);
      expect((await agent.call('POST', `/push-subscriptions/${gone.id}/test`)).status).toBe(410);
      expect((await listed(agent)).map(({ id }) => id)).not.toContain(gone.id);

      const slow = await subscribe(agent);
      push.answer(slow.endpoint, 503);
      expect((await agent.call('POST', `/push-subscriptions/${slow.id}/test`)).status).toBe(502);
      push.answer(slow.endpoint, 201);
      expect((await agent.call('POST', `/push-subscriptions/${slow.id}/test`)).status).toBe(204);
      expect((await listed(agent)).find(({ id }) => id === slow.id)?.lastUsedAt).not.toBeNull();
    });

    it('belongs to its operator alone; who signs in at the same browser later takes it over', async () => {
      const own = await subscribe(agent);
      expect((await owner.call('DELETE', `/push-subscriptions/${own.id}`)).status).toBe(404);
      expect((await owner.call('POST', `/push-subscriptions/${own.id}/test`)).status).toBe(404);
      await owner.call('POST', '/push-subscriptions', { endpoint: own.endpoint, keys: own.keys });
      expect((await listed(agent)).map(({ id }) => id)).not.toContain(own.id);
      expect((await owner.call('DELETE', `/push-subscriptions/${own.id}`)).status).toBe(204);
    });

    it('is never sent into the network of the desk', async () => {
      const { keys } = push.subscribe('x');
      const { body } = await agent.call('POST', '/push-subscriptions', { endpoint: 'http://127.0.0.1:9/inside', keys });
      expect((await agent.call('POST', `/push-subscriptions/${body.id as unknown as string}/test`)).status).toBe(410);
    });

    it('the private key is in no answer', async () => {
      const text = JSON.stringify((await owner.call('GET', '/settings')).body) + JSON.stringify((await owner.call('GET', '/push-subscriptions')).body);
      expect(text).not.toMatch(/sealed|privateKey/);
    });
  });
});
