import type { ActionContext } from '../../kernel/context.ts';
import { conflict, invalid } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import type { Providers } from '../../kernel/plugins/providers.ts';
import type { EmailTemplateDetail } from '../../shared/email-templates.ts';
import { audit } from '../audit/index.ts';
import { ownTexts } from './find-text.ts';
import { OwnTemplate } from './own-template.model.ts';
import { readTemplate, type KnownTemplate } from './read-template.ts';
import { readWholeTemplate } from './read-whole-template.ts';
import { TemplateText } from './template-text.model.ts';

const maxPerKind = 100;

/** A further template of the kind, with the texts that the desk uses for it now. `kind` may also name an own template to copy. */
export async function createTemplate(ctx: ActionContext, providers: Providers, input: { kind: string; name: string }): Promise<EmailTemplateDetail> {
  ctx.authorize('email-template.make');
  return ctx.transaction(async (tx) => {
    const origin = await readTemplate(tx.db, providers, input.kind).catch(() => { throw invalid('kind', 'unknown_template'); });
    const { kind } = origin.registered;
    if ((await OwnTemplate.query(tx.db).where({ kind }).select('id').limit(maxPerKind)).length >= maxPerKind) throw conflict('too_many_templates', { max: maxPerKind });
    const own = await OwnTemplate.query(tx.db).insert({ uid: newId(), kind, name: input.name, created_at: tx.now });
    for (const { brand_id, locale, subject, body } of await ownTexts(tx.db, origin.id)) {
      await TemplateText.query(tx.db).insert({ template: own.uid, brand_id, locale, subject, body, updated_at: tx.now });
    }
    await audit(tx, 'email-template.created', { type: 'email-template', id: own.uid }, { kind, name: input.name });
    return readWholeTemplate(tx, providers, own.uid);
  });
}

export async function renameTemplate(ctx: ActionContext, providers: Providers, input: { id: string; name: string }): Promise<EmailTemplateDetail> {
  ctx.authorize('email-template.make');
  return ctx.transaction(async (tx) => {
    const own = await readOwn(tx, providers, input.id);
    await OwnTemplate.query(tx.db).findById(own.id).patch({ name: input.name });
    await audit(tx, 'email-template.renamed', { type: 'email-template', id: input.id }, { name: input.name });
    return readWholeTemplate(tx, providers, input.id);
  });
}

/** Whatever used it goes on with the shipped one. */
export async function removeTemplate(ctx: ActionContext, providers: Providers, input: { id: string }): Promise<void> {
  ctx.authorize('email-template.make');
  await ctx.transaction(async (tx) => {
    const own = await readOwn(tx, providers, input.id);
    await TemplateText.query(tx.db).where({ template: own.uid }).delete();
    await OwnTemplate.query(tx.db).deleteById(own.id);
    await audit(tx, 'email-template.removed', { type: 'email-template', id: own.uid }, { kind: own.kind, name: own.name });
  });
}

async function readOwn(ctx: ActionContext, providers: Providers, id: string): Promise<OwnTemplate> {
  const { own }: KnownTemplate = await readTemplate(ctx.db, providers, id);
  if (!own) throw conflict('template_shipped');
  return own;
}
