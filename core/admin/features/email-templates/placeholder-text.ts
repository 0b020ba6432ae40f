import type { TemplatePlaceholder } from '../../../shared/email-templates.ts';

/** What a placeholder looks like in a template: a name, or a loop through a list with all that each entry has. */
export function placeholderText({ name, isList, fields }: TemplatePlaceholder): string {
  if (!isList) return `{{ ${name} }}`;
  if (!fields) return `{{ ${name} | join: ", " }}`;
  const one = singular(name.split('.').at(-1) ?? name);
  const lines = fields.map((field) => `{{ ${one}.${field.name}${filterOf(field)} }}`);
  return `{% for ${one} in ${name} %}\n${lines.join('\n')}\n{% endfor %}`;
}

const singular = (name: string): string => (/[^s]s$/.test(name) ? name.slice(0, -1) : 'entry');

/** The text of a message keeps its formatting, a time is written for the reader. */
function filterOf({ name, sample }: { name: string; sample: string }): string {
  if (/^\d{4}-\d\d-\d\dT/.test(sample)) return ' | datetime';
  return name === 'text' ? ' | formatted' : '';
}
