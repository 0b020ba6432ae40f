import { inline } from './message-format.ts';

const maxAnswer = 6_000;

/** Addresses that stood in what the model was given: only they may be links in its answer. */
export function addressesIn(texts: readonly (string | null)[]): Set<string> {
  const found = texts.flatMap((text) => [...(text ?? '').matchAll(/https?:\/\/[^\s<>()"'`\]]+/g)].map(([url]) => plainAddress(url)));
  return new Set(found);
}
const plainAddress = (url: string): string => url.replace(/[.,;:!?]+$/, '').replace(/\/$/, '');

export interface Cleaned { text: string; cited: number[] }

/**
 * What a model wrote as a message may have it. Images go, HTML becomes text, an address that nobody gave it is told
 * without being a link, numbers of passages are taken out and told apart.
 */
export function cleanOutput(written: string, allowed: ReadonlySet<string>): Cleaned {
  const cited: number[] = [];
  const text = written.replaceAll('\u0000', '').replace(/\r/g, '')
    .replace(/!\[[^\]]*\]\s*(\([^)]*\)|\[[^\]]*\])/g, '')
    .replace(/^\s*\[[^\]]+\]:\s*\S+.*$/gm, '')
    .replace(/\s?[[【]((?:\d{1,2})(?:\s*[,;]\s*\d{1,2})*)[\]】](?!\()/g, (_all, numbers: string) => {
      cited.push(...numbers.split(/[,;]/).map(Number));
      return '';
    })
    .split('\n').map((line) => cleanLine(line, allowed)).join('\n')
    .replace(/\n{3,}/g, '\n\n').trim();
  return { text: bounded(text), cited: [...new Set(cited)] };
}

function cleanLine(line: string, allowed: ReadonlySet<string>): string {
  const bare = line.replace(/^(\s*)#{1,6}\s+(.*)$/, '$1**$2**').replace(/^(\s*)[*+-]\s+/, '$1• ').replace(/^\s*(```|~~~).*$/, '').replace(/<[^<>]*>?/g, (tag) => (/^<https?:/.test(tag) ? tag.replace(/[<>]/g, '') : tag.replaceAll('<', '‹').replaceAll('>', '›')));
  const linked = bare
    .replace(/\[([^\]]*)\]\(\s*([^()\s]*)[^)]*\)/g, (_all, label: string, url: string) => (allowed.has(plainAddress(url)) ? `[${label}](${plainAddress(url)})` : label || withoutLink(url)))
    .replace(/(?<!\]\()\b(?:https?:\/\/|www\.)[^\s<>()"'`]+/gi, (url) => (allowed.has(plainAddress(url)) ? url : withoutLink(url)));
  return /^\s*$/.test(linked) ? '' : inline(linked);
}

/** An address as words: nothing makes a link of it. */
const withoutLink = (url: string): string => url.replace(/^[a-z]+:\/\//i, '').replace(/[?#].*$/, '').slice(0, 80);

function bounded(text: string): string {
  if (text.length <= maxAnswer) return text;
  const cut = text.slice(0, maxAnswer);
  return cut.slice(0, Math.max(cut.lastIndexOf('. ') + 1, cut.lastIndexOf('\n'), maxAnswer - 300)).trim();
}

/** Endpoints send words or halves of them; readers want no fewer than some at a time. */
const perPiece = 16;

/** Cleans a text as it comes: tells what is new and can't change any more. */
export class StreamCleaner {
  readonly #allowed: ReadonlySet<string>;
  #raw = '';
  #told = '';
  #cleaned = 0;

  constructor(allowed: ReadonlySet<string>) {
    this.#allowed = allowed;
  }

  add(piece: string): string {
    this.#raw += piece;
    const end = safeEnd(this.#raw);
    if (end - this.#cleaned < perPiece) return '';
    this.#cleaned = end;
    const { text } = cleanOutput(this.#raw.slice(0, end), this.#allowed);
    if (!text.startsWith(this.#told)) return '';
    const fresh = text.slice(this.#told.length);
    this.#told = text;
    return fresh;
  }
}

/** Up to the last space outside of what may yet become a link, an image or a tag. */
function safeEnd(text: string): number {
  const line = text.lastIndexOf('\n') + 1;
  const tail = text.slice(line);
  const open = [...tail.matchAll(/!?\[(?:(?!\]).)*$|!?\[[^\]]*\](?:\([^)]*)?$|<[^>]*$/g)].map(({ index }) => index);
  const space = tail.lastIndexOf(' ');
  return line + Math.max(0, Math.min(space < 0 ? 0 : space, ...open));
}
