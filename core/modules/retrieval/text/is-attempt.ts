import { foldText } from './fold-word.ts';

/** Sentences that are meant to turn a machine round, not to ask something. In the folded form of their language. */
const patterns: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:previous|prior|above|earlier|all|your)\b.{0,30}\b(?:instructions?|prompts?|rules?|guidelines?)\b/,
  /\b(?:system|hidden|initial) prompt\b|\b(?:developer|debug|god|dan) mode\b|\bjailbreak\b|\byou are now (?:a|an|in|the)\b/,
  /\b(?:reveal|print|leak|dump|output|give me|show me|list)\b.{0,40}\b(?:passwords?|api keys?|secrets?|credentials|credit cards?|data)\b.{0,20}\b(?:all|every|other|customers?|users?)\b/,
  /\b(?:drop|truncate|alter)\s+table\b|\bunion\s+(?:all\s+)?select\b|\bselect\b.{1,80}\bfrom\b.{1,80};|\bor\s+1\s*=\s*1\b|<\s*script\b/,
  /\b(?:ignorier\w*|vergiss|missachte)\b.{0,40}\b(?:anweisung\w*|regeln|vorgaben|instruktion\w*|prompt)\b/,
  /(?:تجاهل|انس|تخط).{0,40}(?:تعليمات|اوامر|قواعد)/,
  /\b(?:ignor\w*|oubli\w*|olvid\w*|dimentic\w*|esque\w*|negeer)\b.{0,40}\b(?:instruction\w*|instruccion\w*|istruzion\w*|instruc\w*|instructies|consignes|regles|reglas|regole)\b/,
];

/** A person who writes so is answered by a person. */
export const isAttempt = (text: string): boolean => {
  const folded = foldText(text).replace(/\s+/g, ' ');
  return patterns.some((pattern) => pattern.test(folded));
};
