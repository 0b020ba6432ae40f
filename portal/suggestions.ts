import { make, set } from './dom.ts';
import { fill } from './fill.ts';

interface Suggestions { data: { title: [string, boolean][]; place: string | null; url: string; locale: string }[]; all: string }

const pauseMs = 120;
const fewestLetters = 2;

/** Below the field of a search form: what fits, while somebody types. A listbox as ARIA means it. */
export function suggest(form: HTMLFormElement, id: string): void {
  const field = form.querySelector<HTMLInputElement>('input[type=search]');
  const { suggestions: address = '' } = form.dataset;
  if (field && address) new SuggestionList(form, field, address, id);
}

class SuggestionList {
  readonly #form: HTMLFormElement;
  readonly #field: HTMLInputElement;
  readonly #address: URL;
  readonly #list: HTMLUListElement;
  #urls: string[] = [];
  #active = -1;
  #asked = '';
  #timer = 0;
  #asking = new AbortController();

  constructor(form: HTMLFormElement, field: HTMLInputElement, address: string, id: string) {
    this.#form = form;
    this.#field = field;
    this.#address = new URL(address, location.href);
    this.#list = set(make('ul', 'suggestions'), { id, role: 'listbox', 'aria-label': form.dataset.found ?? '', hidden: '' });
    field.parentElement?.append(this.#list);
    set(field, { role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': id });
    field.addEventListener('input', (event) => { if (!(event as InputEvent).isComposing) this.#wait(); });
    field.addEventListener('compositionend', () => this.#wait());
    field.addEventListener('keydown', (event) => this.#press(event));
    field.addEventListener('focus', () => { if (this.#urls.length > 0 && this.#asked === field.value.trim()) this.#show(true); });
    form.addEventListener('focusout', ({ relatedTarget }) => { if (!(relatedTarget instanceof Node && form.contains(relatedTarget))) this.#show(false); });
    form.addEventListener('submit', (event) => {
      if (field.value.trim() === '') event.preventDefault();
      this.#forget();
    });
    // The field keeps the focus while a suggestion is pressed.
    this.#list.addEventListener('mousedown', (event) => event.preventDefault());
    this.#list.addEventListener('click', (event) => {
      const option = (event.target as Element).closest<HTMLElement>('[role=option]');
      if (option) this.#go(Number(option.dataset.index), event.ctrlKey || event.metaKey);
    });
  }

  #wait(): void {
    clearTimeout(this.#timer);
    const words = this.#field.value.trim();
    if (words === this.#asked) return;
    this.#asking.abort();
    if ([...words].length < fewestLetters) return this.#forget();
    this.#timer = window.setTimeout(() => void this.#ask(words), pauseMs);
  }

  async #ask(words: string): Promise<void> {
    this.#asking = new AbortController();
    this.#address.searchParams.set('q', words);
    try {
      const response = await fetch(this.#address, { signal: this.#asking.signal });
      if (!response.ok) return this.#forget();
      const found = await response.json() as Suggestions;
      if (words !== this.#field.value.trim()) return;
      this.#asked = words;
      this.#draw(found, words);
    } catch {
      // Gone on typing, or no connection: pressing Enter still searches.
    }
  }

  #draw({ data, all }: Suggestions, words: string): void {
    const rows = data.map(({ title, place, locale }) => {
      const name = make('span', 'name', ...title.map(([text, isHit]) => (isHit ? make('mark', '', text) : text)));
      return make('li', '', set(name, { lang: locale, dir: 'auto' }), ...(place === null ? [] : [set(make('span', 'place', place), { dir: 'auto' })]));
    });
    rows.push(set(make('li', 'all', fill(this.#form.dataset.all ?? '', { query: words })), { dir: 'auto' }));
    this.#urls = [...data.map(({ url }) => url), all];
    rows.forEach((row, index) => set(row, { id: `${this.#list.id}-${index}`, role: 'option', 'aria-selected': 'false', 'data-index': String(index) }));
    this.#list.replaceChildren(...rows);
    this.#mark(-1);
    this.#show(this.#form.contains(document.activeElement));
  }

  #press(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const isOpen = !this.#list.hidden;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (this.#urls.length === 0) return;
      event.preventDefault();
      const count = this.#urls.length;
      const step = event.key === 'ArrowDown' ? 1 : -1;
      // Beyond either end is the field itself.
      if (isOpen) this.#mark(((this.#active + 1 + step + count + 1) % (count + 1)) - 1);
      this.#show(true);
    } else if (event.key === 'Enter' && isOpen && this.#active >= 0) {
      event.preventDefault();
      this.#go(this.#active, event.ctrlKey || event.metaKey);
    } else if (event.key === 'Escape' && isOpen) {
      event.preventDefault();
      this.#show(false);
    }
  }

  #mark(index: number): void {
    this.#active = index;
    [...this.#list.children].forEach((row, at) => row.setAttribute('aria-selected', String(at === index)));
    const row = this.#list.children[index];
    if (row) {
      this.#field.setAttribute('aria-activedescendant', row.id);
      row.scrollIntoView({ block: 'nearest' });
    } else {
      this.#field.removeAttribute('aria-activedescendant');
    }
  }

  #show(isOpen: boolean): void {
    this.#list.hidden = !isOpen;
    this.#field.setAttribute('aria-expanded', String(isOpen));
    if (!isOpen) this.#mark(-1);
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#asking.abort();
    this.#asked = '';
    this.#urls = [];
    this.#show(false);
  }

  #go(index: number, inNewTab: boolean): void {
    const url = this.#urls[index];
    if (url === undefined) return;
    if (inNewTab) window.open(url, '_blank', 'noopener');
    else location.assign(url);
  }
}
