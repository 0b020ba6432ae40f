/** Stands for what was taken out. */
const mark = { email: '[e-mail]', phone: '[phone]', card: '[card]', account: '[account]', name: '[name]', number: '[number]', secret: '[secret]' } as const;

/**
 * Takes out what tells who somebody is or opens something: addresses, numbers of phones, cards, accounts and orders, passwords and codes,
 * tokens in links, names. It errs on the side of taking too much: an answer needs none of it.
 */
export function redact(text: string, names: readonly string[] = []): string {
  let clean = withFewSpaces(latinDigits(text.normalize('NFC')).replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, ''));
  for (const rule of rules) clean = rule(clean);
  return withoutNames(clean, names);
}

/** The patterns below look over single spaces; thousands of them would hold them up. */
const withFewSpaces = (text: string): string => text.replace(/[^\S\n]+/g, ' ').replace(/(?<! ) ?\n ?/g, '\n').replace(/\n{3,}/g, '\n\n');

const latinDigits = (text: string): string => text.replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660)).replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0));

const edge = { before: '(?<![\\p{L}\\p{N}_])', after: '(?![\\p{L}\\p{N}_])' } as const;

/** What is told after these words is not for others, whatever it looks like. */
const passwordWords = ['password', 'passcode', 'passphrase', 'pwd', 'passwort', 'kennwort', 'كلمة المرور', 'كلمة السر', 'الرقم السري'];
const codeWords = ['pin', 'otp', 'api[ -]?key', 'access key', 'secret', 'token', 'code', 'cvv', 'cvc', 'zugangscode', 'sicherheitscode', 'schlüssel', 'tan', 'رمز التحقق', 'الرمز', 'رمز'];
const numberWords = ['order', 'invoice', 'customer', 'account', 'contract', 'ticket', 'tracking', 'booking', 'reference', 'serial', 'bestellung', 'bestellnummer', 'rechnung', 'rechnungsnummer', 'kundennummer', 'vertragsnummer', 'sendungsnummer', 'auftragsnummer', 'buchungsnummer', 'رقم الطلب', 'رقم الفاتورة', 'رقم العميل', 'رقم الحساب', 'رقم الحجز', 'الطلب رقم', 'طلب رقم'];
const joint = '(?:\\s?(?:number|nummer|no\\.?|nr\\.?|id|رقم)?\\s?(?:is|was|ist|lautet|war|هي|هو)?\\s?[:=#]?\\s?)';

const said = '(?:is|was|ist|lautet|war|هي|هو)';
const afterPasswordWord = new RegExp(`${edge.before}((?:${passwordWords.join('|')})(?:\\s*${said}\\s*[:=]?|\\s*[:=]|(?=\\s+\\S*\\d))\\s*)(["'„“«]?)([^\\s"'“”»]{3,})`, 'giu');
/** These words have other meanings too: what follows has to look like a code, or to be introduced as one. */
const afterCodeWord = new RegExp(`${edge.before}((?:${codeWords.join('|')})(?:\\s*[:=]\\s*|\\s+(?:${said}\\s*[:=]?\\s*)?(?=\\S*\\d)))(["'„“«]?)([^\\s"'“”»]{3,})`, 'giu');
const afterNumberWord = new RegExp(`${edge.before}((?:${numberWords.join('|')})${joint})([\\p{L}\\p{N}][\\p{L}\\p{N}/_-]*\\d[\\p{L}\\p{N}/_-]*)`, 'giu');

