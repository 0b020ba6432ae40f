import { make, set } from '../dom.ts';
import { callerMenu } from './caller-menu.ts';
import type { Caller } from './caller.ts';
import type { Navigation } from './navigation.ts';
import type { PageData, Texts } from './page-data.ts';

interface FrameInput { data: PageData; texts: Texts; locale: string; caller: Caller; navigation: Navigation; main: HTMLElement; onLocale(locale: string): void }

function languageChoice({ data, locale, texts, onLocale }: FrameInput): HTMLElement {
  const options = data.locales.map(({ id }) => {
    const name = new Intl.DisplayNames([id], { type: 'language' }).of(id) ?? id;
    return set(Object.assign(make('option', '', name), { value: id, selected: id === locale }), { lang: id });
  });
  const select = set(make('select', 'language', ...options), { 'aria-label': texts.language });
  select.addEventListener('change', () => onLocale(select.value));
  return select;
}

/** Everything around the page that is read: the bar above, the list beside. */
export function renderFrame(input: FrameInput): HTMLElement[] {
  const { texts, caller, navigation, main } = input;
  const skip = set(make('a', 'skip', texts.skip), { href: '#main' });
  skip.addEventListener('click', (event) => { event.preventDefault(); main.focus(); });
  const mark = set(make('img', ''), { src: '/api/docs/assets/icon.svg', alt: '', width: '24', height: '24' });
  const home = set(make('a', 'home', mark, make('span', '', texts.title)), { href: '#' });
  const bar = make('header', 'bar', home, make('div', 'tools', callerMenu(caller, texts), languageChoice(input)));
  return [skip, bar, make('div', 'columns', navigation.element, main)];
}
