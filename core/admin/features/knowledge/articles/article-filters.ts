import { computed, type WritableComputedRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { articleStatuses } from '../../../../shared/knowledge.ts';
import { audiences } from '../audience.ts';

/** What a list of articles is narrowed by. It is in the address, so that Back, reload and links find the same list. */
export interface ArticleFilters {
  q: string;
  status: string;
  category: string;
  audience: string;
  /** `de`: there is one in German; `-de`: there is none. */
  language: string;
  tag: string;
}
export const any = 'any';
const names = ['q', 'status', 'category', 'audience', 'language', 'tag'] as const;

export function useArticleFilters(): { filters: Record<keyof ArticleFilters, WritableComputedRef<string>>; isFiltered: Readonly<WritableComputedRef<boolean>>; clear(): void } {
  const route = useRoute();
  const router = useRouter();
  const put = (change: Partial<ArticleFilters>) => void router.replace({ query: Object.fromEntries(Object.entries({ ...route.query, ...change }).filter(([, value]) => value && value !== any)) });
  const read = (name: keyof ArticleFilters): string => {
    const value = route.query[name];
    return typeof value === 'string' ? value : name === 'q' || name === 'tag' ? '' : any;
  };
  const filters = Object.fromEntries(names.map((name) => [name, computed({ get: () => read(name), set: (value) => put({ [name]: value }) })])) as Record<keyof ArticleFilters, WritableComputedRef<string>>;
  const isFiltered = computed({ get: () => names.some((name) => read(name) !== '' && read(name) !== any), set: () => undefined });
  return { filters, isFiltered, clear: () => void router.replace({ query: {} }) };
}

const oneOf = (value: string, known: readonly string[]): string | undefined => (known.includes(value) ? value : undefined);

/** What is asked of the API. */
export function queryOf(filters: ArticleFilters, brandId: string | undefined): Record<string, string | undefined> {
  const isMissing = filters.language.startsWith('-');
  return {
    q: filters.q.trim() || undefined, brandId, status: oneOf(filters.status, articleStatuses), audience: oneOf(filters.audience, audiences), tag: filters.tag || undefined,
    categoryId: filters.category === any ? undefined : filters.category,
    ...(filters.language === any ? {} : isMissing ? { missingLocale: filters.language.slice(1) } : { locale: filters.language }),
  };
}
