/** Nothing of a mail may run, load or lead away. */
export const emptyPage = '<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src data:"></head><body></body></html>';

const unwanted = 'script, iframe, frame, object, embed, link, base, form, meta, img, video, audio, svg, style';

/**
 * Shows the HTML of a mail in a page of ours without scripts. The desk's content policy allows no styles in markup, so they are
 * set as properties: those at the elements, and the mail's style sheet.
 */
export function showMail(page: Document, html: string, isDark: boolean): void {
  let rules = '';
  const bare = html.replace(/<style[^>]*>([\s\S]*?)<\/style>/gi, (_style, text: string) => {
    rules += text;
    return '';
  });
  const mail = new DOMParser().parseFromString(bare.replace(/<[^>]*>/g, (tag) => tag.replace(/\sstyle=/gi, ' data-style=')), 'text/html');
  for (const element of mail.querySelectorAll(unwanted)) element.remove();
  page.documentElement.lang = mail.documentElement.lang;
  page.documentElement.dir = mail.documentElement.dir;
  page.documentElement.style.colorScheme = isDark ? 'dark' : 'light';
  page.body.replaceWith(page.importNode(mail.body, true));
  for (const element of page.querySelectorAll<HTMLElement>('[data-style]')) {
    element.style.cssText = element.dataset.style ?? '';
    delete element.dataset.style;
  }
  for (const link of page.querySelectorAll('a')) link.addEventListener('click', (event) => event.preventDefault());
  const Sheet = page.defaultView && (page.defaultView as Window & typeof globalThis).CSSStyleSheet;
  if (!Sheet) return;
  const sheet = new Sheet();
  sheet.replaceSync(rules.replace(/\(prefers-color-scheme:\s*dark\)/g, isDark ? 'all' : 'not all'));
  page.adoptedStyleSheets = [sheet];
}
