import type { TemplatePlaceholder } from '../../../shared/email-templates.ts';

/** What a placeholder looks like in a template: a name, or a loop through a list with all that each entry has. */
export function placeholderText(placeholder: TemplatePlaceholder, prefix = ''): string {
  const { isList, fields } = placeholder;
  const name = prefix + placeholder.name;
  if (!isList) return `{{ ${name}${filterOf(placeholder)} }}`;
  if (!fields) return `{{ ${name} | join: ", " }}`;
  const one = singular(name.split('.').at(-1) ?? name);
  return `{% for ${one} in ${name} %}\n${fields.map((field) => placeholderText(field, `${one}.`)).join('\n')}\n{% endfor %}`;
}

const singular = (name: string): string => (/[^s]s$/.test(name) ? name.slice(0, -1) : 'entry');

/** The text of a message keeps its formatting, a time is written for the reader. */
function filterOf({ name, sample }: TemplatePlaceholder): string {
  if (/^\d{4}-\d\d-\d\dT/.test(sample)) return ' | datetime';
  return name === 'text' ? ' | formatted' : '';
}
