import '@fontsource-variable/inter';
import '../themes/plugboard/tokens.css';
import './portal.css';
import { mountChat } from './chat.ts';
import { readData } from './data.ts';
import { renderPage } from './page.ts';
import { currentLocale, loadTexts, rememberLocale } from './texts.ts';

const data = readData(document);

async function show(locale: string): Promise<void> {
  const texts = await loadTexts(locale);
  const page = renderPage({ data, locale, texts, onLocale: (next) => void change(next) });
  document.body.replaceChildren(page.element);
  mountChat({ data, texts, ...page });
}

async function change(locale: string): Promise<void> {
  rememberLocale(locale);
  await show(locale);
  document.querySelector('select')?.focus();
}

await show(currentLocale(data.brand.locale));
