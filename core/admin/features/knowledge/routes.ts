import type { RouteRecordRaw } from 'vue-router';
import { loadTexts } from '../../i18n/i18n.ts';

const meta = { ability: 'knowledge.view' };

/** The texts of these screens come with the first of them. */
const withTexts = <T>(load: () => Promise<T>) => async (): Promise<T> => (await Promise.all([load(), loadTexts('knowledge')]))[0];

export const knowledgeRoutes: RouteRecordRaw[] = [
  {
    path: '/knowledge', component: withTexts(() => import('./KnowledgeLayout.vue')), meta,
    children: [
      { path: '', redirect: '/knowledge/articles' },
      { path: 'articles', name: 'articles', component: () => import('./articles/ArticlesPage.vue'), meta },
      { path: 'categories', name: 'article-categories', component: () => import('./categories/CategoriesPage.vue'), meta },
      { path: 'sources', name: 'knowledge-sources', component: () => import('./sources/SourcesPage.vue'), meta },
      { path: 'sources/:id', component: () => import('./sources/SourcePage.vue'), props: true, meta },
      { path: 'try', name: 'knowledge-try', component: () => import('./try/TryPage.vue'), meta },
    ],
  },
  { path: '/knowledge/articles/:id', name: 'article', component: withTexts(() => import('./editor/ArticlePage.vue')), props: true, meta },
];
