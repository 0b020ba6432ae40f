// The server's rules (server/placeholders.ts), so that a fault shows while one types; tests/placeholders.test.ts holds them together.
const patterns = [/\{\{[^{}]*\}\}/g, /(?<![\w:/.])(?<!\{\{):[a-z][a-z_]+\b(?!:)/g];
const normal = (text: string): string => text.replace(/\{\{\s*([^{}]+?)\s*\}\}/g, '{{$1}}');
const placeholdersOf = (text: string): string[] => [...new Set(patterns.flatMap((pattern) => normal(text).match(pattern) ?? []))];

/** Forms of a number that may do without it: none, one, two. */
const tellsNumber = (key: string): boolean => /_(zero|one|two)$/.test(key);

export type PlaceholderFault = 'placeholder_missing' | 'placeholder_unknown';

/** What is wrong with a text that is to stand for `english`, whose placeholders it keeps. */
export function placeholderFault(key: string, text: string, english: string): PlaceholderFault | null {
  const known = placeholdersOf(english);
  const given = placeholdersOf(text);
  if (given.some((name) => !known.includes(name))) return 'placeholder_unknown';
  const needed = tellsNumber(key) ? known.filter((name) => name !== '{{count}}') : known;
  return needed.every((name) => given.includes(name)) ? null : 'placeholder_missing';
}
