import type { KnowledgeApi } from '@plugboard/sdk';
import type { ActionContext } from '../../kernel/context.ts';
import { defineModule } from '../../kernel/module.ts';

/** The part of `ctx.knowledge` that speaks of articles. */
export type PluginArticles = Pick<KnowledgeApi, 'articles' | 'article' | 'categories' | 'rateArticle' | 'draftArticle'>;

const missing = (): never => { throw new Error('articles are not there yet'); };
export const createPluginArticles = (_as: () => ActionContext): PluginArticles => ({ articles: missing, article: missing, categories: missing, rateArticle: missing, draftArticle: missing });

export const knowledgeModule = defineModule({ id: 'knowledge' });
