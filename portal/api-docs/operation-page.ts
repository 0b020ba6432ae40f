import { make, set } from '../dom.ts';
import { fill } from '../fill.ts';
import type { Access, Answer, ApiDocument, Operation } from './api-document.ts';
import type { Caller } from './caller.ts';
import type { Texts } from './page-data.ts';
import { english, methodMark, pathText, prose } from './prose.ts';
import { schemaRows, type SchemaRow } from './schema-rows.ts';
import { schemaTable } from './schema-table.ts';
import { TryForm } from './try-form.ts';

export interface OperationInput { api: ApiDocument; operation: Operation; texts: Texts; caller: Caller; locale: string }

function accessText(access: Access, texts: Texts): string {
  if ('policy' in access) return fill(texts.accessSigned, { policy: access.policy });
  if ('sdk' in access) return fill(texts.accessSdk, { scope: access.sdk });
  return 'session' in access ? texts.accessContact : fill(texts.accessOpen, { reason: access.public });
}

/** Parameters are a schema too: an object whose properties stand in several places. */
function parameterRows({ api, operation }: OperationInput): SchemaRow[] {
  return operation.parameters.flatMap(({ name, in: place, required, schema, description }) => {
    const rows = schemaRows({ properties: { [name]: schema }, required: required ? [name] : [] }, (part) => api.resolve(part));
    return rows.map((row, index) => (index === 0 ? { ...row, type: `${row.type} · ${place}`, description: description ?? row.description } : row));
  });
}

function section(title: string, ...children: Node[]): HTMLElement {
  return make('section', '', make('h2', '', title), ...children);
}

function answerItem(answer: Answer, { api, texts }: OperationInput): HTMLElement {
  const status = set(make('code', 'status', answer.status), { 'data-class': answer.status.charAt(0), dir: 'ltr' });
  const line = [status, english(make('span', '', ...prose(answer.description)))];
  if (!answer.content) return make('li', '', make('div', 'line', ...line));
  const rows = schemaRows(answer.content.schema, (part) => api.resolve(part));
  return make('li', '', make('details', '', make('summary', 'line', ...line), schemaTable(rows, answer.status, texts)));
}

/** One operation: what it is, what it takes, what it answers, and a form to try it. */
export function renderOperation(input: OperationInput): HTMLElement {
  const { api, operation, texts } = input;
  const facts = make('p', 'access', ...prose(accessText(operation.access, texts)));
  if (operation.perMinute) facts.append(' ', fill(texts.perMinute, { count: String(operation.perMinute) }));
  const reading = make('div', 'reading',
    set(make('a', 'back', texts.back), { href: '#' }),
    english(make('p', 'tag', operation.tag)),
    set(english(make('h1', '', ...prose(operation.summary))), { tabindex: '-1' }),
    set(make('p', 'address', methodMark(operation.method), ' ', pathText(operation.path)), { dir: 'ltr' }),
    ...(operation.about === null ? [] : [english(make('p', 'about', ...prose(operation.about)))]),
    facts);
  const parameters = parameterRows(input);
  if (parameters.length > 0) reading.append(section(texts.parameters, schemaTable(parameters, texts.parameters, texts)));
  if (operation.body) reading.append(section(texts.body, schemaTable(schemaRows(operation.body.schema, (part) => api.resolve(part)), texts.body, texts)));
  reading.append(section(texts.answers, make('ul', 'answers', ...operation.answers.map((answer) => answerItem(answer, input)))));
  return make('article', 'operation', reading, new TryForm(input).element);
}
