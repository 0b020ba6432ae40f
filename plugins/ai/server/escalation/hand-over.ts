import type { AssistantTurn, HandOver } from '@plugboard/sdk';
import type { Assistant } from '../assistants/assistant.schema.ts';
import { localized } from '../fields.ts';
import { isOpen } from './business-hours.ts';
import type { Decision } from './evaluate.ts';

export interface HandOverInput {
  assistant: Pick<Assistant, 'escalation'>;
  decision: Decision;
  turn: AssistantTurn;
  locale: string;
  now: Date;
  summary: string;
  say(key: string, values?: Record<string, string | number>): string;
}

/** Where it goes and what is said: the rule's wishes first, then those for this hour of the week. */
export function handOverOf({ assistant: { escalation }, decision: { reason, rule }, locale, now, summary, say }: HandOverInput): HandOver {
  const isHere = isOpen(escalation.hours, now);
  const place = isHere ? escalation.within : escalation.outside;
  const departmentId = rule?.departmentId ?? place.departmentId;
  const priority = rule?.priority ?? escalation.priority;
  const tags = [...new Set([...escalation.tags, ...(rule?.tags ?? [])])];
  const opening = openings[reason];
  const message = localized(place.message, place.messageByLocale, locale) || say(isHere ? 'say.handOver' : 'say.handOverLater');
  return {
    reason, summary, message: opening ? `${say(opening)} ${message}` : message,
    ...(departmentId ? { departmentId } : {}), ...(priority ? { priority } : {}), ...(tags.length > 0 ? { tags } : {}),
  };
}

const openings: Partial<Record<HandOver['reason'], string>> = { asked: 'say.ofCourse', dissatisfied: 'say.sorry', 'no-knowledge': 'say.unknown', 'low-confidence': 'say.unsure', attempts: 'say.sorry', budget: 'say.notNow', failed: 'say.notNow' };
