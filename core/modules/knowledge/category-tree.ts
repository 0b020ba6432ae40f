import { audiences, type ReadAudience } from '@plugboard/sdk';
import type { ArticleCategory } from './category.model.ts';

/** The narrower of some audiences. */
export const narrowest = (...given: readonly ReadAudience[]): ReadAudience => audiences[Math.max(0, ...given.map((audience) => audiences.indexOf(audience)))] ?? 'internal';

/** The categories of a brand, and who stands above whom. */
export class CategoryTree<C extends Pick<ArticleCategory, 'id' | 'parent_id' | 'audience'> = ArticleCategory> {
  readonly #byId: ReadonlyMap<number, C>;

  constructor(rows: readonly C[]) {
    this.#byId = new Map(rows.map((row) => [row.id, row]));
  }

  all(): C[] { return [...this.#byId.values()]; }
  get(id: number | null): C | undefined { return id === null ? undefined : this.#byId.get(id); }

  /** Itself and those above it, outermost first. */
  path(id: number | null): C[] {
    const found: C[] = [];
    for (let at = this.get(id); at && !found.includes(at); at = this.get(at.parent_id)) found.unshift(at);
    return found;
  }

  children(id: number | null): C[] { return this.all().filter((row) => row.parent_id === id); }

  /** Itself and everything below it. */
  below(id: number): C[] {
    const own = this.get(id);
    return own ? [own, ...this.children(id).flatMap((child) => this.below(child.id))] : [];
  }

  /** Levels from it downwards, itself counted. */
  height(id: number): number {
    return 1 + Math.max(0, ...this.children(id).map((child) => this.height(child.id)));
  }

  /** Who may read what lies in it. */
  reach(id: number | null): ReadAudience { return narrowest(...this.path(id).map((row) => row.audience)); }
}
