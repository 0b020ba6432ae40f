import type { ActionContext } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import type { Providers } from '../../kernel/plugins/providers.ts';
import { audit } from '../audit/index.ts';
import { readTemplate } from './read-template.ts';
import { brandOf } from './save-text.ts';
import { TemplateText } from './template-text.model.ts';

/** Takes away what somebody wrote: what stands behind it takes over. */
export async function resetText(ctx: ActionContext, providers: Providers, input: { id: string; brandId?: string | undefined; locale: string }): Promise<void> {
  ctx.authorize('email-template.write');
  await ctx.transaction(async (tx) => {
    const template = await readTemplate(tx.db, providers, input.id);
    const brandId = await brandOf(tx, input.brandId);
    tx.authorize('email-template.write', brandId);
    const gone = await TemplateText.query(tx.db).where({ template: template.id, brand_id: brandId, locale: input.locale }).delete();
    if (gone === 0) throw notFound('text');
    await audit(tx, 'email-template.reset', { type: 'email-template', id: input.id }, { brandId: input.brandId ?? null, locale: input.locale });
  });
}
