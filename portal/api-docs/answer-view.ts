import { make, set } from '../dom.ts';
import { fill } from '../fill.ts';
import { codeBox } from './json-view.ts';
import type { Texts } from './page-data.ts';

/** What came back from the desk. `text` is empty for content that is not text. */
export interface Received { status: number; reason: string; milliseconds: number; headers: [string, string][]; type: string; content: Blob; text: string }

interface Problem { code?: string; title?: string; detail?: string; requestId?: string; errors?: { path: string; code: string; message: string }[] }

function parse(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return null;
  }
}

/** A problem document as sentences. */
function problemCard(problem: Problem, texts: Texts): HTMLElement {
  const card = make('div', 'problem', make('p', 'problem-title', problem.title ?? ''));
  if (problem.detail) card.append(make('p', '', problem.detail));
  const errors = (problem.errors ?? []).map(({ path, message }) => make('li', '', set(make('code', '', path || '·'), { dir: 'ltr' }), ` ${message}`));
  if (errors.length > 0) card.append(make('ul', '', ...errors));
  const facts = make('p', 'quiet', `${texts.problemCode} `, make('code', '', problem.code ?? ''));
  if (problem.requestId) facts.append(` · ${texts.problemRequest} `, make('code', '', problem.requestId));
  card.append(facts);
  return card;
}

function headerTable(headers: [string, string][], texts: Texts): HTMLElement {
  const rows = headers.map(([name, value]) => make('tr', '', set(make('th', '', make('code', '', name)), { scope: 'row' }), make('td', '', make('code', '', value))));
  const table = set(make('table', 'headers', make('tbody', '', ...rows)), { dir: 'ltr', translate: 'no' });
  return make('details', '', make('summary', '', fill(texts.headers, { count: String(headers.length) })), table);
}

/** Pictures are shown, other files can be saved. */
function fileView({ content, type }: Received, texts: Texts): HTMLElement {
  const address = URL.createObjectURL(content);
  if (/^image\/(png|jpeg|gif|webp|avif)/.test(type)) return set(make('img', ''), { src: address, alt: type });
  return set(make('a', '', fill(texts.save, { size: String(content.size), type })), { href: address, download: '' });
}

function bodyView(received: Received, texts: Texts): Node[] {
  if (received.content.size === 0) return [make('p', 'quiet', texts.noContent)];
  if (!received.text) return [fileView(received, texts)];
  const parsed = received.type.includes('json') ? parse(received.text) : null;
  const box = codeBox(parsed ? JSON.stringify(parsed.value, null, 2) : received.text, texts.answerBody, parsed !== null);
  return received.type.includes('problem+json') && parsed ? [problemCard(parsed.value as Problem, texts), box] : [box];
}

/** Status, headers and content of an answer. */
export function renderAnswer(received: Received, texts: Texts): DocumentFragment {
  const status = set(make('code', 'status', `${received.status} ${received.reason}`.trim()), { 'data-class': String(received.status).charAt(0), dir: 'ltr' });
  const line = make('p', 'line', status, make('span', 'quiet', fill(texts.took, { milliseconds: String(received.milliseconds) })));
  const view = document.createDocumentFragment();
  view.append(make('h3', '', texts.answer), line, ...bodyView(received, texts), headerTable(received.headers, texts));
  return view;
}

/** Nothing came back. */
export function renderFailure(texts: Texts): HTMLElement {
  return make('div', 'problem', make('p', 'problem-title', texts.noAnswer), make('p', '', texts.noAnswerNext));
}
