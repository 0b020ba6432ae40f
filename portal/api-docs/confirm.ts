import { make, set } from '../dom.ts';
import type { Texts } from './page-data.ts';

/** Asks before something is removed, and names it. */
export function confirmSend(what: string, texts: Texts): Promise<boolean> {
  const title = make('h2', '', texts.sureTitle);
  title.id = 'sure';
  const cancel = Object.assign(make('button', '', texts.cancel), { value: 'no' });
  const send = Object.assign(make('button', 'danger', texts.sureSend), { value: 'yes' });
  const form = set(make('form', '', title, set(make('p', '', make('code', '', what)), { dir: 'ltr' }), make('p', 'quiet', texts.sureText), make('div', 'actions', cancel, send)), { method: 'dialog' });
  const dialog = set(make('dialog', '', form), { 'aria-labelledby': title.id });
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    }, { once: true });
  });
}
