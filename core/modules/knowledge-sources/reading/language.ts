/** Words that hardly any text of a language goes without, and that others lack. */
const common: Readonly<Record<string, string>> = {
  en: 'the and you your with this that for are from have will not can how our when what',
  de: 'der die das und nicht ist sie ein eine mit auf für wir ihre wird werden wenn oder kann',
  fr: 'le les des est vous votre pour dans une avec sur pas nous que qui cette sont comment',
  es: 'el los las una para con por que está como puede su sus más desde cuando este esta',
  it: 'il gli che per una con sono del della non puoi questo questa come più nel alla',
  pt: 'os uma para com não você seu sua por que como pode mais quando são esta este dos',
  nl: 'de het een en van voor met niet je uw dat zijn wordt kunt deze als naar ook',
  sv: 'och att det som en på för är med inte du din kan ett till när från',
  pl: 'jest nie się na do że jak dla to przez może twój które oraz aby',
  tr: 've bir bu için ile değil olarak daha çok nasıl sizin olan veya',
};
const scripts: readonly (readonly [string, RegExp])[] = [
  ['ar', /\p{Script=Arabic}/gu], ['he', /\p{Script=Hebrew}/gu], ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu], ['zh', /\p{Script=Han}/gu], ['ko', /\p{Script=Hangul}/gu],
  ['ru', /\p{Script=Cyrillic}/gu], ['el', /\p{Script=Greek}/gu], ['hi', /\p{Script=Devanagari}/gu], ['th', /\p{Script=Thai}/gu],
];
const words = Object.entries(common).map(([locale, list]) => [locale, new Set(list.split(' '))] as const);

/** The language that a text looks like: by its script, else by its commonest words; null when neither tells. */
export function languageOf(text: string): string | null {
  const sample = text.slice(0, 8_000);
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  if (letters < 20) return null;
  const script = scripts.find(([, pattern]) => (sample.match(pattern)?.length ?? 0) > letters * 0.25);
  if (script) return script[0];
  const given = sample.toLowerCase().match(/\p{L}+/gu) ?? [];
  const ranked = words.map(([locale, known]) => ({ locale, count: given.filter((word) => known.has(word)).length })).sort((a, b) => b.count - a.count);
  const [best, next] = ranked;
  return best && best.count >= 3 && best.count > (next?.count ?? 0) ? best.locale : null;
}

/** What a page says about its language, as a tag that we know; null for what is none. */
export function localeTag(said: string | undefined): string | null {
  const tag = said?.trim().replaceAll('_', '-') ?? '';
  if (!/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag) || tag.length > 35) return null;
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null;
  }
}
