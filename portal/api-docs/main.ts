import '@fontsource-variable/inter';
import '../../themes/plugboard/tokens.css';
import './frame.css';
import './operation.css';
import { make, set } from '../dom.ts';
import { loadApiDocument } from './api-document.ts';
import { Caller } from './caller.ts';
import { renderFrame } from './frame.ts';
import { Navigation } from './navigation.ts';
import { renderOperation } from './operation-page.ts';
import { renderOverview } from './overview.ts';
import { loadTexts, readData, type Texts } from './page-data.ts';

const data = readData(document);
const caller = new Caller(data.operator);
const main = set(make('main', ''), { id: 'main', tabindex: '-1' });
let { texts, locale } = data;
let navigation: Navigation;

async function loadApi() {
  try {
    return await loadApiDocument();
  } catch (error) {
    document.body.replaceChildren(set(make('p', 'failed', texts.notLoaded), { role: 'alert' }));
    throw error;
  }
}
const api = await loadApi();

/** Shows what the address says: an operation, or the overview. */
function show(): void {
  const id = location.hash.slice(1);
  const operation = api.operation(id);
  document.body.dataset.view = operation ? 'operation' : 'overview';
  document.title = operation ? `${operation.summary.replaceAll('`', '')} · ${texts.title}` : texts.title;
  main.replaceChildren(operation ? renderOperation({ api, operation, texts, caller, locale }) : renderOverview(api, texts, id !== ''));
  navigation.mark(id);
}

function draw(nextLocale: string, nextTexts: Texts): void {
  [locale, texts] = [nextLocale, nextTexts];
  document.documentElement.lang = locale;
  document.documentElement.dir = data.locales.find(({ id }) => id === locale)?.direction ?? 'ltr';
  navigation = new Navigation(api, texts);
  document.body.replaceChildren(...renderFrame({ data, texts, locale, caller, navigation, main, onLocale: (next) => void change(next) }));
  show();
}

async function change(next: string): Promise<void> {
  draw(next, await loadTexts(next));
  document.querySelector<HTMLElement>('.language')?.focus();
}

addEventListener('hashchange', () => {
  show();
  scrollTo(0, 0);
  main.querySelector('h1')?.focus({ preventScroll: true });
});
addEventListener('keydown', (event) => {
  const isWriting = event.target instanceof Element && event.target.matches('input, textarea, select');
  if (event.key !== '/' || isWriting || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  navigation.search.focus();
  navigation.search.select();
});
draw(locale, texts);
