import { audiences, type ReadAudience } from '@plugboard/sdk';
import type { CategoryDto } from '../../../shared/knowledge.ts';

export const audienceIcons: Record<ReadAudience, string> = { public: 'globe', 'signed-in': 'user', internal: 'lock' };
export { audiences };

/** The narrower of two: an article is read by nobody who may not open its category. */
const narrower = (one: ReadAudience, other: ReadAudience): ReadAudience => (audiences.indexOf(one) > audiences.indexOf(other) ? one : other);

/** Who may read what lies in a category: as narrow as the narrowest above it. */
export function reachOf(categoryId: string | null, categories: readonly CategoryDto[]): ReadAudience {
  let reach: ReadAudience = 'public';
  const seen = new Set<string>();
  for (let at = categories.find(({ id }) => id === categoryId); at && !seen.has(at.id); at = categories.find(({ id }) => id === at?.parentId)) {
    seen.add(at.id);
    reach = narrower(reach, at.audience);
  }
  return reach;
}

export const reachWithin = (audience: ReadAudience, categoryId: string | null, categories: readonly CategoryDto[]): ReadAudience => narrower(audience, reachOf(categoryId, categories));
