import { make, set } from '../dom.ts';
import { fill } from '../fill.ts';
import type { ApiDocument, Group, Operation } from './api-document.ts';
import type { Texts } from './page-data.ts';
import { english, methodMark, pathText, prose } from './prose.ts';

interface Entry { link: HTMLAnchorElement; words: string }
interface Section { element: HTMLElement; entries: Entry[] }

/** All operations by group, and a field that narrows them. */
export class Navigation {
  readonly element: HTMLElement;
  readonly search: HTMLInputElement;
  readonly #sections: Section[];
  readonly #found = set(make('p', 'found'), { role: 'status' });
  readonly #texts: Texts;

  constructor(api: ApiDocument, texts: Texts) {
    this.#texts = texts;
    this.#sections = api.groups.map((group) => sectionOf(group));
    this.search = set(make('input', ''), { type: 'search', id: 'search', placeholder: texts.searchPlaceholder, 'aria-label': texts.search, 'aria-keyshortcuts': '/', autocomplete: 'off', spellcheck: 'false' });
    this.search.addEventListener('input', () => this.#filter());
    const list = make('div', 'list', ...this.#sections.map((section) => section.element));
    this.element = set(make('nav', 'side', make('div', 'search', this.search, make('kbd', '', '/')), this.#found, list), { 'aria-label': texts.operations });
    this.element.addEventListener('keydown', (event) => this.#move(event));
    this.#filter();
  }

  /** Marks where the reader is. */
  mark(id: string): void {
    for (const { link } of this.#sections.flatMap((section) => section.entries)) {
      const isHere = link.hash === `#${id}`;
      if (isHere) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
      if (isHere) link.scrollIntoView({ block: 'nearest' });
    }
  }

  #shown(): HTMLAnchorElement[] {
    return this.#sections.flatMap((section) => section.entries).filter(({ link }) => !link.parentElement?.hidden).map(({ link }) => link);
  }

  #filter(): void {
    const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const { element, entries } of this.#sections) {
      for (const entry of entries) if (entry.link.parentElement) entry.link.parentElement.hidden = !words.every((word) => entry.words.includes(word));
      element.hidden = entries.every(({ link }) => link.parentElement?.hidden);
    }
    const count = this.#shown().length;
    this.#found.textContent = count === 0 ? this.#texts.nothingFound : fill(this.#texts.found, { count: String(count) });
  }

  #move(event: KeyboardEvent): void {
    const shown = this.#shown();
    const here = shown.findIndex((link) => link === document.activeElement);
    if (event.key === 'Enter' && event.target === this.search) shown[0]?.click();
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const next = event.key === 'ArrowDown' ? here + 1 : here - 1;
    (next < 0 ? this.search : shown[Math.min(next, shown.length - 1)])?.focus();
  }
}

function sectionOf(group: Group): Section {
  const entries = group.operations.map(entryOf);
  const heading = english(make('h2', '', group.name));
  heading.id = `group-${group.name}`;
  const list = make('ul', '', ...entries.map(({ link }) => make('li', '', link)));
  return { element: set(make('section', '', heading, list), { 'aria-labelledby': heading.id }), entries };
}

function entryOf(operation: Operation): Entry {
  const text = make('span', 'text', english(make('span', 'summary', ...prose(operation.summary))), pathText(operation.path));
  const link = set(make('a', '', methodMark(operation.method), text), { href: `#${operation.id}` });
  return { link, words: [operation.method, operation.path, operation.summary, operation.tag, operation.id].join(' ').toLowerCase() };
}
