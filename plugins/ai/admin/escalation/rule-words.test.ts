import { describe, expect, it } from 'vitest';
import type { RuleCondition } from '../types.ts';
import { conditionText, newRule, operatorsOf, ruleFields, withField, withOperator } from './rule-words.ts';

const condition = (more: Partial<RuleCondition> = {}): RuleCondition => ({ field: 'trait', key: 'plan', operator: 'greater', value: '5', ...more });

describe('another field', () => {
  it('keeps key, operator and value where they still make sense', () => {
    expect(withField(condition(), 'company-trait')).toEqual({ field: 'company-trait', key: 'plan', operator: 'greater', value: '5' });
  });

  it('takes back a key that the new field has not, and an operator that it does not know', () => {
    expect(withField(condition(), 'page')).toEqual({ field: 'page', key: '', operator: 'is', value: '5' });
  });

  it('never turns typed text into a choice, nor a choice into text', () => {
    expect(withField(condition({ operator: 'is' }), 'department').value).toBe('');
    expect(withField({ field: 'department', key: '', operator: 'is', value: 'd1' }, 'page').value).toBe('');
    expect(withField({ field: 'department', key: '', operator: 'is', value: 'd1' }, 'channel').value).toBe('');
  });

  it('has an operator for every field', () => {
    for (const field of ruleFields) expect(operatorsOf(field)).toContain(withField(condition(), field).operator);
  });
});

it('a question whether something is there has no value', () => {
  expect(withOperator(condition(), 'is-set')).toMatchObject({ operator: 'is-set', value: '' });
  expect(withOperator(condition(), 'is')).toMatchObject({ operator: 'is', value: '5' });
});

describe('as people read it', () => {
  const t = (key: string, values: Record<string, unknown> = {}) => [key.replace('admin.rule.', ''), ...Object.values(values)].join(' ');
  const nameOf = (_field: string, value: string) => value.toUpperCase();

  it('names the trait and the value', () => {
    expect(conditionText(condition({ operator: 'is', value: ' pro ' }), t, nameOf)).toBe('text.is subject.trait plan PRO');
    expect(conditionText(condition({ field: 'page', key: '', operator: 'is-set', value: '' }), t, nameOf)).toBe('text.is-set field.page ');
  });

  it('says nothing of a condition that is not whole', () => {
    expect(conditionText(condition({ key: ' ' }), t, nameOf)).toBeNull();
    expect(conditionText(condition({ value: '' }), t, nameOf)).toBeNull();
  });
});

it('new rules are told apart', () => {
  const ids = Array.from({ length: 50 }, () => newRule().id);
  expect(new Set(ids).size).toBe(50);
  for (const id of ids) expect(id).toMatch(/^[a-z0-9-]{1,40}$/);
});
