import '@fontsource-variable/inter';
import '../themes/plugboard/tokens.css';
import '../themes/plugboard/article.css';
import './styles/frame.css';
import './styles/search.css';
import './styles/lists.css';
import './styles/reading.css';
import './styles/print.css';
import { openChat } from './chat.ts';
import { followReading } from './contents.ts';
import { foldMenus } from './menus.ts';
import { rateInPlace } from './rating.ts';
import { suggest } from './suggestions.ts';

// The page works without all of this: a script that fails takes nothing away.
const forms = [...document.querySelectorAll<HTMLFormElement>('form.search')];
forms.forEach((form, index) => suggest(form, `suggestions-${index + 1}`));
document.querySelectorAll<HTMLElement>('.rating').forEach(rateInPlace);
foldMenus(document.querySelectorAll<HTMLDetailsElement>('details.languages'));
followReading(document.querySelector<HTMLElement>('.beside .contents'));
openChat(document.body);

addEventListener('keydown', (event) => {
  const isWriting = event.target instanceof Element && event.target.matches('input, textarea, select, [contenteditable]');
  if (event.key !== '/' || isWriting || event.ctrlKey || event.metaKey || event.altKey) return;
  const field = document.querySelector<HTMLInputElement>('main form.search input[type=search]') ?? document.querySelector<HTMLInputElement>('form.search input[type=search]');
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});
