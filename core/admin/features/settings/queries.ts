import { computed, type ComputedRef } from 'vue';
import { useQuery, type QueryClient, type UseQueryReturnType } from '@tanstack/vue-query';
import type { BrandDto } from '@plugboard/sdk';
import type { DeskSettingsDto, TokenDto } from '../../../shared/desk-settings.ts';
import type { DeviceDto, OperatorDto, PermissionDto, RoleDto, StaffDepartmentDto } from '../../../shared/people.ts';
import { api, type Query } from '../../sdk/api.ts';

export interface LocaleDto { id: string; name: string; direction: 'ltr' | 'rtl' }

/** A short list of the desk, whole; it never grows past a few pages. */
export async function readAll<T>(path: string, signal?: AbortSignal, query: Query = {}): Promise<T[]> {
  const rows: T[] = [];
  let cursor: string | null = null;
  do {
    const page: { data: T[]; nextCursor?: string | null } = await api.get(path, { query: { ...query, cursor }, ...(signal ? { signal } : {}) });
    rows.push(...page.data);
    cursor = page.nextCursor ?? null;
  } while (cursor !== null && rows.length < 2_000);
  return rows;
}

/** After a change: the lists of the settings, and those that the inbox keeps. */
export const refreshList = (queryClient: QueryClient, name: 'brands' | 'departments' | 'operators' | 'roles' | 'tokens') =>
  Promise.all([queryClient.invalidateQueries({ queryKey: [name] }), queryClient.invalidateQueries({ queryKey: ['directory', name] })]);

const listQuery = <T>(name: string): UseQueryReturnType<T[], Error> => useQuery({ queryKey: [name], queryFn: ({ signal }) => readAll<T>(`/${name}`, signal), staleTime: 30_000 }) as UseQueryReturnType<T[], Error>;

export const useBrands = () => listQuery<BrandDto>('brands');
export const useDepartments = () => listQuery<StaffDepartmentDto>('departments');
export const useOperators = () => listQuery<OperatorDto>('operators');
export const useRoles = () => listQuery<RoleDto>('roles');
export const usePermissions = () => listQuery<PermissionDto>('permissions');
export const useTokens = () => listQuery<TokenDto>('tokens');
export const useLocales = () => listQuery<LocaleDto>('locales');
export const useDevices = () => useQuery({ queryKey: ['session', 'devices'], queryFn: () => readAll<DeviceDto>('/session/devices') });
export const useDeskSettings = () => useQuery({ queryKey: ['settings'], queryFn: () => api.get<DeskSettingsDto>('/settings') });
/** Languages to choose from, each in its own words. */
export function useLocaleOptions(): ComputedRef<{ value: string; label: string }[]> {
  const locales = useLocales();
  return computed(() => (locales.data.value ?? []).map((locale) => ({ value: locale.id, label: locale.name })));
}

const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];
export const timeZoneOptions = zones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }));
