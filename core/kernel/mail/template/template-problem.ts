export type TemplateField = 'subject' | 'body';
export type TemplateProblemCode = 'template_syntax' | 'template_limit' | 'unknown_placeholder';

/** What is wrong in a template, and where: the line is counted from 1 within its field. */
export class TemplateProblem extends Error {
  readonly field: TemplateField;
  readonly code: TemplateProblemCode;
  readonly line: number;
  /** The unknown name, or what the parser says. */
  readonly detail: string;

  constructor(field: TemplateField, code: TemplateProblemCode, line: number, detail: string) {
    super(`${code} in line ${line} of the ${field}: ${detail}`);
    this.name = 'TemplateProblem';
    this.field = field;
    this.code = code;
    this.line = line;
    this.detail = detail;
  }
}
