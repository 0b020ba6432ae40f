/** JSON Schema, as much of it as the desk's description uses. */
export interface Schema {
  $ref?: string; type?: string; format?: string; description?: string; pattern?: string;
  const?: unknown; enum?: unknown[]; default?: unknown;
  minimum?: number; maximum?: number; minLength?: number; maxLength?: number; minItems?: number; maxItems?: number;
  properties?: Record<string, Schema>; required?: string[]; items?: Schema; additionalProperties?: Schema | boolean;
  anyOf?: Schema[]; oneOf?: Schema[];
}
export interface Parameter { name: string; in: 'path' | 'query' | 'header'; required: boolean; description?: string; schema: Schema }
export interface Content { type: string; schema: Schema; example?: unknown }
export interface Answer { status: string; description: string; content: Content | null }
export type Access = { policy: string } | { sdk: string } | { session: 'contact' } | { public: string };

export interface Operation {
  id: string; method: string; path: string; summary: string; tag: string;
  /** More than the summary, where there is more to say. */
  about: string | null; access: Access; parameters: Parameter[]; body: Content | null; answers: Answer[]; perMinute: number | null;
}
export interface Group { name: string; description: string; operations: Operation[] }

type Node = Record<string, unknown>;
interface RawContent { content?: Record<string, { schema: Schema; example?: unknown }> }
interface RawOperation {
  operationId: string; summary: string; description?: string; tags: string[]; 'x-access': Access; 'x-calls-per-minute'?: number;
  parameters: (Parameter | { $ref: string })[]; requestBody?: RawContent; responses: Record<string, { $ref?: string; description?: string } & RawContent>;
}

/** The desk's OpenAPI document, ready to be shown. */
export class ApiDocument {
  readonly version: string;
  readonly groups: Group[];
  readonly #raw: Node;
  readonly #byId: Map<string, Operation>;

  constructor(raw: Node) {
    this.#raw = raw;
    this.version = (raw.info as { version: string }).version;
    const operations = Object.entries(raw.paths as Record<string, Record<string, RawOperation>>).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => this.#operation(path, method, operation)));
    this.#byId = new Map(operations.map((operation) => [operation.id, operation]));
    this.groups = (raw.tags as { name: string; description: string }[]).map((tag) => ({ ...tag, operations: operations.filter((operation) => operation.tag === tag.name) }));
  }

  operation(id: string): Operation | null {
    return this.#byId.get(id) ?? null;
  }

  /** What a reference stands for, or the value itself. */
  resolve<T extends object>(value: T | { $ref: string }): T {
    if (!('$ref' in value) || typeof value.$ref !== 'string') return value as T;
    const target = value.$ref.slice(2).split('/').reduce<unknown>((node, key) => (node as Node | undefined)?.[key], this.#raw);
    return (target ?? {}) as T;
  }

  #operation(path: string, method: string, raw: RawOperation): Operation {
    return {
      id: raw.operationId, method, path, summary: raw.summary, tag: raw.tags[0] ?? '', about: aboutOf(raw), access: raw['x-access'],
      parameters: raw.parameters.map((parameter) => this.resolve<Parameter>(parameter)),
      body: firstContent(raw.requestBody),
      answers: Object.entries(raw.responses).map(([status, reference]) => {
        const response = this.resolve<{ description?: string } & RawContent>(reference as { $ref: string });
        return { status, description: response.description ?? '', content: firstContent(response) };
      }).sort(byReading),
      perMinute: raw['x-calls-per-minute'] ?? null,
    };
  }
}

/** Who may call stands last in a description, and is said in the reader's language elsewhere. */
function aboutOf({ description = '' }: RawOperation): string | null {
  const end = description.lastIndexOf('\n\n');
  return end === -1 ? null : description.slice(0, end);
}

/** Success first, then the problems by number, `default` last. */
const byReading = (a: Answer, b: Answer): number => Number(b.status.startsWith('2')) - Number(a.status.startsWith('2')) || a.status.localeCompare(b.status);

function firstContent(raw: RawContent | undefined): Content | null {
  const [entry] = Object.entries(raw?.content ?? {});
  return entry ? { type: entry[0], ...entry[1] } : null;
}

export async function loadApiDocument(): Promise<ApiDocument> {
  const response = await fetch('/api/v1/openapi.json');
  if (!response.ok) throw new Error(`The description answered ${response.status}`);
  return new ApiDocument(await response.json() as Node);
}
