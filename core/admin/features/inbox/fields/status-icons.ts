import type { Status } from '../../../../shared/conversations.ts';

export const statusIcons: Record<Status, string> = { open: 'circle', waiting: 'pause', snoozed: 'clock', resolved: 'check-circle', closed: 'lock' };
