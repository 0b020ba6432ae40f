export const tabIds = ['persona', 'answers', 'escalation', 'gate'] as const;
export type TabId = (typeof tabIds)[number];

export const tabOf = (text: unknown): TabId => tabIds.find((id) => id === text) ?? 'persona';

const owners: Record<string, TabId> = {
  mode: 'answers', brandScope: 'answers', brandIds: 'answers', isDefault: 'answers', modelIds: 'answers', useTools: 'answers', maxAnswers: 'answers', escalation: 'escalation', gate: 'gate',
};

/** The tab on which a field of the form stands, by its path. */
export const tabOfField = (path: string): TabId => (path.startsWith('escalation.confidence') ? 'answers' : owners[path.split('.')[0] ?? ''] ?? 'persona');
