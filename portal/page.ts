import { inkOn } from '../core/shared/color.ts';
import type { PortalData } from './data.ts';
import { make } from './dom.ts';
import { fill } from './fill.ts';
import { isRightToLeft, locales, type Texts } from './texts.ts';

interface PageInput {
  brand: PortalData['brand'];
  locale: string;
  texts: Texts;
  onLocale(locale: string): void;
}

/** The parts of the page that the chat needs. */
export interface Page {
  element: HTMLElement;
  start: HTMLButtonElement;
  notice: HTMLElement;
}

function languageChoice({ locale, texts, onLocale }: PageInput): HTMLElement {
  const select = make('select', '');
  for (const tag of locales) {
    const name = new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
    const option = make('option', '', name);
    option.value = tag;
    option.lang = tag;
    option.selected = tag === locale;
    select.append(option);
  }
  select.addEventListener('change', () => onLocale(select.value));
  return make('label', 'language', make('span', 'hidden', texts.language), select);
}

function card(title: string, text: string): HTMLElement {
  return make('li', 'card', make('h2', '', title), make('p', '', text));
}

/** Writes language, direction, title and colour on the document and answers the page to show. */
export function renderPage(input: PageInput): Page {
  const { brand, locale, texts } = input;
  const root = document.documentElement;
  root.lang = locale;
  root.dir = isRightToLeft(locale) ? 'rtl' : 'ltr';
  root.style.setProperty('--brand', brand.color);
  root.style.setProperty('--brand-ink', inkOn(brand.color));
  document.title = fill(texts.title, { brand: brand.name });

  const start = make('button', 'start', texts.start);
  start.type = 'button';
  const notice = make('p', 'notice');
  notice.setAttribute('role', 'status');

  const mark = make('span', 'mark', [...brand.name][0] ?? '');
  mark.setAttribute('aria-hidden', 'true');
  const header = make('header', '', make('a', 'brand', mark, make('span', '', brand.name)), languageChoice(input));
  header.querySelector('a')?.setAttribute('href', location.pathname);
  const hero = make('section', 'hero', make('h1', '', texts.heading), make('p', 'lead', texts.lead), start, notice);
  const cards = make('ul', 'cards', card(texts.anytimeTitle, texts.anytimeText), card(texts.threadTitle, texts.threadText), card(texts.languageTitle, texts.languageText));
  const element = make('div', 'page', header, make('main', '', hero, cards), make('footer', '', texts.poweredBy));
  return { element, start, notice };
}
