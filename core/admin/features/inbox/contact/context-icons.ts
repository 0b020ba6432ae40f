import type { ContextType } from '@plugboard/sdk';

/** Marks of the types of context, told apart by their shape. */
export const contextIcons = {
  list: 'list', integration: 'plug', error: 'alert', status: 'info', config: 'settings', feature: 'flag', metric: 'chart', relationship: 'users', custom: 'tag',
} as const satisfies Record<ContextType, string>;
