import { z, type ParsedSettingField } from '@plugboard/sdk';

const text = z.string().max(20_000);

/** Schema of one field's value. `null` resets it and is handled before. */
export function fieldSchema(field: ParsedSettingField): z.ZodType {
  switch (field.type) {
    case 'number':
    case 'duration': {
      const least = field.min ?? (field.type === 'duration' ? 0 : undefined);
      const number = least === undefined ? z.number() : z.number().min(least);
      return field.max === undefined ? number : number.max(field.max);
    }
    case 'boolean': return z.boolean();
    case 'select': return z.enum((field.options ?? []).map((option) => option.value) as [string, ...string[]]);
    case 'multiselect': return z.array(z.enum((field.options ?? []).map((option) => option.value) as [string, ...string[]])).max(200);
    case 'list': return z.array(z.string().max(2_000)).max(500);
    case 'key-value': return z.record(z.string().max(200), z.string().max(2_000));
    case 'url': return z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(2_000)]);
    case 'email': return z.union([z.literal(''), z.email().max(254)]);
    case 'color': return z.string().regex(/^#[0-9a-fA-F]{6}$/);
    default: return textSchema(field);
  }
}

function textSchema(field: ParsedSettingField): z.ZodType {
  let schema = text;
  if (field.min !== undefined) schema = schema.min(field.min);
  if (field.max !== undefined) schema = schema.max(field.max);
  return field.pattern ? schema.regex(new RegExp(field.pattern)) : schema;
}

/** Is a field drawn with these values? What is hidden needs no value. */
export function isShown(field: ParsedSettingField, values: Record<string, unknown>): boolean {
  return !field.showIf || JSON.stringify(values[field.showIf.key] ?? null) === JSON.stringify(field.showIf.equals);
}

export const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

export interface FieldIssue { path: string; code: string; message: string }

/** Checks given values against their fields. `null` passes: it takes the stored value away. */
export function checkValues(fields: readonly ParsedSettingField[], values: Record<string, unknown>): FieldIssue[] {
  const byKey = new Map(fields.map((field) => [field.key, field]));
  const issues: FieldIssue[] = [];
  for (const [key, value] of Object.entries(values)) {
    const field = byKey.get(key);
    if (!field) {
      issues.push({ path: key, code: 'unknown_key', message: 'is no setting of this plugin' });
      continue;
    }
    if (value === null) continue;
    const issue = fieldSchema(field).safeParse(value).error?.issues[0];
    if (issue) issues.push({ path: key, code: issue.code, message: issue.message });
  }
  return issues;
}

/** Fields that must have a value and have none. */
export function missingValues(fields: readonly ParsedSettingField[], values: Record<string, unknown>): FieldIssue[] {
  return fields.filter((field) => field.required && isShown(field, values) && isEmpty(values[field.key]))
    .map((field) => ({ path: field.key, code: 'required', message: 'needs a value' }));
}
