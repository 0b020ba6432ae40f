import { escapeHtml, jsonForHtml } from './escape.ts';

/** Markup that is safe to send: only the functions of this file make it. */
export class Markup {
  readonly #html: string;

  constructor(seal: typeof own, html: string) {
    if (seal !== own) throw new Error('markup is made by html`…`');
    this.#html = html;
  }

  toString(): string { return this.#html; }
}

/** What may stand in a template. Nothing is written for null, undefined and false. */
export type MarkupValue = Markup | string | number | null | undefined | false | readonly MarkupValue[];

const own = Symbol('markup');

function write(value: MarkupValue): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Markup) return value.toString();
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
  return value.map(write).join('');
}

/**
 * A piece of a page. Every value is escaped, whoever wrote it, unless it is a piece that was made here. Attributes stand between
 * quotation marks; addresses are made by the caller and never taken from a reader.
 */
export function html(strings: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  let text = strings[0] ?? '';
  for (const [index, value] of values.entries()) text += write(value) + (strings[index + 1] ?? '');
  return new Markup(own, text);
}

/** What the sanitiser let through, or a file of our own. */
export const trusted = (sanitised: string): Markup => new Markup(own, sanitised);

/** Data for scripts and machines, inside of a `<script>` block that no browser runs. */
export const json = (value: unknown): Markup => new Markup(own, jsonForHtml(value));
