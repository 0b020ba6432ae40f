import { useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import type { BrandDto } from '@plugboard/sdk';
import type { OperatorDto, StaffDepartmentDto } from '../../shared/people.ts';
import { api } from '../sdk/api.ts';

interface List<T> { data: T[] }
const fiveMinutes = 5 * 60_000;

/** Who and what a conversation can be given to. These lists are short and change seldom. */
export function useOperators() {
  const query = useQuery({ queryKey: ['directory', 'operators'], queryFn: ({ signal }) => api.get<List<OperatorDto>>('/operators', { query: { limit: 100 }, signal }), staleTime: fiveMinutes });
  return { ...query, operators: computed(() => (query.data.value?.data ?? []).filter((operator) => operator.isActive)) };
}

export function useDepartments() {
  const query = useQuery({ queryKey: ['directory', 'departments'], queryFn: ({ signal }) => api.get<List<StaffDepartmentDto>>('/departments', { query: { limit: 100 }, signal }), staleTime: fiveMinutes });
  return { ...query, departments: computed(() => [...query.data.value?.data ?? []].sort((a, b) => a.position - b.position)) };
}

export function useBrands() {
  const query = useQuery({ queryKey: ['directory', 'brands'], queryFn: ({ signal }) => api.get<List<BrandDto>>('/brands', { query: { limit: 100 }, signal }), staleTime: fiveMinutes });
  return { ...query, brands: computed(() => query.data.value?.data ?? []) };
}
