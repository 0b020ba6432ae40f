/** Countries that people write from and ask about. Their names come from the runtime, in every language it knows. */
const codes = `AE AR AT AU BE BG BH BR CA CH CL CN CO CY CZ DE DK DZ EE EG ES FI FR GB GR HK HR HU ID IE IL IN IQ IS IT JO JP KE KR KW LB LI LT LU LV LY MA MT MX MY NG NL NO NZ OM PE PH PK PL PS PT QA RO RS RU SA SE SG SI SK SY TH
  TN TR TW UA US VN YE ZA`.split(/\s+/);
/** The name of each in a language; none where the runtime does not know it. */
export function countryNames(language: string): string[][] {
  if (!language || Intl.DisplayNames.supportedLocalesOf([language]).length === 0) return codes.map(() => []);
  const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
  return codes.map((code) => [names.of(code) ?? ''].filter(Boolean));
}

const members = new Set('AT BE BG CY CZ DE DK ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '));
/** Is the country at this place of the list one of those that texts call `the EU`? */
export const isInUnion = (place: number): boolean => members.has(codes[place] ?? '');
/** What texts say that name no country of their own. */
export const unionWords = ['eu', 'europe', 'european', 'europa', 'europaisch', 'الاتحاد الاوروبي', 'اوروبا', 'union europeenne', 'union europea', 'unione europea'];
