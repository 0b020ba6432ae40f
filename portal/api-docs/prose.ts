import { make, set } from '../dom.ts';

/** Text with `code` in it. */
export const prose = (text: string): (Node | string)[] =>
  text.split('`').map((part, index) => (index % 2 === 1 ? make('code', '', part) : part));

/** English from the description itself, on a page of any language. */
export const english = <E extends Element>(element: E): E => set(element, { lang: 'en', dir: 'ltr' });

export const methodMark = (method: string): HTMLElement => set(make('span', 'method', method.toUpperCase()), { 'data-method': method });

/** A path that may break after its signs. */
export function pathText(path: string): HTMLElement {
  const parts = path.split(/(?=\/)/).flatMap((part) => [part, make('wbr', '')]);
  return set(make('code', 'path', ...parts), { dir: 'ltr', translate: 'no' });
}
