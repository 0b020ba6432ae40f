import type { ParsedSettingField } from '@plugboard/sdk';
import { fieldSchema } from './settings-schema.ts';

/** `PLUGIN_<ID>_<KEY>`, such as PLUGIN_STRIPE_SECRET_KEY for `secretKey`. */
export function environmentName(pluginId: string, key: string): string {
  return `PLUGIN_${pluginId}_${key.replace(/([a-z0-9])([A-Z])/g, '$1_$2')}`.replaceAll('-', '_').toUpperCase();
}

/** Value that the environment fixes for a field; undefined when it does not, or when what it says does not fit the field. */
export function environmentValue(environment: Readonly<Record<string, string | undefined>>, pluginId: string, field: ParsedSettingField): unknown {
  const text = environment[environmentName(pluginId, field.key)];
  if (text === undefined || text === '') return undefined;
  const value = read(text, field);
  return fieldSchema(field).safeParse(value).success ? value : undefined;
}

function read(text: string, field: ParsedSettingField): unknown {
  switch (field.type) {
    case 'number':
    case 'duration': return Number(text);
    case 'boolean': return ['1', 'true', 'yes', 'on'].includes(text.toLowerCase());
    case 'list':
    case 'multiselect': return text.split(',').map((part) => part.trim()).filter(Boolean);
    case 'key-value': return Object.fromEntries(text.split(',').map((pair) => pair.split('=', 2).map((part) => part.trim())).filter(([key]) => key));
    default: return text;
  }
}
