import { formattedHtml, formattedPlain, plainHtml } from './formatted-text.ts';

/** Noncharacters of Unicode: no text has them by right, so a value that lost them cannot pose as a mark. */
const [begin, end] = ['\uFDD0', '\uFDD1'];
const mark = new RegExp(`${begin}(\\d+)${end}`, 'g');
const strayMarks = new RegExp(`[${begin}${end}]`, 'g');
 
const controls = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g;
/** Characters that turn the direction of all that follows: they could make a name look like another one. */
const turns = /[\u202A-\u202E\u2066-\u2069]/g;

const maxDepth = 8;
/** Characters of values in one mail; what comes after is left out. */
const maxCharacters = 1_000_000;

type Form = 'plain' | 'formatted';

/**
 * The values of one mail. While Liquid and Markdown do their work, a mark stands for each value; the value itself is put in
 * afterwards, escaped for the place where it comes to stand. So no value is ever read as Liquid, Markdown or HTML.
 */
export class MailValues {
  readonly #given: { text: string; form: Form }[] = [];
  #left = maxCharacters;

  /** What stands for a value until the end; nothing for what is not there. */
  put(value: unknown, form: Form = 'plain'): string {
    const text = this.text(textOf(value));
    if (text === '') return '';
    const kept = text.length <= this.#left ? text : `${text.slice(0, this.#left)}…`;
    this.#left -= Math.min(text.length, this.#left);
    return `${begin}${this.#given.push({ text: kept, form }) - 1}${end}`;
  }

  /** HTML with its values, escaped. Inside a tag they stand in an attribute: there they stay on one line. `isolates`: each keeps the direction that it has by itself. */
  html(html: string, isolates: boolean): string {
    const filled = html.replace(new RegExp(`<[^>]*>|${mark.source}`, 'g'), (whole, index?: string) => {
      if (index === undefined) return whole.replace(mark, (_mark, inner: string) => plainHtml(oneLine(this.#at(inner).text)));
      const { text, form } = this.#at(index);
      if (form === 'formatted') return `<span dir="auto">${formattedHtml(text)}</span>`;
      return isolates ? `<bdi>${plainHtml(text)}</bdi>` : plainHtml(text);
    });
    return filled.replace(strayMarks, '');
  }

  /** Text with its values as they are. */
  text(text: string): string {
    return text.replace(mark, (_mark, index: string) => {
      const value = this.#at(index);
      return value.form === 'formatted' ? formattedPlain(value.text) : value.text;
    }).replace(strayMarks, '');
  }

  /** An address with its values: one at the beginning is the beginning of an address, any other is one part of it. */
  address(address: string): string {
    return address.replace(mark, (_mark, index: string, at: number) => (at === 0 ? this.#at(index).text : encodeURIComponent(this.#at(index).text))).replace(strayMarks, '');
  }

  #at(index: string): { text: string; form: Form } {
    return this.#given[Number(index)] ?? { text: '', form: 'plain' };
  }
}

export const oneLine = (text: string): string => text.replace(turns, '').replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return Array.isArray(value) ? value.map(textOf).filter(Boolean).join(', ') : '';
}

/** A copy of what a plugin gave, fit to be shown: whole characters, no marks, no control characters, no inherited names. */
export function cleanValues(values: Record<string, unknown>): Record<string, unknown> {
  return clean(values, 0) as Record<string, unknown>;
}

function clean(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.toWellFormed().replace(strayMarks, '').replace(controls, '');
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (typeof value !== 'object' || value === null || depth >= maxDepth) return null;
  if (Array.isArray(value)) return value.map((item) => clean(item, depth + 1));
  const copy = Object.create(null) as Record<string, unknown>;
  for (const [key, inner] of Object.entries(value)) copy[key] = clean(inner, depth + 1);
  return copy;
}
