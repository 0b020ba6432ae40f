import type { ActionContext } from '../../kernel/context.ts';
import { isUniqueViolation } from '../../kernel/db/database-errors.ts';
import type { Providers } from '../../kernel/plugins/providers.ts';
import type { EmailTemplateDetail, TemplateTextBody } from '../../shared/email-templates.ts';
import { audit } from '../audit/index.ts';
import { brandRowIds } from '../brands/index.ts';
import { readWholeTemplate } from './read-whole-template.ts';
import { readTemplate } from './read-template.ts';
import { refuseWrongTemplate } from './refuse-wrong-template.ts';
import { everyBrand, TemplateText } from './template-text.model.ts';

/** Row id of the brand that a text is for. */
export async function brandOf(ctx: ActionContext, brandId: string | null | undefined): Promise<number> {
  return brandId ? (await brandRowIds(ctx.db, [brandId], 'brandId'))[0] ?? everyBrand : everyBrand;
}

/** Writes the text of a template for one brand, or for every one, in one language. */
export async function saveText(ctx: ActionContext, providers: Providers, { id, ...input }: TemplateTextBody & { id: string }): Promise<EmailTemplateDetail> {
  ctx.authorize('email-template.write');
  return ctx.transaction(async (tx) => {
    const template = await readTemplate(tx.db, providers, id);
    const place = { template: template.id, brand_id: await brandOf(tx, input.brandId), locale: input.locale };
    tx.authorize('email-template.write', place.brand_id);
    const text = { subject: input.subject.replace(/[\s\u0000]+/g, ' '), body: input.body.replaceAll('\r\n', '\n').replaceAll('\u0000', '') };
    refuseWrongTemplate(tx, text, template.registered);
    if (!(await write(tx, place, text))) await TemplateText.query(tx.db).where(place).patch({ ...text, updated_at: tx.now });
    await audit(tx, 'email-template.changed', { type: 'email-template', id }, { brandId: input.brandId, locale: input.locale });
    return readWholeTemplate(tx, providers, id);
  });
}

/** Answers false when somebody else's text came to be there meanwhile. */
async function write(tx: ActionContext, place: Pick<TemplateText, 'template' | 'brand_id' | 'locale'>, text: Pick<TemplateText, 'subject' | 'body'>): Promise<boolean> {
  if (await TemplateText.query(tx.db).where(place).patch({ ...text, updated_at: tx.now }) > 0) return true;
  try {
    await TemplateText.query(tx.db).insert({ ...place, ...text, updated_at: tx.now });
    return true;
  } catch (error) {
    if (isUniqueViolation(error)) return false;
    throw error;
  }
}
