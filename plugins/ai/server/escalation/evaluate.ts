import type { AssistantTurn, HandOverReason } from '@plugboard/sdk';
import type { Assistant } from '../assistants/assistant.schema.ts';
import type { Asked } from '../answering/asked.ts';
import { fold } from '../language/fold.ts';
import { languageOf } from '../language/word-lists.ts';
import type { EscalationRule } from './escalation.schema.ts';
import { matchingRule } from './rules.ts';

export interface Decision { reason: HandOverReason; rule: EscalationRule | null }
type Settings = Pick<Assistant, 'escalation' | 'maxAnswers' | 'languages'>;

/** Does a person go on before anything was looked up? `keeps`: a rule says that this one stays with the assistant. */
export function beforeAnswer(assistant: Settings, turn: AssistantTurn, asked: Asked, failed: number): { decision: Decision | null; keeps: boolean } {
  const { escalation } = assistant;
  if (escalation.mode === 'off') return { decision: null, keeps: true };
  const rule = matchingRule(escalation.rules, turn);
  const keeps = rule?.action === 'keep';
  // Whoever asks for a person gets one, whatever the rules say.
  const isConditional = escalation.mode === 'conditional';
  if (asked.said.wantsHuman && (escalation.phrases || !isConditional)) return decided('asked', null, keeps);
  if (keeps) return { decision: null, keeps };
  if (rule) return decided('rule', rule, keeps);
  if (turn.answers >= assistant.maxAnswers) return decided('limit', null, keeps);
  if (assistant.languages.length > 0 && !assistant.languages.some((locale) => languageOf(locale) === languageOf(asked.locale))) return decided('rule', null, keeps);
  if (!isConditional) return { decision: null, keeps };
  if (hasKeyword(escalation.keywords, asked.text)) return decided('keyword', null, keeps);
  if (escalation.sentiment && asked.said.isDissatisfied) return decided('dissatisfied', null, keeps);
  if (escalation.attempts.isOn && failed >= escalation.attempts.count) return decided('attempts', null, keeps);
  return { decision: null, keeps };
}

export interface Outcome { hasKnowledge: boolean; confidence: number; failed: number }

/** Does a person go on after what was found? `failed` counts this answer too. */
export function afterAnswer({ escalation }: Pick<Assistant, 'escalation'>, { hasKnowledge, confidence, failed }: Outcome, keeps: boolean): Decision | null {
  if (keeps || escalation.mode === 'off') return null;
  if (escalation.mode === 'always') return { reason: 'always', rule: null };
  if (escalation.noKnowledge && !hasKnowledge) return { reason: 'no-knowledge', rule: null };
  if (escalation.confidence.isOn && hasKnowledge && confidence < escalation.confidence.threshold) return { reason: 'low-confidence', rule: null };
  if (escalation.attempts.isOn && failed >= escalation.attempts.count) return { reason: 'attempts', rule: null };
  return null;
}

const decided = (reason: HandOverReason, rule: EscalationRule | null, keeps: boolean) => ({ decision: { reason, rule }, keeps });

/** Whole words, in any writing: `refund` is not in `refundable`. */
function hasKeyword(keywords: readonly string[], text: string): boolean {
  const padded = ` ${fold(text)} `;
  return keywords.some((keyword) => {
    const folded = fold(keyword);
    return folded !== '' && (/[\u3040-\u30ff\u3400-\u9fff]/.test(folded) ? padded.includes(folded) : padded.includes(` ${folded} `));
  });
}
