import { describe, expect, test } from 'vitest';
import { settingFieldSchema, type SettingField } from '@plugboard/sdk';
import { changedValues, formSchema, formValues, isShown } from './field-schema.ts';

const field = (input: SettingField) => settingFieldSchema.parse(input);
const endpoint = field({ key: 'endpoint', type: 'url', label: 'l', required: true });
const secret = field({ key: 'apiKey', type: 'secret', label: 'l', required: true });
const note = field({ key: 'note', type: 'text', label: 'l', required: true, showIf: { key: 'mode', equals: 'test' } });
const mode = field({ key: 'mode', type: 'select', label: 'l', default: 'live', options: [{ value: 'live', label: 'l' }, { value: 'test', label: 'l' }] });
const fields = [endpoint, secret, note, mode];
const unset = { set: false, updatedAt: null, last4: null };
const stored = { endpoint: 'https://a.example', apiKey: { set: true, updatedAt: null, last4: '1234' }, note: null, mode: 'live' };

const issuesOf = (values: Record<string, unknown>, known: Record<string, unknown> = stored, locked: string[] = []) =>
  (formSchema(fields, known, locked).safeParse(values).error?.issues ?? []).map((issue) => issue.path.join('.'));

describe('what is refused', () => {
  test('nothing, when the stored values are complete', () => {
    expect(issuesOf(formValues(fields, stored))).toEqual([]);
  });
  test('a required secret that is neither stored nor typed', () => {
    expect(issuesOf(formValues(fields, stored), { ...stored, apiKey: unset })).toEqual(['apiKey']);
  });
  test('a stored secret that is taken away', () => {
    expect(issuesOf({ ...formValues(fields, stored), apiKey: { mode: 'clear', value: '' } })).toEqual(['apiKey']);
  });
  test('an address that is none', () => {
    expect(issuesOf({ ...formValues(fields, stored), endpoint: 'not a url' })).toEqual(['endpoint']);
  });
  test('a field that is hidden or locked is not asked for', () => {
    expect(issuesOf({ ...formValues(fields, stored), mode: 'test' })).toEqual(['note']);
    expect(issuesOf({ ...formValues(fields, stored), endpoint: '' }, stored, ['endpoint'])).toEqual([]);
  });
});

describe('what is sent', () => {
  const before = formValues(fields, stored);
  test('only what was changed', () => {
    expect(changedValues(fields, before, { ...before, endpoint: 'https://b.example' })).toEqual({ endpoint: 'https://b.example' });
  });
  test('null for what was emptied or cleared', () => {
    expect(changedValues(fields, before, { ...before, endpoint: '', apiKey: { mode: 'clear', value: '' } })).toEqual({ endpoint: null, apiKey: null });
  });
  test('a new secret without the blanks around it', () => {
    expect(changedValues(fields, before, { ...before, apiKey: { mode: 'replace', value: ' sk_1 ' } })).toEqual({ apiKey: 'sk_1' });
  });
});

test('a field is drawn while the one it hangs on has the named value', () => {
  expect(isShown(note, { mode: 'test' })).toBe(true);
  expect(isShown(note, { mode: 'live' })).toBe(false);
});
