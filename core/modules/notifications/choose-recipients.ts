import type { OperatorActor } from '../../kernel/policy/actor.ts';
import type { NotificationChannel, NotificationEvent, NotificationPreferences } from '../../shared/notifications.ts';
import type { ConversationAccess } from '../conversations/index.ts';
import { isQuiet } from './quiet-hours.ts';

/** An operator with what they want to be told of. */
export interface Listener { actor: OperatorActor; preferences: NotificationPreferences; timeZone: string; locale: string }

/** Something that happened. `namedIds`: whom a mention names, or who was assigned anew. `by` is never told of it. */
export interface Happening { event: NotificationEvent; access: ConversationAccess; by: number | null; namedIds: readonly number[] }

export type Channels = Record<NotificationChannel, boolean>;

/** Which ways an operator is told. Whether they may see the conversation at all is asked before. */
export function channelsFor(listener: Listener, happening: Happening, now: number): Channels {
  const { actor, preferences } = listener;
  const wanted = preferences.events[happening.event];
  const isQuietNow = isQuiet(preferences.quietHours, now, listener.timeZone);
  const is = (channel: NotificationChannel): boolean => actor.rowId !== happening.by && reaches(wanted[channel], actor, happening);
  return { inApp: is('inApp'), sound: is('sound') && !isQuietNow, push: is('push') && !isQuietNow, email: is('email') && !isQuietNow };
}

function reaches(scope: NotificationPreferences['events']['contact.replied']['inApp'], actor: OperatorActor, { event, access, namedIds }: Happening): boolean {
  if (scope === 'off') return false;
  if (event === 'mentioned' || event === 'assigned') return namedIds.includes(actor.rowId);
  if (scope === 'all' || access.assigneeIds.includes(actor.rowId)) return true;
  const isNobodys = access.assigneeIds.length === 0;
  return scope === 'department' && isNobodys && (access.departmentId === null || actor.departmentIds.has(access.departmentId));
}
