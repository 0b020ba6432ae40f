import type { EventHooks } from '@plugboard/sdk';
import { listen } from '../language/phrases.ts';
import { contentWords } from '../language/words.ts';
import { redact } from '../redact.ts';
import type { Question } from './question.schema.ts';
import type { QuestionStore } from './question.store.ts';

type Ended = EventHooks['assistant.turn-ended'];

const unanswered = new Set<string | null>(['no-knowledge', 'low-confidence', 'attempts', 'failed', 'budget']);
const compared = 300;
const alike = 0.5;

/** Did the turn end without an answer to a question? */
export const isUnanswered = ({ status, reason, confidence, question }: Ended): boolean =>
  question.trim() !== '' && (unanswered.has(reason) || (status === 'answered' && reason === null && confidence !== null && confidence === 0));

/** Counts it among the questions of its brand and language that say much the same. */
export async function groupQuestion(store: QuestionStore, ended: Ended, at: number): Promise<void> {
  const text = redact(ended.question).slice(0, 1_000);
  const said = listen(text);
  const terms = [...new Set(contentWords(text, ended.locale).filter((word) => !/^(mail|link|number|id|account|name)$/.test(word)))].slice(0, 40);
  if (said.smalltalk || (said.wantsHuman && terms.length < 4) || terms.length === 0) return;
  const example = { runId: ended.runId, text, conversationId: ended.conversation.id, contactId: ended.conversation.contactId, reason: ended.reason, createdAt: at };
  const { brandId } = ended.conversation;
  const near = await nearest(store, brandId, ended.locale, terms);
  const id = await store.count(near[0] ?? { brandId, locale: ended.locale, title: text.split('\n')[0] ?? text, terms }, example);
  if (id === null || near.length > 0) return;
  // Somebody else may have begun the same group meanwhile.
  const [first, ...rest] = (await nearest(store, brandId, ended.locale, terms)).sort((a, b) => a.firstSeenAt - b.firstSeenAt || a.id.localeCompare(b.id));
  for (const other of rest) await store.merge(other.id, first?.id ?? id);
}

/** Groups that say much the same, the likest first. */
async function nearest(store: QuestionStore, brandId: string, locale: string, terms: readonly string[]): Promise<Question[]> {
  const shares = (await store.newest(brandId, locale, compared)).map((group) => ({ group, share: likeness(group.terms, terms) }));
  return shares.filter(({ share }) => share >= alike).sort((a, b) => b.share - a.share).map(({ group }) => group);
}

/** Shared words of all words; of short questions those of the shorter one count more. */
function likeness(a: readonly string[], b: readonly string[]): number {
  const both = a.filter((word) => b.includes(word)).length;
  const all = new Set([...a, ...b]).size;
  const overlap = both / Math.min(a.length, b.length);
  return both === 0 ? 0 : Math.max(both / all, both >= 2 ? overlap * 0.75 : 0);
}
