import { make, set } from '../dom.ts';
import { fill } from '../fill.ts';
import type { Caller } from './caller.ts';
import type { Texts } from './page-data.ts';

function statusText({ operator, token }: Caller, texts: Texts): string {
  if (token) return texts.asToken;
  return operator ? fill(texts.asOperator, { name: operator }) : texts.asNobody;
}

/** Says as whom requests are sent, and takes a token for this page. */
export function callerMenu(caller: Caller, texts: Texts): HTMLElement {
  const summary = make('summary', '');
  const field = set(make('input', ''), { type: 'password', id: 'token', autocomplete: 'off', spellcheck: 'false', placeholder: 'pb_…', dir: 'ltr' });
  const forget = set(make('button', '', texts.forgetToken), { type: 'button' });
  const form = make('form', '', set(make('label', '', texts.token), { for: field.id }), field, make('p', 'quiet', texts.tokenText), make('div', 'actions', make('button', 'primary', texts.useToken), forget));
  const signIn = set(make('a', '', texts.signIn), { href: '/admin/' });
  const menu = make('details', 'caller', summary, make('div', 'float', signIn, form));
  const show = (): void => {
    summary.textContent = statusText(caller, texts);
    summary.dataset.state = caller.token ? 'token' : caller.operator ? 'operator' : 'nobody';
    forget.hidden = !caller.token;
    signIn.hidden = caller.operator !== null;
  };
  const use = (token: string): void => {
    caller.useToken(token);
    field.value = '';
    menu.open = false;
    summary.focus();
  };
  form.addEventListener('submit', (event) => { event.preventDefault(); use(field.value.trim()); });
  forget.addEventListener('click', () => use(''));
  menu.addEventListener('keydown', (event) => { if (event.key === 'Escape') { menu.open = false; summary.focus(); } });
  caller.onChange(show);
  show();
  return menu;
}
