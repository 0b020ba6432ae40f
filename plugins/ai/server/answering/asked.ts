import type { AssistantTurn, TurnMessage } from '@plugboard/sdk';
import { detect } from '../language/detect.ts';
import { fold } from '../language/fold.ts';
import { listen, type Said } from '../language/phrases.ts';
import { contentWords } from '../language/words.ts';
import { languageOf, wordList } from '../language/word-lists.ts';

/** What a turn is about: what the person wrote since anybody answered. */
export interface Asked {
  text: string;
  /** Language to answer in. */
  locale: string;
  /** The same where the plugin has texts in it; else the conversation's own. */
  textLocale: string;
  said: Said;
  /** The question before, where this one leans on it ("and how long does it take?"). */
  previous: string | null;
  /** Is there no telling what it is about without the question before? */
  isFollowUp: boolean;
}

const maxQuestion = 2_000;
/** Languages of `locales/`. */
const shipped = new Set(['en', 'de', 'ar']);
const opensLikeMore = /^(and|und|et|y|e|en|i|a|ve|и|а|و|ثم|also|then|what about|how about|und was ist mit|et pour|what if|or|oder|ou|o)(?= |$)/u;

/** The newest messages of the contact, up to the last answer. */
export function pending(messages: readonly TurnMessage[]): TurnMessage[] {
  const lastAnswer = messages.findLastIndex(({ author }) => author !== 'contact');
  return messages.slice(lastAnswer + 1);
}

export function whatIsAsked(turn: Pick<AssistantTurn, 'messages' | 'conversation' | 'contact'>): Asked {
  const { messages } = turn;
  const open = pending(messages);
  const text = open.map((message) => message.text.trim()).filter(Boolean).join('\n').slice(-maxQuestion);
  const earlier = messages.slice(0, messages.length - open.length).filter(({ author }) => author === 'contact').map((message) => message.text);
  const known = [turn.contact.locale, turn.conversation.locale].map((locale) => (locale ? languageOf(locale) : null));
  const said = listen(text, known);
  const locale = localeOf(turn, text, said, earlier);
  const isFollowUp = leansOnEarlier(text, locale);
  const previous = earlier.filter((one) => contentWords(one, locale).length > 1 && listen(one).smalltalk === null).at(-1) ?? null;
  const textLocale = shipped.has(locale.split('-')[0] ?? '') ? locale : turn.conversation.locale;
  return { text, locale, textLocale, said, previous, isFollowUp: isFollowUp && previous !== null };
}

function localeOf({ conversation, contact }: Pick<AssistantTurn, 'conversation' | 'contact'>, text: string, said: Said, earlier: string[]): string {
  const fallback = conversation.locale || contact.locale || 'en';
  const spoken = detect(text) ?? (said.smalltalk || said.wantsHuman ? said.language : null) ?? detect(earlier.join('\n'));
  return spoken === null || spoken === languageOf(fallback) ? fallback : spoken;
}

/** Few words of its own, or a word that stands for something named before. */
function leansOnEarlier(text: string, locale: string): boolean {
  const language = languageOf(locale) ?? 'en';
  const folded = fold(text, language);
  const count = contentWords(text, locale).length;
  const pronouns = new Set(wordList(language).pronouns.split(' ').map((word) => fold(word, language)));
  const hasPronoun = language === 'ja' ? [...pronouns].some((word) => folded.includes(word)) : folded.split(' ').some((word) => pronouns.has(word));
  return opensLikeMore.test(folded) || count <= 1 || (hasPronoun && count <= 4);
}
