import { make, set } from '../dom.ts';
import { fill } from '../fill.ts';
import type { Texts } from './page-data.ts';
import { english, prose } from './prose.ts';
import type { Fact, SchemaRow } from './schema-rows.ts';

const code = (text: string): HTMLElement => set(make('code', '', text), { dir: 'ltr', translate: 'no' });

function factLine(fact: Fact, texts: Texts): HTMLElement {
  const labels = { default: texts.factDefault, length: texts.factLength, range: texts.factRange, items: texts.factItems, pattern: texts.factPattern };
  return make('span', 'fact', `${labels[fact.kind]} `, code(fact.value));
}

function choiceLine(choices: string[], texts: Texts): HTMLElement {
  const list = choices.flatMap((choice, index) => [index > 0 ? ' ' : '', code(choice)]);
  return make('span', 'fact', `${texts.factChoices} `, set(make('bdi', '', ...list), { dir: 'ltr' }));
}

function tableRow(row: SchemaRow, texts: Texts): HTMLTableRowElement {
  const name = set(make('th', 'name', code(row.name)), { scope: 'row', 'data-depth': String(row.depth) });
  if (row.isRequired) name.append(' ', make('span', 'required', texts.required));
  const about = make('td', 'about');
  if (row.description) about.append(english(make('p', '', ...prose(row.description))));
  if (row.choices.length > 0) about.append(choiceLine(row.choices, texts));
  about.append(...row.facts.map((fact) => factLine(fact, texts)));
  return make('tr', '', name, make('td', 'type', code(row.type)), about);
}

/** Rows as a table with a name for who cannot see it. */
export function schemaTable(rows: SchemaRow[], caption: string, texts: Texts): HTMLElement {
  if (rows.length === 0) return make('p', 'quiet', texts.noFields);
  const head = make('tr', '', ...[texts.columnName, texts.columnType, texts.columnAbout].map((text) => set(make('th', '', text), { scope: 'col' })));
  const table = make('table', 'schema', make('caption', 'hidden', fill(texts.fieldsOf, { what: caption })), make('thead', '', head), make('tbody', '', ...rows.map((row) => tableRow(row, texts))));
  return set(make('div', 'scroll', table), { tabindex: '0', role: 'region', 'aria-label': fill(texts.fieldsOf, { what: caption }) });
}
