import { cutTerm, decodeTerm, encodeTerm } from './text/encode-term.ts';
import { languageOf } from './text/languages.ts';
import { termsOf } from './text/analyse.ts';

export interface PassageText { title: string; headings: readonly string[]; tags: readonly string[]; text: string; locale: string }

/** The terms of a passage by where they stand. */
export interface PassageTerms { title: string[]; headings: string[]; tags: string[]; text: string[] }

export function readPassage({ title, headings, tags, text, locale }: PassageText): PassageTerms {
  const language = languageOf(locale);
  const read = (part: string) => termsOf(part, language).map(cutTerm);
  return { title: read(title), headings: headings.flatMap(read), tags: tags.flatMap(read), text: read(visibleText(text)) };
}

/** Addresses of links and pictures are not what a text says. */
const visibleText = (markdown: string): string => markdown.replace(/(!?\[[^\]]*\])\((?:[^()\s]|\([^()\s]*\))*(?:\s+"[^"]*")?\)/g, '$1').replace(/^\s{0,3}#{1,6}\s.*$/gm, '').replace(/<[^>]{1,200}>/g, ' ');

/** As the full-text index keeps them. */
export const writeTerms = ({ title, headings, tags, text }: PassageTerms): string => [title, headings, tags, text].map((terms) => terms.map(encodeTerm).join(' ')).join(' | ');

/** Every term of a passage once, read from what the index keeps of it. */
export const distinctTerms = (stored: string): Set<string> => new Set(stored.split(/[ |]+/).filter(Boolean).map(decodeTerm));
