import { computed } from 'vue';
import { useRoute, useRouter, type RouteLocationRaw } from 'vue-router';
import { sorts, views, type Sort, type View } from '../../../shared/conversations.ts';
import type { ListFilter } from './inbox-api.ts';

const sortKey = 'plugboard.sort';
const isView = (value: unknown): value is View => views.includes(value as View);
const isSort = (value: unknown): value is Sort => sorts.includes(value as Sort);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The inbox reads what it shows from the address and nowhere else. */
export function useInboxRoute() {
  const route = useRoute();
  const router = useRouter();

  const filter = computed<ListFilter>(() => ({
    view: isView(route.params.view) ? route.params.view : 'all',
    departmentId: text(route.params.departmentId) || null,
    q: text(route.query.q),
    sort: isSort(route.query.sort) ? route.query.sort : keptSort(),
  }));
  const conversationId = computed(() => text(route.params.conversationId) || null);

  const to = (id: string | null, next: Partial<ListFilter> = {}): RouteLocationRaw => {
    const { view, departmentId, q, sort } = { ...filter.value, ...next };
    const query = { ...(q ? { q } : {}), ...(sort === keptSort() ? {} : { sort }) };
    const conversation = id === null ? {} : { conversationId: id };
    return departmentId === null
      ? { name: 'inbox', params: { view, ...conversation }, query }
      : { name: 'inbox-department', params: { departmentId, ...conversation }, query };
  };

  return {
    filter,
    conversationId,
    to,
    toView: (view: View): RouteLocationRaw => to(null, { view, departmentId: null, q: '' }),
    toDepartment: (departmentId: string): RouteLocationRaw => to(null, { departmentId, q: '' }),
    open: (id: string) => router.push(to(id)),
    /** Moves on without a step for Back. */
    swap: (id: string | null) => router.replace(to(id)),
    close: () => router.push(to(null)),
    search: (q: string) => router.replace(to(conversationId.value, { q })),
    setSort(sort: Sort) {
      localStorage.setItem(sortKey, sort);
      return router.replace(to(conversationId.value, { sort }));
    },
  };
}

function keptSort(): Sort {
  const kept = localStorage.getItem(sortKey);
  return isSort(kept) ? kept : 'newest';
}
