import type { ActionContext } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { sampleWith } from '../../kernel/mail/template/common-values.ts';
import { checkTemplate } from '../../kernel/mail/template/check-template.ts';
import type { MailTemplate } from '../../kernel/mail/template/render-mail.ts';
import type { TemplateProblem } from '../../kernel/mail/template/template-problem.ts';
import type { RegisteredTemplate } from '../../kernel/plugins/providers.ts';

/** Throws 400 for a text that cannot be read or names what is not there, with the line of each mistake. */
export function refuseWrongTemplate(ctx: ActionContext, text: MailTemplate, template: RegisteredTemplate): void {
  const problems = checkTemplate(text, sampleWith(template.sample));
  if (problems.length > 0) throw new AppError(400, 'invalid', { errors: problems.map((problem) => present(ctx, problem)) });
}

const present = ({ kernel, locale }: ActionContext, { field, code, line, detail }: TemplateProblem) => ({
  path: field, code, line, message: kernel.i18n.t(`emails:problems.${code}`, locale, { line, detail }),
});
