import { TemplateLanguage, type Reader } from './liquid.ts';
import { writeHtml } from './mail-html.ts';
import { footerText, mailPage, type MailFrame } from './mail-page.ts';
import { writeText } from './mail-text.ts';
import { cleanValues, MailValues, oneLine } from './mail-values.ts';
import { parseMarkdown } from './markdown-tree.ts';

export interface MailTemplate { subject: string; body: string }
export interface RenderedMail { subject: string; html: string; text: string }

const maxSubject = 500;

/**
 * A template with its values: Liquid first, then Markdown, then the page around it. Values are text wherever they come to
 * stand. Throws `TemplateProblem` for a template that is wrong or has no end.
 */
export function renderMail(template: MailTemplate, given: Record<string, unknown>, frame: MailFrame, reader: Reader): RenderedMail {
  const scope = cleanValues(given);
  const values = new MailValues();
  const language = new TemplateLanguage(reader, values);
  const subject = cut(oneLine(values.text(language.render('subject', language.parse('subject', template.subject), scope))));
  const nodes = parseMarkdown(language.render('body', language.parse('body', template.body), scope));
  return {
    subject,
    html: mailPage(frame, subject, writeHtml(nodes, values, frame)),
    text: `${writeText(nodes, values)}\n\n${footerText(frame)}\n`,
  };
}

const cut = (text: string): string => [...text].slice(0, maxSubject).join('');
