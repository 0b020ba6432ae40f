import type { ActionContext } from '../../../kernel/context.ts';
import { visibleTexts, type ReaderScope } from './visible-texts.ts';

/** Languages in which a reader finds something in a brand, by name. */
export async function readerLanguages(ctx: ActionContext, scope: Pick<ReaderScope, 'brand' | 'audiences'>): Promise<string[]> {
  const rows = (await visibleTexts(ctx.db, scope).distinct('t.locale').orderBy('t.locale')) as { locale: string }[];
  return rows.map(({ locale }) => locale);
}
