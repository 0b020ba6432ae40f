const letters: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ı: 'i', ħ: 'h', ё: 'е', ς: 'σ' };
const special = /[ßæœøđðþłıħёς]/g;
/** Accents of Latin and Greek letters. In other scripts such marks are letters of their own. */
const accents = /(?<=[\p{Script=Latin}\p{Script=Greek}]\p{M}*)\p{M}+/gu;
const arabicMarks = /[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u0591-\u05c7]/g;
const arabicForms: Readonly<Record<string, string>> = { أ: 'ا', إ: 'ا', آ: 'ا', ٱ: 'ا', ى: 'ي', ی: 'ي', ئ: 'ي', ؤ: 'و', ة: 'ه', ک: 'ك' };
const arabicForm = /[أإآٱىیئؤةک]/g;
/** Arabic, Persian and Devanagari digits. */
const digits = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]/g;

/** A text in small letters, without accents, with one form for each Arabic letter and digit. Its length may change. */
export function foldText(text: string): string {
  // Plain ASCII is what most texts are; nothing of the rest can happen to it.
  if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase();
  return text.normalize('NFKC').toLowerCase().normalize('NFD').replace(accents, '').normalize('NFC')
    .replace(special, (letter) => letters[letter] ?? letter)
    .replace(arabicMarks, '').replace(arabicForm, (letter) => arabicForms[letter] ?? letter)
    .replace(digits, (digit) => String((digit.codePointAt(0) ?? 0) & 15));
}

/** Who has no umlauts on the keyboard writes `ue` for `ü`: both become `u`. */
export const foldGerman = (word: string): string => word.replace(/ae|oe|(?<!q)ue/g, (pair) => pair[0] ?? '');
