import { escapeHtml } from './pages.ts';

/** A form's button: where it leads, and how loud it is. */
export interface PageButton { label: string; query: string; isQuiet?: boolean }
export interface UnsubscribePage { locale: string; dir: 'ltr' | 'rtl'; style: string | null; brand: string; title: string; text: string; buttons: readonly PageButton[] }

const form = ({ label, query, isQuiet }: PageButton): string =>
  `<form method="post" action="?${escapeHtml(query)}"><button type="submit"${isQuiet ? ' class="quiet"' : ''}>${escapeHtml(label)}</button></form>`;

/** A page of one question: mail or no mail. It has no script, and nothing happens before a button is pressed. */
export function unsubscribePage(page: UnsubscribePage): string {
  return `<!doctype html>
<html lang="${escapeHtml(page.locale)}" dir="${page.dir}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(page.title)} · ${escapeHtml(page.brand)}</title>
<link rel="icon" href="data:,">
${page.style === null ? '' : `<link rel="stylesheet" href="/widget/assets/${escapeHtml(page.style)}">`}
<main>
<p class="brand"><bdi>${escapeHtml(page.brand)}</bdi></p>
<h1>${escapeHtml(page.title)}</h1>
<p>${escapeHtml(page.text)}</p>
<div class="choices">
${page.buttons.map(form).join('\n')}
</div>
</main>
</html>
`;
}
