import '@fontsource-variable/inter';
import '../themes/plugboard/tokens.css';
import './portal.css';
import { Chat } from './chat.ts';
import { readData } from './data.ts';
import { renderPage } from './page.ts';
import { chosenLocale, loadTexts, rememberLocale } from './texts.ts';

const data = readData(document);
const firstLocale = chosenLocale() ?? data.locale;
const chat = new Chat(data.brand.slug, firstLocale);

async function show(locale: string): Promise<void> {
  const texts = locale === data.locale ? data.texts : await loadTexts(locale);
  const page = renderPage({ brand: data.brand, locale, texts, onLocale: (next) => void change(next) });
  page.start.addEventListener('click', () => chat.open());
  document.body.querySelector('.page')?.remove();
  document.body.prepend(page.element);
  void chat.problem.then((problem) => {
    if (!problem) return;
    page.start.hidden = true;
    page.notice.textContent = texts[problem];
  });
}

async function change(locale: string): Promise<void> {
  rememberLocale(locale);
  await show(locale);
  chat.speak(locale);
  document.querySelector('select')?.focus();
}

await show(firstLocale);
