const patterns: [RegExp, string][] = [
  [/\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b/g, '[mail]'],
  [/\bhttps?:\/\/\S+/gi, '[link]'],
  [/\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,4})?\b/g, '[account]'],
  [/(?<!\w)(?:\d[ -]?){12,18}\d(?!\w)/g, '[number]'],
  [/(?<!\w)\+?\(?\d[\d ()/-]{6,}\d(?!\w)/g, '[number]'],
  [/\b(?=[A-Za-z0-9_-]*\d)(?=[A-Za-z0-9_-]*[A-Za-z])[A-Za-z0-9_-]{12,}\b/g, '[id]'],
];

/** Text without addresses, links, account, card and telephone numbers, long ids, and the names that are known. */
export function redact(text: string, names: readonly (string | null)[] = []): string {
  const plain = patterns.reduce((redacted, [pattern, instead]) => redacted.replace(pattern, instead), text);
  const parts = names.flatMap((name) => (name ?? '').split(/\s+/)).filter((part) => part.length > 2);
  return parts.reduce((redacted, part) => redacted.replace(new RegExp(`(?<!\\p{L})${part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?!\\p{L})`, 'giu'), '[name]'), plain);
}
