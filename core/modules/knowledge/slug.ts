import { newId } from '../../kernel/ids.ts';

const longest = 60;
const letters: Readonly<Record<string, string>> = {
  ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', å: 'a', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i', '&': ' and ', "'": '', '’': '',
  ...pairs('абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ', 'a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya i yi ye g'),
  ...pairs('αβγδεζηθικλμνξοπρσςτυφχψω', 'a b g d e z i th i k l m n x o p r s s t y f ch ps o'),
  ...pairs('ابتثجحخدذرزسشصضطظعغفقكلمنهويةىآأإؤئءپچژگکی', 'a b t th j h kh d dh r z s sh s d t z a gh f q k l m n h w y a a a a i w y - p ch zh g k y'),
  ...pairs('٠١٢٣٤٥٦٧٨٩', '0 1 2 3 4 5 6 7 8 9'),
};

function pairs(from: string, to: string): Record<string, string> {
  const targets = to.split(' ');
  return Object.fromEntries([...from].map((letter, index) => [letter, targets[index] === '-' ? '' : targets[index] ?? '']));
}

/** A readable address of a title: `Rückgabe & Umtausch` → `rueckgabe-and-umtausch`. Empty for scripts that it cannot spell. */
export function slugOf(title: string): string {
  const spelled = [...title.toLowerCase().normalize('NFC')].map((letter) => letters[letter] ?? letter.normalize('NFKD').replace(/\p{M}/gu, '')).map((letter) => letters[letter] ?? letter).join('');
  return cut(spelled.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, ''), longest);
}

/** At a word's end where there is one. */
function cut(slug: string, most: number): string {
  if (slug.length <= most) return slug;
  const end = slug.lastIndexOf('-', most);
  return slug.slice(0, end > most / 2 ? end : most).replace(/-+$/, '');
}

/** The first free one of `base`, `base-2` … Old addresses of other articles are not taken over. */
export async function freeSlug(input: { title: string; fallback: string; isTaken(slug: string): Promise<boolean> }): Promise<string> {
  const base = slugOf(input.title) || input.fallback;
  for (let count = 1; count <= 50; count += 1) {
    const slug = count === 1 ? base : `${cut(base, longest - 4)}-${count}`;
    if (!(await input.isTaken(slug))) return slug;
  }
  return `${cut(base, longest - 9)}-${newId().slice(0, 8)}`;
}

/** Was it made from this title, with a number behind it or without? */
export function isMadeFrom(slug: string, title: string): boolean {
  const base = slugOf(title);
  return base !== '' && (slug === base || (slug.startsWith(`${cut(base, longest - 4)}-`) && /^\d+$/.test(slug.slice(cut(base, longest - 4).length + 1))));
}
