import { make, set } from '../dom.ts';
import { fill } from '../fill.ts';
import type { ApiDocument } from './api-document.ts';
import type { Texts } from './page-data.ts';
import { english, prose } from './prose.ts';

const note = (title: string, text: string): HTMLElement => make('li', 'card', make('h2', '', title), make('p', '', ...prose(text)));

/** What one has to know before the first call, and the groups there are. */
export function renderOverview(api: ApiDocument, texts: Texts, isLost: boolean): HTMLElement {
  const groups = api.groups.filter((group) => group.operations.length > 0).map((group) => {
    const link = set(make('a', '', english(make('span', 'tag', group.name))), { href: `#${group.operations[0]?.id}` });
    return make('li', '', link, english(make('span', 'quiet', ...prose(group.description))));
  });
  return make('article', 'overview',
    set(make('h1', '', texts.title), { tabindex: '-1' }),
    make('p', 'lead', fill(texts.lead, { version: api.version }), ' ', set(make('a', '', texts.download), { href: '/api/v1/openapi.json' })),
    ...(isLost ? [set(make('p', 'lost', texts.lost), { role: 'status' })] : []),
    make('ul', 'notes', note(texts.authTitle, texts.authText), note(texts.errorsTitle, texts.errorsText), note(texts.pagesTitle, texts.pagesText), note(texts.repeatTitle, texts.repeatText)),
    make('h2', '', texts.groups),
    make('ul', 'groups', ...groups));
}
