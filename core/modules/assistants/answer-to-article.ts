import type { ActionContext } from '../../kernel/context.ts';
import { invalid } from '../../kernel/errors.ts';
import { findBrandById } from '../brands/index.ts';
import { createPluginArticles } from '../knowledge/index.ts';
import { readRun } from './rate-answer.ts';

const longestTitle = 120;

/** A draft article made of what was asked and what was answered; people look it over. */
export async function answerToArticle(ctx: ActionContext, uid: string, { categoryId }: { categoryId: string | null }): Promise<{ id: string }> {
  ctx.authorize('answer.to-article');
  const run = await readRun(ctx, uid);
  const brand = await findBrandById(ctx.db, run.brand_id);
  if (!brand || run.text.trim() === '') throw invalid('id', 'required');
  const title = [...(run.question.split('\n').find((line) => line.trim() !== '') ?? run.question).trim()].slice(0, longestTitle).join('') || brand.name;
  return createPluginArticles(() => ctx).draftArticle({ brandId: brand.uid, locale: run.locale, title, body: run.text, ...(categoryId ? { categoryId } : {}) });
}
