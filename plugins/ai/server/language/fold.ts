/** Languages in which an apostrophe parts two words (`l’agent`); elsewhere it stands within one (`don’t`). */
const eliding = new Set(['fr', 'it']);

/**
 * Text as it is compared: lower case, one form of each letter, no accents, no signs. People leave accents out, Arabic has
 * several ways to write an alef; Kana keep their marks, which tell one letter from another.
 */
export function fold(text: string, language = ''): string {
  return text.normalize('NFKC').toLowerCase()
    .replace(/['’ʼ`´]/g, eliding.has(language) ? ' ' : '')
    .normalize('NFD').replace(/(?<![\u3040-\u30ff])\p{M}+/gu, '').normalize('NFC')
    .replace(/ı/g, 'i').replace(/ß/g, 'ss').replace(/ø/g, 'o').replace(/ł/g, 'l').replace(/æ/g, 'ae').replace(/œ/g, 'oe')
    .replace(/\u0640/g, '').replace(/[أإآٱ]/g, 'ا').replace(/ى/g, 'ي').replace(/ة/g, 'ه').replace(/ؤ/g, 'و').replace(/ئ/g, 'ي')
    .replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/** What somebody quotes is not what they say themselves: text in quotation marks, code, quoted lines of a mail. */
export function withoutQuotes(text: string): string {
  return text.replace(/^\s*>.*$/gm, ' ').replace(/`[^`\n]{1,300}`/g, ' ').replace(/"[^"\n]{1,300}"|“[^”\n]{1,300}”|„[^“”\n]{1,300}[“”]|«[^»\n]{1,300}»|「[^」\n]{1,300}」|(?<!\p{L})'[^'\n]{2,300}'(?!\p{L})/gu, ' ');
}
