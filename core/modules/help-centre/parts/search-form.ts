import { html, type Markup } from '../../../kernel/html/markup.ts';
import { limits } from '../../../shared/limits.ts';
import type { Visit } from '../visit.ts';
import { icon } from './icons.ts';

/** Words and suggestions: a plain form, which the script turns into a field with a list below it. */
export const searchForm = ({ t, links, brand, isChosen, scope }: Visit, { query = '', size }: { query?: string | undefined; size: 'small' | 'large' }): Markup => html`
<form class="search ${size}" role="search" action="/portal/${brand.slug}/articles" data-suggestions="${links.suggestions()}" data-all="${t('search.all', { query: '{{query}}' })}" data-found="${t('search.suggestions')}">
  ${isChosen && html`<input type="hidden" name="lang" value="${scope.locale}">`}
  <div class="field">${icon('search')}<input type="search" name="q" value="${query}" maxlength="${limits.searchQuery}" placeholder="${t('search.placeholder')}" aria-label="${t('search.label')}" autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="search"></div>
  <button class="button" type="submit">${t('search.submit')}</button>
</form>`;

/** The chat, for who did not find it here. */
export const askBox = ({ t }: Visit): Markup => html`
<section class="ask" aria-labelledby="ask">
  <div><h2 id="ask">${t('ask.title')}</h2><p class="ask-text">${t('ask.text')}</p></div>
  <button class="button scripted" type="button" data-chat>${icon('chat')}${t('ask.button')}</button>
</section>`;
