import { z } from 'zod';
import type { ParsedSettingField } from '@plugboard/sdk';
import type { SecretState } from '../../../../shared/plugins.ts';
import { secretChange, unchangedSecret, type SecretValue } from '../../../ui/secret.ts';

export type FieldValues = Record<string, unknown>;

export const isSecretField = (field: ParsedSettingField): boolean => field.type === 'secret' || field.type === 'oauth';

/** A field is drawn while the field that it hangs on has the value it names. */
export const isShown = (field: ParsedSettingField, values: FieldValues): boolean =>
  !field.showIf || JSON.stringify(values[field.showIf.key] ?? null) === JSON.stringify(field.showIf.equals);

/** What the form starts with, from what the server answered. */
export function formValues(fields: readonly ParsedSettingField[], values: FieldValues): FieldValues {
  return Object.fromEntries(fields.map((field) => [field.key, isSecretField(field) ? unchangedSecret() : values[field.key] ?? emptyValue(field)]));
}

function emptyValue(field: ParsedSettingField): unknown {
  switch (field.type) {
    case 'number': case 'duration': return null;
    case 'boolean': return false;
    case 'list': case 'multiselect': return [];
    case 'key-value': return {};
    default: return '';
  }
}

/** Checks as the server does, so that what is refused is said at the field before it is sent. */
export function formSchema(fields: readonly ParsedSettingField[], stored: FieldValues, locked: readonly string[]): z.ZodType<FieldValues, FieldValues> {
  return z.record(z.string(), z.unknown()).superRefine((values, ctx) => {
    for (const field of fields) {
      if (locked.includes(field.key) || !isShown(field, values)) continue;
      const value = values[field.key];
      if (isMissing(field, value, stored[field.key])) {
        if (field.required) ctx.addIssue({ code: 'custom', path: [field.key], message: 'ui.errors.required' });
        continue;
      }
      if (isSecretField(field)) continue;
      const issue = valueSchema(field).safeParse(value).error?.issues[0];
      if (issue) ctx.addIssue({ ...issue, path: [field.key], message: issue.message, input: value } as never);
    }
  }) as z.ZodType<FieldValues, FieldValues>;
}

function isMissing(field: ParsedSettingField, value: unknown, stored: unknown): boolean {
  if (isSecretField(field)) {
    const secret = value as SecretValue;
    const isSet = (stored as SecretState | undefined)?.set ?? false;
    return secret.mode === 'clear' || (secret.mode === 'keep' ? !isSet : secret.value.trim() === '');
  }
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

function valueSchema(field: ParsedSettingField): z.ZodType {
  switch (field.type) {
    case 'number': case 'duration': return z.number().min(field.min ?? (field.type === 'duration' ? 0 : -Infinity)).max(field.max ?? Infinity);
    case 'boolean': return z.boolean();
    case 'list': case 'multiselect': return z.array(z.string()).max(500);
    case 'key-value': return z.record(z.string(), z.string());
    case 'url': return z.url({ protocol: /^https?$/ });
    case 'email': return z.email();
    case 'color': return z.string().regex(/^#[0-9a-fA-F]{6}$/);
    default: {
      const text = z.string().min(field.min ?? 0).max(field.max ?? 20_000);
      return field.pattern ? text.regex(new RegExp(field.pattern)) : text;
    }
  }
}

/** What is sent: only what was changed. Null takes a value away. */
export function changedValues(fields: readonly ParsedSettingField[], before: FieldValues, values: FieldValues): FieldValues {
  const changes: FieldValues = {};
  for (const field of fields) {
    const value = values[field.key];
    if (isSecretField(field)) {
      const change = secretChange(value as SecretValue);
      if (change !== undefined) changes[field.key] = change;
    } else if (JSON.stringify(value) !== JSON.stringify(before[field.key])) {
      changes[field.key] = value === '' || value === undefined ? null : Array.isArray(value) ? value.filter((entry) => entry !== '') : value;
    }
  }
  return changes;
}
