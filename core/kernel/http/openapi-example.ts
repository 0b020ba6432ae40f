import type { Json, OpenApiSchemas } from './openapi-schemas.ts';

const byFormat: Record<string, string> = {
  email: 'ada@example.org',
  uuid: '3f0c8a52-6f0e-4c5e-9d0b-8a1f4c2b7e61',
  'date-time': '2030-01-31T09:00:00Z',
  date: '2030-01-31',
  time: '09:00:00',
  uri: 'https://example.org/',
};
/** Tried in this order where a pattern has to be met: words, ids, languages, colours, times, addresses. */
const candidates = ['example', 'en', 'abcdefghijklmnopqrstuvwxyz', '#06548c', '09:00', '2030-01-31', 'example.org', 'https://example.org/', '1', '123456'];
/** Texts whose form only their name tells. */
const byName: Record<string, string> = { email: 'ada@example.org' };
const deepest = 6;

function exampleText(schema: Json): string | undefined {
  const { format, pattern, minLength = 0, maxLength = Infinity } = schema as { format?: string; pattern?: string; minLength?: number; maxLength?: number };
  const known = byFormat[format ?? ''];
  if (known) return known;
  if (pattern) return candidates.find((text) => new RegExp(pattern, 'u').test(text) && text.length >= minLength && text.length <= maxLength);
  return 'example '.repeat(Math.ceil(minLength / 8) || 1).slice(0, Math.max(minLength, Math.min(7, maxLength)));
}

function exampleNamed(name: string, reference: Json, schemas: OpenApiSchemas, depth: number): unknown {
  const { type, enum: choices } = schemas.resolve(reference);
  const named = type === 'string' && choices === undefined ? byName[name] : undefined;
  return named ?? exampleOf(reference, schemas, depth);
}

function exampleObject(schema: Json, schemas: OpenApiSchemas, depth: number): Json {
  const { properties = {}, required = [] } = schema as { properties?: Record<string, Json>; required?: string[] };
  const names = required.length > 0 ? required : Object.keys(properties).slice(0, 1);
  return Object.fromEntries(names.map((name) => [name, exampleNamed(name, properties[name] ?? {}, schemas, depth + 1)]));
}

/** The smallest value that the schema accepts, as far as it can be told from the schema; undefined where it cannot. */
export function exampleOf(reference: Json, schemas: OpenApiSchemas, depth = 0): unknown {
  const schema = schemas.resolve(reference);
  if (depth > deepest) return undefined;
  if ('const' in schema) return schema.const;
  if (schema.default !== undefined && schema.default !== null) return schema.default;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  const variants = (schema.anyOf ?? schema.oneOf) as Json[] | undefined;
  if (variants) return exampleOf(variants.find((variant) => variant.type !== 'null') ?? {}, schemas, depth + 1);
  switch (schema.type) {
    case 'object': return exampleObject(schema, schemas, depth);
    case 'array': return Array.from({ length: (schema.minItems as number | undefined) ?? 0 }, () => exampleOf(schema.items as Json, schemas, depth + 1));
    case 'string': return exampleText(schema);
    case 'integer':
    case 'number': return Math.max((schema.minimum as number | undefined) ?? 1, 0);
    case 'boolean': return true;
    case 'null': return null;
    default: return undefined;
  }
}
