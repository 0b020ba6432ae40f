import type { AssistantTurn } from '@plugboard/sdk';
import { fold } from '../language/fold.ts';
import type { EscalationRule, RuleCondition } from './escalation.schema.ts';

export type RuleSubject = Pick<AssistantTurn, 'conversation' | 'contact'>;

/** The first rule whose conditions all hold. */
export const matchingRule = (rules: readonly EscalationRule[], subject: RuleSubject): EscalationRule | null =>
  rules.find(({ conditions }) => conditions.every((condition) => holds(condition, subject))) ?? null;

function holds({ field, key, operator, value }: RuleCondition, subject: RuleSubject): boolean {
  const given = valueOf(field, key, subject);
  const isSet = given !== null && given !== '';
  const [left, right] = [fold(given ?? ''), fold(value)];
  const [small, big] = [Number(given), Number(value)];
  const areNumbers = isSet && value.trim() !== '' && Number.isFinite(small) && Number.isFinite(big);
  switch (operator) {
    case 'is': return isSet && (given === value || (left !== '' && left === right));
    case 'is-not': return !(isSet && (given === value || (left !== '' && left === right)));
    case 'contains': return isSet && right !== '' && left.includes(right);
    case 'not-contains': return !(isSet && right !== '' && left.includes(right));
    case 'greater': return areNumbers && small > big;
    case 'less': return areNumbers && small < big;
    case 'is-set': return isSet;
    case 'is-not-set': return !isSet;
  }
}

/** What a condition looks at, as text; null where there is nothing. Departments are told by their id. */
function valueOf(field: RuleCondition['field'], key: string, { conversation, contact }: RuleSubject): string | null {
  switch (field) {
    case 'trait': return asText(own(contact.traits, key));
    case 'company': return contact.company?.name ?? null;
    case 'company-trait': return asText(own(contact.company?.traits ?? {}, key));
    case 'context': return asText(contact.context.find((entry) => entry.key === key)?.value);
    case 'contact-kind': return contact.kind;
    case 'department': return conversation.departmentId;
    case 'channel': return conversation.channel;
    case 'locale': return contact.locale ?? conversation.locale;
    case 'page': return conversation.meta.page ?? conversation.meta.url ?? asText(contact.context.find((entry) => entry.key === 'page')?.value);
  }
}

const own = (record: Record<string, unknown>, key: string): unknown => (Object.hasOwn(record, key) ? record[key] : undefined);

function asText(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
