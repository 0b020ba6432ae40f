import { createRequire } from 'node:module';
import { html, type Markup } from '../../../kernel/html/markup.ts';

const lines: Readonly<Record<string, string>> = {
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.2 15.2 20 20',
  globe: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3 12h18M12 3c2.5 2.6 3.8 5.6 3.8 9s-1.3 6.4-3.8 9c-2.5-2.6-3.8-5.6-3.8-9S9.500 5.600 12 3z',
  down: 'm6 9 6 6 6-6',
  next: 'm9 6 6 6-6 6',
  chat: 'M4 12a8 8 0 1 1 3 6.200L4 19l.8-3A8 8 0 0 1 4 12z',
  page: 'M7 3h7l4 4v13a1 1 0 0 1-1 1H7a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM13.500 3v4.500H18M9 13h6M9 16.500h6',
  pin: 'M9 3.500h6l-.8 6 3.300 3.500v1.500H6.500V13l3.300-3.500zM12 14.500V21',
  up: 'M7 10v10H4V10zM7 10l4-7c1.500 0 2.500 1 2.300 2.600L12.800 9H18a2 2 0 0 1 2 2.400l-1.300 7A2 2 0 0 1 16.700 20H7',
  thumbDown: 'M17 14V4h3v10zM17 14l-4 7c-1.500 0-2.500-1-2.300-2.600l.5-3.400H6a2 2 0 0 1-2-2.400l1.300-7A2 2 0 0 1 7.300 4H17',
};

/** A small drawing beside words, which say what it means. */
export const icon = (name: keyof typeof lines & string): Markup =>
  html`<svg class="icon icon-${name}" viewBox="0 0 24 24" aria-hidden="true"><path d="${lines[name]}"/></svg>`;

interface Definition { icon: [number, number, unknown, string, string | string[]] }
interface Shape { w: number; h: number; d: string }

// FontAwesome's free set: a name takes one small file of it.
const require = createRequire(import.meta.url);
const shapes = new Map<string, Shape | null>();
const fallback = 'folder';

function shapeOf(name: string): Shape | null {
  if (!/^[a-z0-9][a-z0-9-]{0,59}$/.test(name)) return null;
  const known = shapes.get(name);
  if (known !== undefined) return known;
  const file = `fa${name.split('-').map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('')}`;
  let found: Shape | null = null;
  for (const set of ['solid', 'brands']) {
    try {
      const { definition } = require(`@fortawesome/free-${set}-svg-icons/${file}`) as { definition: Definition };
      const [w, h, , , d] = definition.icon;
      found ??= { w, h, d: Array.isArray(d) ? d.join('') : d };
    } catch { /* not in this set */ }
  }
  if (shapes.size >= 1_000) shapes.clear();
  shapes.set(name, found);
  return found;
}

/** The picture of a category; a folder for none, and for a name that is not there. */
export function categoryIcon(name: string | null): Markup {
  const shape = shapeOf(name ?? fallback) ?? shapeOf(fallback);
  if (!shape) return html``;
  return html`<svg class="glyph" viewBox="0 0 ${shape.w} ${shape.h}" aria-hidden="true"><path d="${shape.d}"/></svg>`;
}
