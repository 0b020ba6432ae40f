import { html } from '../../../kernel/html/markup.ts';
import type { Page } from '../page.ts';
import { askBox, searchForm } from '../parts/search-form.ts';
import type { Visit } from '../visit.ts';

/** There is nothing at this address: no difference between what never was and what the reader may not see. */
export const missingPage = (visit: Visit): Page => notice(visit, { status: 404, title: visit.t('missing.title'), text: visit.t('missing.text'), withSearch: true });

/** Something is in the way that the reader can only wait for. */
export const troublePage = (visit: Visit, status: number): Page => notice(visit, status === 429
  ? { status, title: visit.t('trouble.busyTitle'), text: visit.t('trouble.busyText'), withSearch: false }
  : { status, title: visit.t('trouble.title'), text: visit.t('trouble.text'), withSearch: false });

function notice(visit: Visit, { status, title, text, withSearch }: { status: number; title: string; text: string; withSearch: boolean }): Page {
  const { t, links } = visit;
  const main = html`
<div class="page">
  <header class="title"><h1>${title}</h1><p class="lead">${text}</p></header>
  ${withSearch && searchForm(visit, { size: 'large' })}
  <p class="pages"><a class="quiet" href="${links.home()}">${t('missing.home')}</a></p>
  ${askBox(visit)}
</div>`;
  return { status, view: 'notice', title, description: text, main, path: null, inLanguage: (locale) => links.inLanguage(locale, '') };
}
