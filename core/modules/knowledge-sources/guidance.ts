import type { ActionContext } from '../../kernel/context.ts';
import { knowledgeLimits, type TextSettings } from '../../shared/knowledge.ts';
import { KnowledgeSource, settingsOf } from './source.model.ts';

/** Texts that are always told to an assistant, of the brand (row id) and of all brands, in the admin's order; 20 000 characters in all. */
export async function guidanceOf(ctx: ActionContext, brandId: number): Promise<{ title: string; text: string }[]> {
  const rows = await KnowledgeSource.query(ctx.db).select('name', 'settings').where({ kind: 'guidance', is_enabled: 1 })
    .where((either) => either.where({ brand_id: brandId }).orWhereNull('brand_id')).orderBy('position').orderBy('id');
  const told: { title: string; text: string }[] = [];
  let left = knowledgeLimits.guidance;
  for (const row of rows) {
    const text = settingsOf<TextSettings>(row).text.slice(0, Math.max(0, left)).toWellFormed();
    if (text === '') break;
    left -= text.length;
    told.push({ title: row.name, text });
  }
  return told;
}
