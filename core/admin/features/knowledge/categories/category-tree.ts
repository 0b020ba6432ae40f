import { knowledgeLimits, type CategoryDto } from '../../../../shared/knowledge.ts';

export interface TreeRow { category: CategoryDto; depth: number; index: number; count: number; hasChildren: boolean }
/** Where a category is to stand: below which one, and as which of its children. */
export interface Place { parentId: string | null; position: number }
export type Move = 'up' | 'down' | 'in' | 'out';

const byPosition = (one: CategoryDto, other: CategoryDto): number => one.position - other.position || one.id.localeCompare(other.id);
/** Of a parent that is not in the list: at the top. */
const parentOf = (category: CategoryDto, all: readonly CategoryDto[]): string | null => (all.some(({ id }) => id === category.parentId) ? category.parentId : null);

export const childrenOf = (parentId: string | null, all: readonly CategoryDto[]): CategoryDto[] => all.filter((category) => parentOf(category, all) === parentId).sort(byPosition);

/** The tree as rows from top to bottom. */
export function rowsOf(all: readonly CategoryDto[], parentId: string | null = null, depth = 0): TreeRow[] {
  if (depth > 10) return [];
  const children = childrenOf(parentId, all);
  return children.flatMap((category, index) => {
    const below = rowsOf(all, category.id, depth + 1);
    return [{ category, depth, index, count: children.length, hasChildren: below.length > 0 }, ...below];
  });
}

export const isBelow = (id: string, ancestor: string, all: readonly CategoryDto[]): boolean => rowsOf(all, ancestor).some(({ category }) => category.id === id);

const depthOf = (id: string | null, all: readonly CategoryDto[]): number => (id === null ? 0 : (rowsOf(all).find(({ category }) => category.id === id)?.depth ?? 0) + 1);
const heightOf = (id: string, all: readonly CategoryDto[]): number => 1 + Math.max(0, ...rowsOf(all, id).map(({ depth }) => depth + 1));

/** May it stand there? Not below itself, and not deeper than the help centre shows. */
export const canPlace = (id: string, parentId: string | null, all: readonly CategoryDto[]): boolean =>
  parentId !== id && (parentId === null || !isBelow(parentId, id, all)) && depthOf(parentId, all) + heightOf(id, all) <= knowledgeLimits.categoryDepth;

/** Where a step with a key leads; null where it leads nowhere. */
export function placeAfter(move: Move, id: string, all: readonly CategoryDto[]): Place | null {
  const own = all.find((category) => category.id === id);
  if (!own) return null;
  const parentId = parentOf(own, all);
  const siblings = childrenOf(parentId, all);
  const index = siblings.findIndex((category) => category.id === id);
  if (move === 'up') return index > 0 ? { parentId, position: index - 1 } : null;
  if (move === 'down') return index < siblings.length - 1 ? { parentId, position: index + 1 } : null;
  if (move === 'out') {
    const parent = all.find((category) => category.id === parentId);
    if (!parent) return null;
    const above = parentOf(parent, all);
    return { parentId: above, position: childrenOf(above, all).findIndex((category) => category.id === parent.id) + 1 };
  }
  const before = siblings[index - 1];
  return before && canPlace(id, before.id, all) ? { parentId: before.id, position: childrenOf(before.id, all).length } : null;
}

/** Where a dragged row lands: before, after or into the row under the pointer. Null where it may not, or already is. */
export function placeAt(id: string, target: TreeRow, zone: 'before' | 'after' | 'into', all: readonly CategoryDto[]): Place | null {
  if (target.category.id === id) return null;
  const parentId = zone === 'into' ? target.category.id : parentOf(target.category, all);
  if (!canPlace(id, parentId, all)) return null;
  const siblings = childrenOf(parentId, all).filter((category) => category.id !== id);
  const at = siblings.findIndex((category) => category.id === target.category.id);
  const position = zone === 'into' ? siblings.length : zone === 'before' ? at : at + 1;
  const own = all.find((category) => category.id === id);
  const isThere = own && parentOf(own, all) === parentId && childrenOf(parentId, all).findIndex((category) => category.id === id) === position;
  return isThere ? null : { parentId, position };
}

/** The list as it is after a move, positions counted anew: what is shown until the server has answered. */
export function moved(id: string, { parentId, position }: Place, all: readonly CategoryDto[]): CategoryDto[] {
  const own = all.find((category) => category.id === id);
  if (!own) return [...all];
  const siblings = childrenOf(parentId, all).filter((category) => category.id !== id);
  siblings.splice(position, 0, own);
  const order = new Map(siblings.map((category, index) => [category.id, index]));
  return all.map((category) => (order.has(category.id) ? { ...category, position: order.get(category.id)!, ...(category.id === id ? { parentId } : {}) } : category));
}

/** A category's name in a language, else in any it has. */
export const nameIn = ({ texts, slug }: Pick<CategoryDto, 'texts' | 'slug'>, locale: string): string => texts[locale]?.name ?? texts[locale.split('-')[0] ?? '']?.name ?? Object.values(texts)[0]?.name ?? slug;

/** To choose from, lower ones behind those above them. */
export function categoryOptions(all: readonly CategoryDto[], locale: string): { value: string; label: string }[] {
  const path = (category: CategoryDto): string => {
    const above = all.find(({ id }) => id === category.parentId);
    return above ? `${path(above)} › ${nameIn(category, locale)}` : nameIn(category, locale);
  };
  return rowsOf(all).map(({ category }) => ({ value: category.id, label: path(category) }));
}
