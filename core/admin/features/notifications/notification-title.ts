import type { NotificationEvent } from '../../../shared/notifications.ts';

const keys: Record<NotificationEvent, string> = { 'conversation.created': 'created', 'contact.replied': 'replied', mentioned: 'mentioned', assigned: 'assigned' };

/** "Grace wrote", in the words of the desk. */
export const notificationTitle = (t: (key: string, values: Record<string, string>) => string, event: NotificationEvent, author: string): string =>
  t(`notifications.titles.${keys[event]}`, { name: author || t('notifications.somebody', {}) });
