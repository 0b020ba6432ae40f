import { expect, test } from 'vitest';
import { defaultNotificationPreferences, type NotificationEvent, type NotificationScope } from '../../shared/notifications.ts';
import { channelsFor, type Listener } from './choose-recipients.ts';

const now = Date.parse('2026-11-20T12:00:00Z');
const me = 7;

function listener(scope: NotificationScope, over: Partial<Listener> = {}): Listener {
  const row = { inApp: scope, sound: scope, push: scope, email: scope };
  return {
    actor: { type: 'operator', id: 'a', rowId: me, name: 'Ada', permissions: new Set(['*']), scope: 'all', brandIds: 'all', departmentIds: new Set([3]), sessionId: null },
    preferences: { ...defaultNotificationPreferences, events: { ...defaultNotificationPreferences.events, 'contact.replied': row } },
    timeZone: 'UTC', locale: 'en', ...over,
  };
}
const told = (scope: NotificationScope, access: { departmentId?: number | null; assigneeIds?: number[] }, over: Partial<Listener> = {}) =>
  channelsFor(listener(scope, over), { event: 'contact.replied', access: { brandId: 1, departmentId: null, contactId: 9, assigneeIds: [], ...access }, by: null, namedIds: [] }, now).inApp;

test.each<[string, NotificationScope, { departmentId?: number | null; assigneeIds?: number[] }, boolean]>([
  ['off is off, also for my own', 'off', { assigneeIds: [me] }, false],
  ['mine: assigned to me', 'mine', { assigneeIds: [me, 8] }, true],
  ['mine: nobody\'s is not mine', 'mine', {}, false],
  ['department: nobody\'s in my department', 'department', { departmentId: 3 }, true],
  ['department: nobody\'s in no department', 'department', {}, true],
  ['department: nobody\'s in another', 'department', { departmentId: 4 }, false],
  ['department: what a colleague has', 'department', { departmentId: 3, assigneeIds: [8] }, false],
  ['department: mine elsewhere', 'department', { departmentId: 4, assigneeIds: [me] }, true],
  ['all: what a colleague has elsewhere', 'all', { departmentId: 4, assigneeIds: [8] }, true],
])('%s', (_name, scope, access, expected) => {
  expect(told(scope, access)).toBe(expected);
});

test.each<NotificationEvent>(['mentioned', 'assigned'])('%s tells whom it names, but not who did it', (event) => {
  const access = { brandId: 1, departmentId: 4, contactId: 9, assigneeIds: [] };
  expect(channelsFor(listener('off'), { event, access, by: null, namedIds: [me] }, now).inApp).toBe(true);
  expect(channelsFor(listener('off'), { event, access, by: null, namedIds: [8] }, now).inApp).toBe(false);
  expect(channelsFor(listener('off'), { event, access, by: me, namedIds: [me] }, now).inApp).toBe(false);
});

test('quiet hours leave only what is seen in the desk', () => {
  const quiet = listener('all');
  quiet.preferences = { ...quiet.preferences, quietHours: { from: '11:00', to: '13:00', days: [0, 1, 2, 3, 4, 5, 6] } };
  const access = { brandId: 1, departmentId: null, contactId: 9, assigneeIds: [] };
  expect(channelsFor(quiet, { event: 'contact.replied', access, by: null, namedIds: [] }, now)).toEqual({ inApp: true, sound: false, push: false, email: false });
});
