import { z } from 'zod';

export type Json = Record<string, unknown>;
type Definitions = Record<string, Json>;

const local = '#/$defs/';
const shared = '#/components/schemas/';

function eachObject(value: unknown, visit: (object: Json) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) visit(value as Json);
  for (const part of Object.values(value)) eachObject(part, visit);
}

/** The JSON Schemas of one document. What refers to itself stands once, under `components/schemas`. */
export class OpenApiSchemas {
  readonly definitions: Definitions;
  /** By content: the same definition from two routes is one. */
  readonly #names = new Map<string, string>();

  constructor(definitions: Definitions) { this.definitions = { ...definitions }; }

  /** JSON Schema of what a client sends (`input`) or gets (`output`). */
  of(schema: z.ZodType, io: 'input' | 'output'): Json {
    const { $schema: _dialect, $defs = {}, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' }) as Json & { $defs?: Definitions };
    const names = new Map(Object.entries($defs).map(([name, definition]) => [name, this.#nameFor(definition)]));
    eachObject({ json, $defs }, (object) => {
      const { $ref } = object;
      if (typeof $ref === 'string' && $ref.startsWith(local)) object.$ref = shared + (names.get($ref.slice(local.length)) ?? '');
    });
    for (const [name, definition] of Object.entries($defs)) this.definitions[names.get(name) ?? name] = definition;
    return json;
  }

  /** The schema that a reference stands for, or the schema itself. */
  resolve(schema: Json): Json {
    return typeof schema.$ref === 'string' ? this.definitions[schema.$ref.slice(shared.length)] ?? {} : schema;
  }

  #nameFor(definition: Json): string {
    const content = JSON.stringify(definition);
    const name = this.#names.get(content) ?? `Shared${this.#names.size + 1}`;
    this.#names.set(content, name);
    return name;
  }
}
