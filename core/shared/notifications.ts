import { z } from 'zod';
import { idSchema } from './primitives.ts';

/** What operators are told of. `mentioned` and `assigned` know only `off` and `mine`. */
export const notificationEvents = ['conversation.created', 'contact.replied', 'mentioned', 'assigned'] as const;
export type NotificationEvent = (typeof notificationEvents)[number];
export const notificationChannels = ['inApp', 'sound', 'push', 'email'] as const;
export type NotificationChannel = (typeof notificationChannels)[number];
/**
 * `mine`: assigned to me. `department`: mine, and what nobody has yet in my departments (or in none).
 * `all`: whatever I may see.
 */
export const notificationScopes = ['off', 'mine', 'department', 'all'] as const;
export type NotificationScope = (typeof notificationScopes)[number];

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const row = z.strictObject({ inApp: z.enum(notificationScopes), sound: z.enum(notificationScopes), push: z.enum(notificationScopes), email: z.enum(notificationScopes) });
const ownRow = z.strictObject({ inApp: z.enum(['off', 'mine']), sound: z.enum(['off', 'mine']), push: z.enum(['off', 'mine']), email: z.enum(['off', 'mine']) });
export const notificationPreferences = z.strictObject({
  events: z.strictObject({ 'conversation.created': row, 'contact.replied': row, mentioned: ownRow, assigned: ownRow }),
  /** In the operator's time zone, past midnight too. Sound, push and e-mail rest; in-app is shown silently. */
  quietHours: z.strictObject({ from: timeOfDay, to: timeOfDay, days: z.array(z.number().int().min(0).max(6)).max(7) }).nullable(),
});
export type NotificationPreferences = z.output<typeof notificationPreferences>;

const department = { inApp: 'department', sound: 'department', push: 'department', email: 'department' } as const;
const mine = { inApp: 'mine', sound: 'mine', push: 'mine', email: 'mine' } as const;
export const defaultNotificationPreferences: NotificationPreferences = {
  events: { 'conversation.created': department, 'contact.replied': department, mentioned: mine, assigned: { ...mine, email: 'off' } },
  quietHours: null,
};

/** As `PushSubscription.toJSON()` gives it. */
export const pushSubscriptionBody = z.strictObject({
  endpoint: z.url({ protocol: /^https?$/ }).max(1_000),
  expirationTime: z.number().nullable().optional(),
  keys: z.strictObject({ p256dh: z.string().regex(/^[A-Za-z0-9_-]{80,120}={0,2}$/), auth: z.string().regex(/^[A-Za-z0-9_-]{16,40}={0,2}$/) }),
});
export interface PushSubscriptionDto { id: string; device: string; createdAt: string; lastUsedAt: string | null; isFailing: boolean }
export const pushParams = z.strictObject({ id: idSchema });

/** Socket event `notification` to one operator, and the payload of a push message. `author` and `text` are what a person wrote. */
export interface NotificationDto {
  id: string;
  event: NotificationEvent;
  conversationId: string;
  /** Who caused it: the contact's or the operator's name, empty for an anonymous contact. */
  author: string;
  text: string;
  subject: string | null;
  at: string;
  show: boolean;
  sound: boolean;
}
