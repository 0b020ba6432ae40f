/** Forms that share no beginning with their word, which no stemmer brings together. */
const english: ReadonlyMap<string, string> = new Map(`bought:buy sent:send paid:pay kept:keep lost:lose forgot:forget forgotten:forget broke:break broken:break stole:steal stolen:steal sold:sell brought:bring took:take taken:take gave:give given:give left:leave found:find
  wrote:write written:write went:go gone:go came:come got:get gotten:get chose:choose chosen:choose began:begin begun:begin spoke:speak spoken:speak told:tell said:say made:make met:meet felt:feel thought:think caught:catch taught:teach withdrew:withdraw withdrawn:withdraw froze:freeze frozen:freeze
  wore:wear worn:wear tore:tear torn:tear drove:drive driven:drive flew:fly ate:eat eaten:eat slept:sleep spent:spend built:build held:hold ran:run swam:swim children:child men:man women:woman feet:foot teeth:tooth mice:mouse knives:knife wives:wife lives:life shelves:shelf`.split(/\s+/).map((pair): [string, string] => [pair.slice(0, pair.indexOf(':')), pair.slice(pair.indexOf(':') + 1)]));

const apart = '(zuruck|ab|an|auf|aus|ein|um|vor|weg|nach|mit|los|zusammen|herunter|hoch|frei|dazu|fest)';
/** `zurückgeschickt`, `zurückzuschicken`; a word that is all its own, like `Angebot`, has too little left behind the prefix. */
const parted = new RegExp(`^${apart}ge(.{3,})(?:t|en)$`);
const partedInfinitive = new RegExp(`^${apart}zu(.{3,}en)$`);

/** A participle as its verb, folded words only. */
function germanVerb(word: string): string {
  const infinitive = partedInfinitive.exec(word);
  if (infinitive) return `${infinitive[1] ?? ''}${infinitive[2] ?? ''}`;
  const participle = parted.exec(word);
  return participle ? `${participle[1] ?? ''}${participle[2] ?? ''}en` : word;
}

export function regularForm(word: string, language: string): string {
  if (language === 'en') return english.get(word) ?? word;
  return language === 'de' ? germanVerb(word) : word;
}
