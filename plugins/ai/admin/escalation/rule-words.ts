import type { Rule, RuleCondition, RuleField, RuleOperator } from '../types.ts';

export const ruleFields: readonly RuleField[] = ['trait', 'contact-kind', 'company', 'company-trait', 'context', 'department', 'channel', 'locale', 'page'];
export const keyed: ReadonlySet<RuleField> = new Set(['trait', 'company-trait', 'context']);
const chosen: ReadonlySet<RuleField> = new Set(['contact-kind', 'department', 'channel', 'locale']);

/** What can be asked of a field: of a choice only whether it is this one. */
export function operatorsOf(field: RuleField): readonly RuleOperator[] {
  if (field === 'contact-kind' || field === 'channel') return ['is', 'is-not'];
  if (chosen.has(field)) return ['is', 'is-not', 'is-set', 'is-not-set'];
  if (keyed.has(field)) return ['is', 'is-not', 'contains', 'not-contains', 'greater', 'less', 'is-set', 'is-not-set'];
  return ['is', 'is-not', 'contains', 'not-contains', 'is-set', 'is-not-set'];
}

export const needsValue = (operator: RuleOperator): boolean => operator !== 'is-set' && operator !== 'is-not-set';

/** The condition with another field: what no longer fits is taken back. */
export function withField(condition: RuleCondition, field: RuleField): RuleCondition {
  const operator = operatorsOf(field).includes(condition.operator) ? condition.operator : 'is';
  const keepsValue = !chosen.has(field) && !chosen.has(condition.field);
  return { field, key: keyed.has(field) && keyed.has(condition.field) ? condition.key : '', operator, value: keepsValue && needsValue(operator) ? condition.value : '' };
}

export const withOperator = (condition: RuleCondition, operator: RuleOperator): RuleCondition => ({ ...condition, operator, value: needsValue(operator) ? condition.value : '' });

export const newCondition = (): RuleCondition => ({ field: 'trait', key: '', operator: 'is', value: '' });

/** Ids of rules live in the settings only: short, and unlike each other within one assistant. */
const newRuleId = (): string => [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => (byte % 36).toString(36)).join('');
export const newRule = (): Rule => ({ id: newRuleId(), name: '', conditions: [newCondition()], action: 'hand-over', departmentId: null, priority: null, tags: [] });

type Say = (key: string, values?: Record<string, unknown>) => string;
type Names = (field: RuleField, value: string) => string;

/** A condition as people read it; null while it is not whole. */
export function conditionText({ field, key, operator, value }: RuleCondition, t: Say, nameOf: Names): string | null {
  if ((keyed.has(field) && key.trim() === '') || (needsValue(operator) && value.trim() === '')) return null;
  const subject = keyed.has(field) ? t(`admin.rule.subject.${field}`, { key: key.trim() }) : t(`admin.rule.field.${field}`);
  return t(`admin.rule.text.${operator}`, { subject, value: nameOf(field, value.trim()) });
}
