import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { ActionContext } from '../../kernel/context.ts';
import { AppError, conflict, rateLimited } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { sampleWith } from '../../kernel/mail/template/common-values.ts';
import type { RenderedMail } from '../../kernel/mail/template/render-mail.ts';
import type { Providers } from '../../kernel/plugins/providers.ts';
import type { EmailPreview, TemplatePreviewBody, TemplateTestBody } from '../../shared/email-templates.ts';
import { audit } from '../audit/index.ts';
import { Brand } from '../brands/index.ts';
import { findOperator } from '../operators/index.ts';
import { composeMail } from './compose-mail.ts';
import { localesToTry, ownTexts, pickText } from './find-text.ts';
import { readTemplate } from './read-template.ts';
import { refuseWrongTemplate } from './refuse-wrong-template.ts';
import { brandOf } from './save-text.ts';

const testsAnHour = 10;
const tests = new RateLimiterMemory({ points: testsAnHour, duration: 3_600 });

/** What a text becomes with made-up values: what is sent along, else what is saved. */
export async function previewTemplate(ctx: ActionContext, providers: Providers, input: TemplatePreviewBody & { id: string }): Promise<EmailPreview> {
  ctx.authorize('email-template.write');
  return (await tryOut(ctx, providers, input)).rendered;
}

/** Sends that by the way of every mail, to the operator who asks unless told otherwise. */
export async function testTemplate(ctx: ActionContext, providers: Providers, { to, ...input }: TemplateTestBody & { id: string }): Promise<{ to: string }> {
  ctx.authorize('email-template.write');
  const { rendered, brand } = await tryOut(ctx, providers, input);
  const asking = ctx.actor.type === 'operator' ? await findOperator(ctx.db, { uid: ctx.actor.id }) : undefined;
  const address = to ?? asking?.email;
  if (!address) throw new AppError(400, 'invalid', { errors: [{ path: 'to', code: 'required', message: ctx.kernel.i18n.t('emails:problems.no_address', ctx.locale) }] });
  if (!(await ctx.kernel.mail.isConfigured())) throw conflict('mail_not_configured');
  await takeTest(ctx.actor.id ?? '');
  await ctx.transaction(async (tx) => {
    await tx.kernel.mail.send(tx, {
      to: { address }, ...(brand ? { fromName: brand.name } : {}), ...rendered, subject: `[Test] ${rendered.subject}`,
      idempotencyKey: `template-test:${newId()}`, brandId: brand?.id ?? null,
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    });
    await audit(tx, 'email-template.tested', { type: 'email-template', id: input.id }, { to: address, brandId: input.brandId, locale: input.locale });
  });
  return { to: address };
}

async function takeTest(operatorId: string): Promise<void> {
  try {
    await tests.consume(operatorId);
  } catch (refused) {
    if (refused instanceof RateLimiterRes) throw rateLimited(Math.max(1, Math.ceil(refused.msBeforeNext / 1000)));
    throw refused;
  }
}

async function tryOut(ctx: ActionContext, providers: Providers, input: TemplatePreviewBody & { id: string }): Promise<{ rendered: RenderedMail; brand: Brand | undefined }> {
  const template = await readTemplate(ctx.db, providers, input.id);
  const brandId = await brandOf(ctx, input.brandId);
  // Every brand is shown as the first one.
  const brand = input.brandId ? await Brand.query(ctx.db).findById(brandId) : await Brand.query(ctx.db).orderBy('id').first();
  const saved = pickText(template.registered.texts, await ownTexts(ctx.db, template.id), brandId, localesToTry(input.locale, brand?.locale));
  const text = { subject: input.subject ?? saved.subject, body: input.body ?? saved.body, locale: input.body === undefined ? saved.locale : input.locale };
  refuseWrongTemplate(ctx, text, template.registered);
  const sample = sampleWith(template.registered.sample);
  const rendered = await composeMail(ctx.kernel, {
    template: template.registered, text, brand: brand ?? null, locale: input.locale, timeZone: null,
    recipientName: (sample.recipient as { name: string }).name,
    values: { ...template.registered.sample },
    unsubscribeUrl: template.registered.audience === 'contact' && !template.registered.toUnverified ? `${ctx.kernel.config.publicUrl}/` : undefined,
  });
  return { rendered, brand };
}
