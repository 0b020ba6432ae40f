import type { View } from '../../../../shared/conversations.ts';

export const viewIcons: Record<View, string> = {
  mine: 'user', mentions: 'at', unassigned: 'inbox', all: 'layers', snoozed: 'clock', ai: 'sparkle', closed: 'check-circle', spam: 'spam',
};
