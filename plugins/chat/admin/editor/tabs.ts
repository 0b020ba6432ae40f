export const tabIds = ['general', 'appearance', 'security', 'translations', 'notifications', 'embed'] as const;
export type TabId = (typeof tabIds)[number];

export const tabOf = (text: unknown): TabId => tabIds.find((id) => id === text) ?? 'general';

const owners: Record<string, TabId> = { appearance: 'appearance', security: 'security', allowedOrigins: 'security', texts: 'translations', notifications: 'notifications', aliases: 'embed' };

/** The tab on which a field of the form stands, by its path. */
export const tabOfField = (path: string): TabId => owners[path.split('.')[0] ?? ''] ?? 'general';
