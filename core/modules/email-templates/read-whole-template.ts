import type { ActionContext } from '../../kernel/context.ts';
import type { Providers } from '../../kernel/plugins/providers.ts';
import type { EmailTemplateDetail, EmailTemplateSummary } from '../../shared/email-templates.ts';
import { brandUids } from '../brands/index.ts';
import { presentTemplate, presentWholeTemplate } from './email-template.presenter.ts';
import { ownTexts } from './find-text.ts';
import { listTemplates, readTemplate } from './read-template.ts';
import { TemplateText } from './template-text.model.ts';

export async function readWholeTemplate(ctx: ActionContext, providers: Providers, id: string): Promise<EmailTemplateDetail> {
  const template = await readTemplate(ctx.db, providers, id);
  return presentWholeTemplate(template, await ownTexts(ctx.db, template.id), await brandUids(ctx.db), ctx.locale, ctx.kernel.i18n.locales());
}

export async function listTemplateSummaries(ctx: ActionContext, providers: Providers): Promise<EmailTemplateSummary[]> {
  const templates = await listTemplates(ctx.db, providers);
  const brands = await brandUids(ctx.db);
  const texts = await TemplateText.query(ctx.db).select('template', 'brand_id', 'locale', 'updated_at').orderBy('id');
  return templates.map((template) => presentTemplate(template, texts.filter((text) => text.template === template.id), brands, ctx.locale));
}
