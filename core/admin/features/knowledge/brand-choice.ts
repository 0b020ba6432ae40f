import { computed, ref, type ComputedRef, type WritableComputedRef } from 'vue';
import { useTranslation } from 'i18next-vue';
import type { BrandDto } from '@plugboard/sdk';
import { useBrands } from '../settings/queries.ts';

const storageKey = 'plugboard.knowledge.brand';
const all = 'all';
const kept = ref(localStorage.getItem(storageKey) ?? all);

/** Whose knowledge is looked at. It stays chosen from screen to screen. */
export function useBrandChoice(): {
  brands: ComputedRef<BrandDto[]>;
  options: ComputedRef<{ value: string; label: string }[]>;
  chosen: WritableComputedRef<string>;
  /** Id of the chosen brand; undefined for all. */
  brandId: ComputedRef<string | undefined>;
  /** The chosen brand, or the first one where a single brand is needed. */
  brand: ComputedRef<BrandDto | undefined>;
  nameOf(id: string | null): string;
} {
  const { t } = useTranslation('knowledge');
  const query = useBrands();
  const brands = computed(() => query.data.value ?? []);
  const found = computed(() => brands.value.find(({ id }) => id === kept.value));
  return {
    brands,
    options: computed(() => [{ value: all, label: t('allBrands') }, ...brands.value.map(({ id, name }) => ({ value: id, label: name }))]),
    chosen: computed({ get: () => found.value?.id ?? all, set: (id) => { kept.value = id; localStorage.setItem(storageKey, id); } }),
    brandId: computed(() => found.value?.id),
    brand: computed(() => found.value ?? brands.value[0]),
    nameOf: (id) => (id === null ? t('allBrands') : brands.value.find((brand) => brand.id === id)?.name ?? ''),
  };
}
