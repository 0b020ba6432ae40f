import { computed, ref, watch, type Ref } from 'vue';
import { useTranslation } from 'i18next-vue';
import { useQueryClient } from '@tanstack/vue-query';
import type { ArticleStatus, ArticleSummary } from '../../../../shared/knowledge.ts';
import { api } from '../../../sdk/api.ts';
import { problemText } from '../../../ui/problem.ts';
import { toast } from '../../../ui/toast.ts';
import { forEach, knowledgeApi, refresh } from '../knowledge-api.ts';

/** What is done with several articles at once. Everything but deleting can be taken back. */
export function useBulk(rows: Ref<ArticleSummary[] | undefined>) {
  const { t } = useTranslation('knowledge');
  const { t: ui } = useTranslation('settings');
  const queryClient = useQueryClient();
  const selected = ref<string[]>([]);
  const isBusy = ref(false);
  const chosen = computed(() => (rows.value ?? []).filter(({ id }) => selected.value.includes(id)));
  /** What is no longer in sight is no longer meant. */
  watch(rows, (shown) => { if (shown && selected.value.length > 0) selected.value = selected.value.filter((id) => shown.some((row) => row.id === id)); });

  async function run(articles: ArticleSummary[], work: (article: ArticleSummary) => Promise<unknown>, done: string, undo?: () => void): Promise<void> {
    if (isBusy.value || articles.length === 0) return;
    isBusy.value = true;
    const failed = await forEach(articles, work);
    isBusy.value = false;
    selected.value = [];
    await refresh(queryClient, 'articles', 'categories');
    if (failed.length > 0) toast.failed(t('bulk.failed', { count: failed.length, name: failed[0]!.item.title }), { detail: problemText(failed[0]!.error, ui) });
    else toast.say(done, undo ? { undo: { label: ui('ui.undo'), run: undo } } : {});
  }

  function setStatus(status: ArticleStatus): void {
    const articles = chosen.value.filter(({ translations }) => translations.some((text) => text.status !== status));
    const each = (article: ArticleSummary, to: (was: ArticleStatus) => ArticleStatus | null) => async () => {
      for (const { locale, status: was } of article.translations) {
        const next = to(was);
        if (next) await knowledgeApi.change(article.id, { locale, status: next });
      }
    };
    const undo = () => void run(articles, (article) => each(article, (was) => (was === status || was === 'scheduled' ? null : was))(), t('bulk.undone'));
    void run(articles, (article) => each(article, (was) => (was === status ? null : status))(), t(`bulk.${status === 'published' ? 'published' : 'unpublished'}`, { count: articles.length }), undo);
  }
  function move(categoryId: string | null, name: string): void {
    const articles = chosen.value.filter((article) => article.categoryId !== categoryId);
    const undo = () => void run(articles, (article) => knowledgeApi.change(article.id, { categoryId: article.categoryId }), t('bulk.undone'));
    void run(articles, (article) => knowledgeApi.change(article.id, { categoryId }), t('bulk.moved', { count: articles.length, name }), undo);
  }
  const remove = (articles: ArticleSummary[]) => run(articles, (article) => api.delete(`/articles/${article.id}`), t('bulk.deleted', { count: articles.length }));
  return { selected, chosen, isBusy, setStatus, move, remove, clear: () => { selected.value = []; } };
}
