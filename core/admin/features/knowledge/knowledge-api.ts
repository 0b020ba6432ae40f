import { computed, type Ref } from 'vue';
import { useQuery, type QueryClient } from '@tanstack/vue-query';
import type { ArticleDto, ArticlePatch, ArticleRevisionDetail, CategoryDto, KnowledgeTryAnswer, SourceDto } from '../../../shared/knowledge.ts';
import { api } from '../../sdk/api.ts';
import { readAll } from '../settings/queries.ts';

export const keys = { articles: 'articles', categories: 'article-categories', sources: 'knowledge-sources' } as const;

export const knowledgeApi = {
  article: (id: string, locale?: string) => api.get<ArticleDto>(`/articles/${id}`, { query: { locale } }),
  change: (id: string, patch: ArticlePatch) => api.patch<ArticleDto>(`/articles/${id}`, patch),
  preview: (id: string, body: { body: string; locale: string }, signal?: AbortSignal) => api.post<{ html: string }>(`/articles/${id}/preview`, body, signal ? { signal } : {}),
  revision: (id: string, revisionId: string, against: 'previous' | 'current') => api.get<ArticleRevisionDetail>(`/articles/${id}/revisions/${revisionId}`, { query: { against } }),
  restore: (id: string, revisionId: string) => api.post<ArticleDto>(`/articles/${id}/revisions/${revisionId}/restore`),
  tryIt: (body: unknown) => api.post<KnowledgeTryAnswer>('/knowledge/search', body),
};

export const useCategories = (brandId: () => string | undefined = () => undefined) => useQuery({
  queryKey: [keys.categories, computed(brandId)],
  queryFn: ({ signal }) => readAll<CategoryDto>('/article-categories', signal, { brandId: brandId() }),
  staleTime: 30_000,
});
export const useSource = (id: Ref<string>, pollAfter: (source: SourceDto | undefined) => number | false) => useQuery({
  queryKey: computed(() => [keys.sources, 'one', id.value]),
  queryFn: () => api.get<SourceDto>(`/knowledge-sources/${id.value}`),
  refetchInterval: ({ state }) => pollAfter(state.data),
});

/** After a change: lists that show it are read again. */
export const refresh = (queryClient: QueryClient, ...names: (keyof typeof keys)[]) => Promise.all(names.map((name) => queryClient.invalidateQueries({ queryKey: [keys[name]] })));

/** Runs the same for many, a few at a time; answers what failed. */
export async function forEach<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<{ item: T; error: unknown }[]> {
  const failed: { item: T; error: unknown }[] = [];
  const waiting = [...items];
  await Promise.all(Array.from({ length: 3 }, async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      try {
        await work(item);
      } catch (error) {
        failed.push({ item, error });
      }
    }
  }));
  return failed;
}
