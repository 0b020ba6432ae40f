import { createRequire } from 'node:module';
import { iconsByWord, iconWords } from './icon-words.ts';
import type { IconShape } from './public-config.ts';

export interface FoundIcon extends IconShape { name: string; style: 'solid' | 'brands' }
interface Definition { iconName: string; icon: [number, number, (string | number)[], string, string | string[]] }
interface Entry { name: string; style: FoundIcon['style']; words: readonly string[]; more: readonly string[]; shape: IconShape }

// FontAwesome's free set. Its packages are large: a name takes one small file of them, and only a search takes them whole.
const require = createRequire(import.meta.url);
const packages = { solid: '@fortawesome/free-solid-svg-icons', brands: '@fortawesome/free-brands-svg-icons' } as const;
const styles = ['solid', 'brands'] as const;

const shapeOf = ({ icon: [w, h, , , d] }: Definition): IconShape => ({ w, h, d: Array.isArray(d) ? d.join('') : d });
const fileOf = (name: string): string => `fa${name.split('-').map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('')}`;

const isDefinition = (value: unknown): value is Definition =>
  typeof value === 'object' && value !== null && 'iconName' in value && 'icon' in value && Array.isArray(value.icon);

function readOne(name: string): IconShape | null {
  for (const style of styles) {
    try {
      const { definition } = require(`${packages[style]}/${fileOf(name)}`) as { definition: Definition };
      return shapeOf(definition);
    } catch { /* not in this set, or under a file name that does not follow from its own */ }
  }
  return null;
}

let catalogue: readonly Entry[] | null = null;

/** All icons once each, by their present names. */
function entries(): readonly Entry[] {
  catalogue ??= styles.flatMap((style) => {
    const definitions = Object.values(require(packages[style]) as Record<string, unknown>).filter(isDefinition);
    const byName = new Map(definitions.map((definition) => [definition.iconName, definition]));
    return [...byName.values()].map((definition): Entry => ({
      name: definition.iconName, style, words: definition.iconName.split('-'), shape: shapeOf(definition),
      more: [...definition.icon[2].filter((alias) => typeof alias === 'string'), ...(iconWords[definition.iconName] ?? [])],
    }));
  });
  return catalogue;
}

const shapes = new Map<string, IconShape | null>();

/** The drawing of a configured name, by its present name or an older one; null when there is none. */
export function iconShape(name: string): IconShape | null {
  if (!/^[a-z0-9][a-z0-9-]{0,59}$/.test(name)) return null;
  const known = shapes.get(name);
  if (known !== undefined) return known;
  const found = readOne(name) ?? entries().find((entry) => entry.more.includes(name) && !(iconWords[entry.name] ?? []).includes(name))?.shape ?? null;
  if (shapes.size >= 1_000) shapes.clear();
  shapes.set(name, found);
  return found;
}

/** The drawing that a page gets: a name that is not there (any more) is a speech bubble, none is none. */
export const shapeOrComment = (name: string | null): IconShape | null => (name === null ? null : iconShape(name) ?? iconShape('comment'));

/** 0 fits best; null not at all. Names before older names and search words. */
function rank({ name, words, more }: Entry, query: string): number | null {
  if (name === query) return 0;
  const place = iconsByWord[query]?.indexOf(name) ?? -1;
  if (place >= 0) return 1 + place / 100;
  if (more.includes(query)) return 1;
  if (name.startsWith(query)) return 2;
  if (words.some((word) => word.startsWith(query))) return 3;
  if (more.some((word) => word.startsWith(query))) return 4;
  return name.includes(query) || more.some((word) => word.includes(query)) ? 5 : null;
}

/** What an admin sees before anything is typed. */
const usual = [
  'comment', 'comments', 'message', 'headset', 'circle-question', 'life-ring', 'envelope', 'phone', 'house', 'book', 'link', 'cart-shopping', 'truck', 'box',
  'credit-card', 'receipt', 'tag', 'gift', 'star', 'heart', 'calendar', 'clock', 'location-dot', 'user', 'users', 'gear', 'wrench', 'bug', 'lightbulb', 'bullhorn',
  'newspaper', 'file', 'video', 'shield-halved', 'lock', 'rocket', 'robot', 'globe', 'handshake', 'graduation-cap',
];

/** Icons by name, older name or search word, the best first; each word of the query has to fit. */
export function searchIcons(query: string, limit: number): FoundIcon[] {
  const parts = query.toLowerCase().split(/[\s_-]+/).filter(Boolean).slice(0, 5);
  const whole = parts.join('-');
  const scored = entries().flatMap((entry) => {
    if (parts.length === 0) {
      const place = entry.style === 'solid' ? usual.indexOf(entry.name) : -1;
      return place < 0 ? [] : [{ entry, score: place }];
    }
    const ranks = parts.map((part) => rank(entry, part));
    const direct = rank(entry, whole);
    if (direct === null && ranks.includes(null)) return [];
    return [{ entry, score: direct ?? 6 + Math.max(...ranks.map((value) => value ?? 0)) }];
  });
  return scored
    .sort((one, other) => one.score - other.score || one.entry.name.length - other.entry.name.length || one.entry.name.localeCompare(other.entry.name, 'en'))
    .slice(0, limit)
    .map(({ entry }) => ({ name: entry.name, style: entry.style, ...entry.shape }));
}
