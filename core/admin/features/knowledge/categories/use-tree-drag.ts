import { onScopeDispose, ref, type Ref } from 'vue';
import type { CategoryDto } from '../../../../shared/knowledge.ts';
import { placeAt, type Place, type TreeRow } from './category-tree.ts';

export type Zone = 'before' | 'after' | 'into';
interface Options { rows: () => TreeRow[]; all: () => readonly CategoryDto[]; root: Ref<HTMLElement | undefined>; place: (id: string, to: Place) => void }

/** A category follows the pointer; where it may land shows at the row below it. Escape lets it fall back. */
export function useTreeDrag({ rows, all, root, place }: Options) {
  const lifted = ref<string | null>(null);
  const target = ref<{ id: string; zone: Zone } | null>(null);
  let landing: Place | null = null;
  let stop = () => {};

  function find(y: number): void {
    const id = lifted.value;
    target.value = null;
    landing = null;
    if (!id) return;
    for (const row of rows()) {
      const box = root.value?.querySelector(`[data-category="${row.category.id}"]`)?.getBoundingClientRect();
      if (!box || y < box.top || y > box.bottom) continue;
      const part = (y - box.top) / box.height;
      // The middle goes in; where that may not be, the nearer edge counts.
      const zones: Zone[] = part < .28 ? ['before'] : part > .72 ? ['after'] : ['into', part < .5 ? 'before' : 'after'];
      for (const zone of zones) {
        landing = placeAt(id, row, zone, all());
        if (landing) { target.value = { id: row.category.id, zone }; return; }
      }
    }
  }
  function end(isDropped: boolean): void {
    const [id, to] = [lifted.value, landing];
    stop();
    lifted.value = null;
    target.value = null;
    landing = null;
    if (isDropped && id && to) place(id, to);
  }
  function start(event: PointerEvent, id: string): void {
    if (event.button !== 0) return;
    event.preventDefault();
    lifted.value = id;
    const onMove = (moved: PointerEvent) => { if (moved.pointerId === event.pointerId) find(moved.clientY); };
    const onUp = (up: PointerEvent) => { if (up.pointerId === event.pointerId) end(true); };
    const onCancel = () => end(false);
    const onKey = (key: KeyboardEvent) => { if (key.key === 'Escape') { key.preventDefault(); key.stopPropagation(); end(false); } };
    addEventListener('pointermove', onMove);
    addEventListener('pointerup', onUp);
    addEventListener('pointercancel', onCancel);
    addEventListener('keydown', onKey, true);
    stop = () => {
      removeEventListener('pointermove', onMove);
      removeEventListener('pointerup', onUp);
      removeEventListener('pointercancel', onCancel);
      removeEventListener('keydown', onKey, true);
      stop = () => {};
    };
  }
  onScopeDispose(() => stop());
  return { lifted, target, start };
}
