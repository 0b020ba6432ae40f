const maximum = 4;

/** What an audit entry says beyond its action, as short lines; ids and nested data are left out. */
export function detailLines(details: Record<string, unknown>): string[] {
  return Object.entries(details).flatMap(([key, value]) => {
    const text = plain(value);
    return text === null ? [] : [`${words(key)}: ${text}`];
  }).slice(0, maximum);
}

function plain(value: unknown): string | null {
  if (typeof value === 'string') return value === '' || /^[a-z2-7]{26}$/.test(value) ? null : shorten(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return shorten(value.map(plain).filter((entry) => entry !== null).join(', '));
  if (typeof value === 'object' && value !== null && 'from' in value && 'to' in value) return `${plain(value.from) ?? '—'} → ${plain(value.to) ?? '—'}`;
  return null;
}

const shorten = (text: string): string | null => (text.length > 100 ? `${text.slice(0, 99)}…` : text || null);
const words = (key: string) => key.replace(/([a-z])([A-Z])/g, '$1 $2').replaceAll('_', ' ').toLowerCase();
