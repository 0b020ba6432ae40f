/** What a value is, for whoever draws it. */
export type Shape = 'empty' | 'flag' | 'number' | 'time' | 'link' | 'text' | 'words' | 'items' | 'fields';

const isoTime = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;
/** Texts longer than this are folded. */
export const longText = 140;

export const isWeb = (url: string): boolean => /^https?:\/\//i.test(url) && URL.canParse(url);
const isPlain = (value: unknown): boolean => value === null || typeof value !== 'object';

export function shapeOf(value: unknown): Shape {
  if (value === null || value === undefined || value === '') return 'empty';
  if (typeof value === 'boolean') return 'flag';
  if (typeof value === 'number') return 'number';
  if (typeof value === 'string') return isoTime.test(value) && !Number.isNaN(Date.parse(value)) ? 'time' : isWeb(value) && !/\s/.test(value) ? 'link' : 'text';
  if (Array.isArray(value)) return value.length === 0 ? 'empty' : value.every(isPlain) ? 'words' : 'items';
  return Object.keys(value).length === 0 ? 'empty' : 'fields';
}

/** `plan_name`, `planName` and `plan.name` are "Plan name" for a person; what is written with spaces stays as it is. */
export function fieldLabel(key: string): string {
  if (/\s/.test(key)) return key;
  const words = key.replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2').replace(/[_.:-]+/g, ' ').trim();
  if (words === '') return key;
  const lower = words.split(' ').map((word) => (/^[\p{Lu}\d]{2,}$/u.test(word) ? word : word.toLowerCase())).join(' ');
  return lower.charAt(0).toUpperCase() + lower.slice(1);
}

/** The whole value in one line, where there is no room for more. */
export function lineOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(lineOf).join(', ');
  if (value !== null && typeof value === 'object') return Object.entries(value).map(([key, inner]) => `${fieldLabel(key)}: ${lineOf(inner)}`).join(', ');
  return value === null || value === undefined || value === '' ? '—' : String(value);
}
