import '@fontsource-variable/inter';
import '../themes/plugboard/tokens.css';
import './portal.css';
import { createChat } from './chat.ts';
import { readData } from './data.ts';
import { renderPage } from './page.ts';
import { chosenLocale, loadTexts, rememberLocale } from './texts.ts';

const data = readData(document);
const chat = createChat(data.brand.slug);

async function show(locale: string): Promise<void> {
  const texts = locale === data.locale ? data.texts : await loadTexts(locale);
  const page = renderPage({ brand: data.brand, locale, texts, onLocale: (next) => void change(next) });
  document.body.replaceChildren(page.element);
  page.start.addEventListener('click', chat.open);
  const problem = await chat.problem;
  if (!problem) return;
  page.start.hidden = true;
  page.notice.textContent = texts[problem];
}

async function change(locale: string): Promise<void> {
  rememberLocale(locale);
  await show(locale);
  document.querySelector('select')?.focus();
}

await show(chosenLocale() ?? data.locale);
