import { TemplateLanguage } from './liquid.ts';
import { MailValues } from './mail-values.ts';
import type { MailTemplate } from './render-mail.ts';
import { TemplateProblem, type TemplateField } from './template-problem.ts';
import { findUnknownNames } from './unknown-names.ts';

/** What is wrong with a template: the first mistake of each field, or every name that `sample` does not have. */
export function checkTemplate(template: MailTemplate, sample: Record<string, unknown>): TemplateProblem[] {
  return (['subject', 'body'] as const).flatMap((field) => checkField(field, template[field], sample));
}

function checkField(field: TemplateField, source: string, sample: Record<string, unknown>): TemplateProblem[] {
  const language = new TemplateLanguage({ locale: 'en', timeZone: 'UTC' }, new MailValues());
  try {
    const templates = language.parse(field, source);
    const unknown = findUnknownNames(templates, sample);
    if (unknown.length === 0) language.render(field, templates, sample);
    return unknown.map(({ name, line }) => new TemplateProblem(field, 'unknown_placeholder', line, name));
  } catch (error) {
    if (error instanceof TemplateProblem) return [error];
    throw error;
  }
}
