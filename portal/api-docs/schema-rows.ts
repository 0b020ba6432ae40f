import type { Schema } from './api-document.ts';

/** A limit of a value: which kind, and how much. */
export interface Fact { kind: 'default' | 'length' | 'range' | 'items' | 'pattern'; value: string }
export interface SchemaRow { name: string; depth: number; type: string; isRequired: boolean; description: string; choices: string[]; facts: Fact[] }

type Resolve = (schema: Schema) => Schema;
interface Place { depth: number; isRequired: boolean; seen: ReadonlySet<string> }

const deepest = 6;
const literal = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
const variantsOf = (schema: Schema): Schema[] | undefined => schema.anyOf ?? schema.oneOf;

/** The type in a few letters: `string · email`, `string[]`, `string | null`. */
export function typeOf(reference: Schema, resolve: Resolve, depth = 0): string {
  const schema = resolve(reference);
  if (depth > 2) return '…';
  if ('const' in schema) return JSON.stringify(schema.const);
  const variants = variantsOf(schema);
  if (variants) return [...new Set(variants.map((variant) => typeOf(variant, resolve, depth + 1)))].join(' | ');
  if (schema.type === 'array') {
    const item = typeOf(schema.items ?? {}, resolve, depth + 1);
    return item.includes(' ') ? `(${item})[]` : `${item}[]`;
  }
  return schema.format ? `${schema.type} · ${schema.format}` : schema.type ?? 'any';
}

function between(least: number | undefined, most: number | undefined): string | null {
  const isLimit = most !== undefined && most < Number.MAX_SAFE_INTEGER;
  if (least === undefined && !isLimit) return null;
  if (!isLimit) return `≥ ${least}`;
  return least === undefined ? `≤ ${most}` : `${least} – ${most}`;
}

function factsOf(schema: Schema): Fact[] {
  const all: [Fact['kind'], string | null][] = [
    ['length', between(schema.minLength, schema.maxLength)],
    ['range', between(schema.minimum, schema.maximum)],
    ['items', between(schema.minItems, schema.maxItems)],
    ['pattern', schema.pattern && !schema.format ? schema.pattern : null],
    ['default', schema.default === undefined ? null : JSON.stringify(schema.default)],
  ];
  return all.flatMap(([kind, value]) => (value === null ? [] : [{ kind, value }]));
}

/** Where the limits stand: on the value, on what a list holds, on the only variant that is not null. */
function coreOf(schema: Schema, resolve: Resolve): Schema {
  const real = variantsOf(schema)?.map(resolve).filter((variant) => variant.type !== 'null');
  return real?.length === 1 && real[0] ? { ...real[0], ...(schema.default === undefined ? {} : { default: schema.default }) } : schema;
}

const withReference = (seen: ReadonlySet<string>, { $ref }: Schema): ReadonlySet<string> => ($ref ? new Set([...seen, $ref]) : seen);

/** One property, and below it what it is made of. */
function rowsOf(name: string, reference: Schema, resolve: Resolve, place: Place): SchemaRow[] {
  const core = coreOf(resolve(reference), resolve);
  const seen = withReference(place.seen, reference);
  const item = core.type === 'array' ? resolve(core.items ?? {}) : core;
  const row: SchemaRow = {
    name, depth: place.depth, type: typeOf(reference, resolve), isRequired: place.isRequired,
    description: core.description ?? '', choices: (item.enum ?? []).map(literal), facts: factsOf(core),
  };
  return [row, ...schemaRows(core.type === 'array' ? core.items ?? {} : core, resolve, place.depth + 1, seen)];
}

/** The properties of an object schema as the rows of a table, nested ones under their parent. What contains itself is shown once. */
export function schemaRows(reference: Schema, resolve: Resolve, depth = 0, seen: ReadonlySet<string> = new Set()): SchemaRow[] {
  if (depth > deepest || (reference.$ref && seen.has(reference.$ref))) return [];
  const known = withReference(seen, reference);
  const schema = resolve(reference);
  const objects = (variantsOf(schema) ?? []).filter((variant) => resolve(variant).properties);
  if (objects.length > 0) {
    return objects.flatMap((variant, index) => [
      { name: `${index + 1}.`, depth, type: typeOf(variant, resolve), isRequired: false, description: resolve(variant).description ?? '', choices: [], facts: [] },
      ...schemaRows(variant, resolve, depth + 1, known),
    ]);
  }
  const required = new Set(schema.required);
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, property]) => rowsOf(name, property, resolve, { depth, isRequired: required.has(name), seen: known }));
  const { additionalProperties: others } = schema;
  return typeof others === 'object' ? [...own, ...rowsOf('*', others, resolve, { depth, isRequired: false, seen: known })] : own;
}
