import type { Kernel } from '../../kernel/context.ts';
import type { OutboxEntry } from '../../kernel/outbox/outbox.ts';
import type { NotificationDto } from '../../shared/notifications.ts';
import { channelsFor } from './choose-recipients.ts';
import { factOf, type Fact } from './happening-of.ts';
import { listenersOf } from './listeners.ts';
import { addPushJobs } from './push-jobs.ts';

/** Bus topic: what to tell whom, for the sockets of every process. A hint: the conversation itself arrives in any case. */
export const notificationTopic = 'notifications';
export interface NotificationHint { notification: Omit<NotificationDto, 'show' | 'sound'>; show: readonly string[]; sound: readonly string[] }

const longest = 300;

/** Tells operators of an event: their open screens over the bus, their browsers by push. Runs in the process that claimed the event. */
export async function notify(kernel: Kernel, entry: OutboxEntry): Promise<void> {
  const fact = await factOf(kernel.db.knex, entry);
  if (!fact) return;
  const listeners = await listenersOf(kernel, fact.conversation);
  const now = Date.now();
  const told = listeners.map((listener) => ({ operator: listener.actor, channels: channelsFor(listener, fact, now) }));
  const notification = present(fact, entry);
  const ids = (channel: 'inApp' | 'sound' | 'push') => told.filter(({ channels }) => channels[channel]).map(({ operator }) => operator);
  const show = ids('inApp').map(({ id }) => id);
  const sound = ids('sound').map(({ id }) => id);
  if (show.length + sound.length > 0) await kernel.bus.publish(notificationTopic, { notification, show, sound } satisfies NotificationHint);
  await addPushJobs(kernel, notification, ids('push').map(({ rowId }) => rowId));
}

function present({ event, conversation, author, text }: Fact, entry: OutboxEntry): NotificationHint['notification'] {
  return {
    id: entry.eventId, event, conversationId: conversation.uid, author, subject: conversation.subject,
    text: [...text.replace(/\s+/g, ' ').trim()].slice(0, longest).join(''), at: new Date(entry.createdAt).toISOString(),
  };
}

/** Hands a hint to the sockets of this process. */
export function sendNotification(kernel: Kernel, { notification, show, sound }: NotificationHint): void {
  const [shown, heard] = [new Set(show), new Set(sound)];
  for (const isHeard of [true, false]) {
    for (const isShown of [true, false]) {
      if (!isHeard && !isShown) continue;
      kernel.realtime.toOperators('notification', { ...notification, show: isShown, sound: isHeard } satisfies NotificationDto,
        ({ actor }) => shown.has(actor.id) === isShown && heard.has(actor.id) === isHeard);
    }
  }
}
