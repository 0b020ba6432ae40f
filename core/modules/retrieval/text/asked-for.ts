import { foldText } from './fold-word.ts';

/** What kind of fact a question wants to hear. */
export type AskedFor = 'duration' | 'price' | 'time' | 'number';

/** In the folded form of their languages; what stands first is tried first. */
const questions: readonly [AskedFor, RegExp][] = [
  ['price', /\b(?:how much|costs?|prices?|pricing|fees?|expensive|charges?|was kostet|kosten|kostet|preise?|teuer|gebuhr(?:en)?|combien coute|prix|tarif|cuanto cuesta|precio|quanto costa|prezzo|hoeveel kost|prijs|quanto custa|preco)\b|(?:سعر|تكلفه|بكم|ثمن|رسوم|يكلف)/],
  ['duration', /\b(?:how long|wie lange|dauert|does it take|how (?:quick|soon|fast)(?:ly)?|how many (?:days|weeks|months|years|hours|minutes)|how much time|until when|by when|deadline|wie lange|wie schnell|bis wann|wie viele (?:tage|wochen|monate|jahre|stunden|minuten)|frist|combien de temps|delai|cuanto tiempo|cuanto tarda|plazo|quanto tempo|hoe lang|hoelang)\b|(?:مده|كم يوم|كم من الوقت|كم ياخذ|كم يستغرق|خلال كم)/],
  ['time', /\b(?:when|what time|hours|wann|uhrzeit|um wie viel uhr|offnungszeit(?:en)?|quand|a quelle heure|horaires?|cuando|a que hora|horario|quando|orari?|wanneer|hoe laat)\b|(?:متي|ساعات|اوقات|مواعيد)/],
  ['number', /\b(?:how many|how often|what (?:size|temperature|number)|wie viele?|wie oft|wie gross|combien|cuant[oa]s|quant[ie]|quantos|hoeveel)\b|(?:^|\s)كم\s/],
];

const span = String.raw`(?:days?|hours?|weeks?|months?|years?|minutes?|seconds?|nights?|tage?n?|werktage?n?|stunden?|wochen?|monate?n?|jahre?n?|minuten?|sekunden?|jours?|heures?|semaines?|mois|ans|dias?|horas?|semanas?|mes(?:es)?|anos?|giorni|giorno|ore|ora|settimane|mesi|anni|dagen|dag|uur|weken|maanden|jaar|يوما?|ايام|ساعه|ساعات|اسبوع|اسابيع|شهر|اشهر|سنه|سنوات|دقيقه|دقايق)`;
const count = String.raw`(?:\d+|an?|one|two|three|four|five|six|seven|eight|ten|twelve|fourteen|thirty|eine?[mnr]?|zwei|drei|vier|funf|sechs|sieben|zehn|vierzehn|dreissig|خمس|ثلاث|اربع)`;

/** How such facts are written. */
const facts: Readonly<Record<AskedFor, RegExp>> = {
  duration: new RegExp(String.raw`${count}(?:[\s–-]+(?:to|bis|a|and|und|الي|\d+))*[\s-]+(?:\p{L}+\s+){0,2}?${span}(?![\p{L}])|\b(?:the same day|at once|immediately|same day|next day|sofort|am selben tag|fur immer|forever|فورا|يومين|اسبوعين|شهرين|ساعتين)`, 'u'),
  price: /[€$£¥]|\b\d[\d.,]*\s*(?:eur|euros?|usd|dollars?|chf|gbp|pounds?|francs?|%|percent|prozent)|%|\b(?:free|kostenlos|gratis|gratuit|kostenfrei|no charge|nothing)\b|\d\s*(?:درهم|ريال|دينار|جنيه)|مجان|(?:درهما|ريالا)/,
  time: /\d{1,2}[:.]\d\d|\b\d{1,2}\s*(?:am|pm|a\.m\.|p\.m\.|uhr|h)\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:montags?|dienstags?|mittwochs?|donnerstags?|freitags?|samstags?|sonntags?|immer|taglich|daily|always|noon|midnight)\b|\d\s*(?:صباحا|مساء|ص|م)(?!\p{L})|(?:يوميا|الاحد|السبت|الجمعه)/u,
  number: /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twice|once|zwei|drei|vier|funf|einmal|zweimal)\b/,
};

const words: Readonly<Record<AskedFor, RegExp>> = {
  duration: /^(?:long|lange?|dauert?n?|dauer|takes?|taking|duration|time|soon|quick|quickly|fast|schnell|zeit|longtemps|temps|tarda|tardan|dura|durare|tiempo|tempo|lang|duurt|duren|demora|مده|وقت|يستغرق|تستغرق|ياخذ|days|tage|hours|weeks)$/,
  price: /^(?:how much|how expensive|was kostet|wie teuer|costs?|prices?|pricing|fees?|expensive|charges?|cheap|kosten|kostet|preise?|teuer|gebuhr(?:en)?|prix|coute|tarif|cuesta|precio|coste|quanto costa|costa|prezzo|prijs|kost|preco|custa|سعر|كم سعر|تكلفه|التكلفه|بكم|ثمن|رسوم|يكلف)$/,
  time: /^(?:time|hours|uhrzeit|offnungszeit(?:en)?|horaires?|horario|orari?|when open|ساعات|اوقات|مواعيد)$/,
  number: /^(?:number|many|often|viele?|oft|anzahl|عدد)$/,
};

/** Is it one of the words that ask for such a fact? A text that states the fact need not have them. */
export const asksFor = (word: string, kind: AskedFor): boolean => words[kind].test(word);

export function askedFor(question: string): AskedFor | null {
  const folded = foldText(question);
  return questions.find(([, pattern]) => pattern.test(folded))?.[0] ?? null;
}

/** When a thing happens may be told as a time or as what it takes. */
export function statesFact(text: string, kind: AskedFor): boolean {
  const folded = foldText(text);
  return facts[kind].test(folded) || (kind === 'time' && facts.duration.test(folded));
}
