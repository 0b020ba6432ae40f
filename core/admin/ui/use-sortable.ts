import { computed, nextTick, onScopeDispose, ref, shallowRef, type ComputedRef, type Ref } from 'vue';
import { followPointer } from './sortable-drag.ts';

/** What happened last, for a screen reader: `position` counts from 1. */
export interface SortNews { kind: 'lifted' | 'moved' | 'dropped' | 'cancelled'; position: number; count: number; id: string }

export interface SortableOptions<T> {
  items: () => readonly T[];
  idOf: (item: T) => string;
  change: (items: T[]) => void;
  /** The list element; its children are the rows, in order. */
  root: Ref<HTMLElement | undefined>;
}

export interface Sortable<T> {
  /** In the order on screen: while a row is lifted, where it would land. */
  shown: ComputedRef<readonly T[]>;
  lifted: Readonly<Ref<string | null>>;
  isDragged: Readonly<Ref<boolean>>;
  news: Readonly<Ref<SortNews | null>>;
  onKey(event: KeyboardEvent, id: string): void;
  onPointer(event: PointerEvent, id: string): void;
  /** Focus left the handle: what was lifted stays where it is. */
  onBlur(): void;
  move(id: string, by: number): void;
}

/** Order of a list by pointer and by keyboard. The model changes once, when a row is dropped. */
export function useSortable<T>({ items, idOf, change, root }: SortableOptions<T>): Sortable<T> {
  const lifted = ref<string | null>(null);
  const isDragged = ref(false);
  const order = shallowRef<readonly T[] | null>(null);
  const news = shallowRef<SortNews | null>(null);
  const shown = computed(() => order.value ?? items());
  let isMoving = false;
  let stopDrag = () => {};

  const indexOf = (id: string) => shown.value.findIndex((item) => idOf(item) === id);
  const tell = (kind: SortNews['kind'], id: string) => { news.value = { kind, id, position: indexOf(id) + 1, count: items().length }; };
  const handleOf = (id: string) => root.value?.children[indexOf(id)]?.querySelector<HTMLElement>('[data-sort-handle]');

  const lift = (id: string) => {
    order.value = [...items()];
    lifted.value = id;
    tell('lifted', id);
  };
  const place = (id: string, to: number) => {
    const from = indexOf(id);
    const target = Math.max(0, Math.min(to, shown.value.length - 1));
    if (from === -1 || from === target) return;
    const next = [...shown.value];
    next.splice(target, 0, ...next.splice(from, 1));
    order.value = next;
    tell('moved', id);
  };
  /** Moving a row in the document takes the focus from its handle. */
  const placeByKey = async (id: string, to: number) => {
    isMoving = true;
    place(id, to);
    await nextTick();
    handleOf(id)?.focus();
    isMoving = false;
  };
  const end = (kind: 'dropped' | 'cancelled') => {
    const id = lifted.value;
    if (id === null) return;
    const next = shown.value;
    stopDrag();
    lifted.value = null;
    isDragged.value = false;
    order.value = null;
    if (kind === 'dropped' && next.some((item, index) => item !== items()[index])) change([...next]);
    news.value = { kind, id, position: (kind === 'dropped' ? next : items()).findIndex((item) => idOf(item) === id) + 1, count: next.length };
  };

  const keys: Record<string, (id: string) => void> = {
    ArrowUp: (id) => void placeByKey(id, indexOf(id) - 1),
    ArrowDown: (id) => void placeByKey(id, indexOf(id) + 1),
    Home: (id) => void placeByKey(id, 0),
    End: (id) => void placeByKey(id, items().length - 1),
    Escape: (id) => { end('cancelled'); void nextTick(() => handleOf(id)?.focus()); },
  };
  const onKey = (event: KeyboardEvent, id: string) => {
    if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault();
      return lifted.value === id ? end('dropped') : lift(id);
    }
    const act = keys[event.key];
    if (lifted.value !== id || !act) return;
    event.preventDefault();
    event.stopPropagation();
    act(id);
  };
  const onPointer = (event: PointerEvent, id: string) => {
    const list = root.value;
    if (event.button !== 0 || !list || items().length < 2) return;
    lift(id);
    isDragged.value = true;
    stopDrag = followPointer(event, { list, indexOf: () => indexOf(id), place: (to) => place(id, to), end });
  };
  onScopeDispose(() => stopDrag());
  return {
    shown, lifted, isDragged, news, onKey, onPointer,
    onBlur: () => { if (!isMoving && !isDragged.value) end('dropped'); },
    move(id, by) {
      if (lifted.value !== null) end('cancelled');
      lift(id);
      place(id, indexOf(id) + by);
      end('dropped');
    },
  };
}
