/** What a help centre mostly begins with: a title to keep or change, and a text to fill in. */
export const starters = [
  { id: 'firstSteps', icon: 'rocket' },
  { id: 'refunds', icon: 'undo' },
  { id: 'contact', icon: 'chat' },
] as const;
export type StarterId = (typeof starters)[number]['id'];