const rules: readonly ((text: string) => string)[] = [
  (text) => text.replace(/\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s<>"'）)\]]+/gi, withoutTokens),
  (text) => text.replace(/(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu, mark.email),
  ...[afterPasswordWord, afterCodeWord].map((pattern) => (text: string) => text.replace(pattern, (_whole, word: string, quote: string) => `${word}${quote}${mark.secret}`)),
  (text) => text.replace(/\b(?:eyJ[\w-]{5,}\.[\w-]+\.[\w-]*|(?:sk|pk|pb|ghp|xox[a-z])[_-][\w-]{8,})/g, mark.secret),
  (text) => text.replace(/\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{1,4}){3,8}\b/g, withoutIban),
  (text) => text.replace(/(?<!\d)\d(?:[ .-]?\d){12,18}(?!\d)/g, (found) => (isCard(found) ? mark.card : found)),
  (text) => text.replace(afterNumberWord, (_whole, word: string) => `${word}${mark.number}`),
  (text) => text.replace(/#\s?\d[\d-]{2,}/g, mark.number),
  // What has letters and at least three digits is an order, a serial number, a key.
  (text) => text.replace(/(?<![\p{L}\p{N}_[/-])(?=[\w/-]*\d[\w/-]*\d[\w/-]*\d)(?=[\w/-]*[A-Za-z])[A-Za-z0-9][\w/-]{4,}[A-Za-z0-9]/gu, (found) => (found.length >= 20 ? mark.secret : mark.number)),
  (text) => text.replace(/(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{32,}={0,2}/g, (found) => (/[A-Z]/.test(found) && /[a-z]/.test(found) ? mark.secret : found)),
  (text) => text.replace(/(?<![\d\p{L}])(?:\+|00)?\(?\d(?:[ ()./-]{0,3}\d){6,}(?!\d)/gu, (found) => (isDate(found) ? found : mark.phone)),
];

/** The place that a link leads to, without what may be a key to it. */
function withoutTokens(link: string): string {
  if (!URL.canParse(link)) return mark.secret;
  const url = new URL(link);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return mark.secret;
  const path = url.pathname.split('/').map((part) => (part.length >= 12 && /\d/.test(part) ? mark.secret : part)).join('/');
  return `${url.protocol}//${url.host}${path === '/' ? '' : path}`;
}

function isCard(text: string): boolean {
  const digits = [...text.replace(/\D/g, '')].reverse().map(Number);
  return digits.reduce((sum, digit, index) => sum + (index % 2 === 0 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2), 0) % 10 === 0;
}

/** Words in capitals may stand right behind it. */
function withoutIban(found: string): string {
  const groups = found.split(' ');
  for (let count = groups.length; count > 0; count -= 1) if (isIban(groups.slice(0, count).join(' '))) return [mark.account, ...groups.slice(count)].join(' ');
  return found;
}

function isIban(text: string): boolean {
  const letters = text.replace(/[ -]/g, '').toUpperCase();
  if (letters.length < 15 || letters.length > 34) return false;
  let rest = 0;
  for (const sign of letters.slice(4) + letters.slice(0, 4)) for (const digit of String(parseInt(sign, 36))) rest = (rest * 10 + Number(digit)) % 97;
  return rest === 1;
}

const isDate = (text: string): boolean => /^(?:19|20)\d{2}[-./]\d{1,2}[-./]\d{1,2}$/.test(text) || /^\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d{2}$/.test(text);

const greetings = ['hi', 'hello', 'hey', 'dear', 'good morning', 'good afternoon', 'hallo', 'liebe', 'lieber', 'guten tag', 'guten morgen', 'moin', 'servus', 'sehr geehrte', 'sehr geehrter', 'مرحبا', 'مرحبًا', 'أهلا', 'أهلاً', 'عزيزي', 'عزيزتي', 'السيد', 'السيدة', 'الأستاذ', 'الأستاذة', 'أستاذ', 'أستاذة'];
const titles = '(?:(?:mr|mrs|ms|dr|herr|frau|السيد|السيدة|الأستاذ|أستاذ)\\.?\\s+)*';
const greeted = new RegExp(`((?:^|[\\n.!?]\\s*)(?:${greetings.join('|')})[\\s,]+${titles})(\\p{Lu}[\\p{L}'’-]*(?:\\s+\\p{Lu}[\\p{L}'’-]*){0,3}|[\\p{Script=Arabic}]+(?:\\s+[\\p{Script=Arabic}]+){0,2})(?=\\s*[,،!.:\\n]|\\s*$)`, 'gu');
const ends = ['best regards', 'kind regards', 'regards', 'best', 'sincerely', 'cheers', 'thanks', 'many thanks', 'thank you', 'mit freundlichen grüßen', 'freundliche grüße', 'viele grüße', 'liebe grüße', 'beste grüße', 'danke', 'vielen dank', 'gruß', 'mfg', 'مع التحية', 'تحياتي', 'مع خالص التحية', 'شكرا', 'شكرًا', 'وشكرا'];
const signed = new RegExp(`((?:^|\\n)\\s*(?:${ends.join('|')})\\s*[,،!.]?\\s*\\n+\\s*)(?!(?:${ends.join('|')}))([^\\n]{2,60})`, 'giu');
const introduced = new RegExp(`${edge.before}((?:my name is|this is|i am called|mein name ist|ich heiße|اسمي|أنا اسمي)\\s+${titles})(\\p{L}[\\p{L}'’-]*(?:\\s+\\p{Lu}[\\p{L}'’-]*|\\s+[\\p{Script=Arabic}]+){0,2})`, 'giu');

/** Names that are known, in whole and in part, and those that stand where people write names. */
function withoutNames(text: string, names: readonly string[]): string {
  // The words before a name are compared in small letters, the name itself by its capital.
  let clean = text.replace(new RegExp(greeted.source, 'giu'), (whole, before: string, name: string) => (/^[\p{Lu}\p{Script=Arabic}]/u.test(name) ? `${before}${mark.name}` : whole))
    .replace(signed, (_whole, before: string) => `${before}${mark.name}`)
    .replace(introduced, (whole, before: string, found: string) => {
      const words = found.split(/(?<=\s)/);
      const end = words.findIndex((word) => !/^[\p{Lu}\p{Script=Arabic}]/u.test(word));
      const rest = end < 0 ? '' : ` ${words.slice(end).join('')}`;
      return end === 0 ? whole : `${before}${mark.name}${rest}`;
    });
  for (const name of partsOf(names)) {
    const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    // Arabic writes "and", "to", "by" and "for" together with the word that follows.
    const before = /\p{Script=Arabic}/u.test(name) ? '(?<![\\p{L}\\p{N}_])([وفبلك]?)' : `${edge.before}()`;
    clean = clean.replace(new RegExp(`${before}${escaped}(?:['’]?s)?${edge.after}`, 'giu'), `$1${mark.name}`);
  }
  return clean.replace(/\[name\](?:[\s-]+\[name\])+/g, mark.name);
}

/** Longest first. Very short parts are words as well. */
function partsOf(names: readonly string[]): string[] {
  const whole = names.map((name) => latinDigits(name.normalize('NFC')).trim()).filter((name) => [...name].length >= 2);
  const parts = whole.flatMap((name) => name.split(/[\s,.@_-]+/)).filter((part) => [...part].length >= (/^[\x20-\x7f]+$/.test(part) ? 3 : 2));
  return [...new Set([...whole, ...parts])].sort((a, b) => b.length - a.length).slice(0, 100);
}
