import { fold } from '../language/fold.ts';
import type { Asked } from './asked.ts';
import { emptyDraft, sourcesOf, type Draft } from './draft.ts';
import { extract } from './extract.ts';
import type { Found } from './find-passages.ts';

/** Without a model: the part of the best passage that is about the question. What was said before is passed over. */
export function answerByRetrieval(asked: Asked, { passages, confidence, isJoined }: Found, said: readonly string[]): Draft & { isRepeat: boolean } {
  const question = { text: asked.text, previous: isJoined ? asked.previous : null, locale: asked.locale };
  let rest = passages;
  let repeated = false;
  const best = passages[0]?.score ?? 0;
  while (rest.length > 0 && (rest[0]?.score ?? 0) >= best * 0.75) {
    const found = extract(rest, question);
    if (!found) break;
    if (!wasSaid(found.text, said)) return { ...emptyDraft, text: found.text, sources: sourcesOf(found.passages), confidence, hasKnowledge: true, passages, isRepeat: false };
    repeated = true;
    rest = rest.filter((passage) => !found.passages.includes(passage));
  }
  return { ...emptyDraft, passages, hasKnowledge: repeated, confidence: repeated ? confidence : 0, isRepeat: repeated };
}

/** The same words once more are no second answer. */
export function wasSaid(text: string, said: readonly string[]): boolean {
  const folded = fold(text);
  return folded !== '' && said.some((earlier) => fold(earlier).includes(folded));
}
