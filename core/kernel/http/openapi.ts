import { describeOperation } from './openapi-operation.ts';
import { OpenApiSchemas, type Json } from './openapi-schemas.ts';
import type { Route } from './route.ts';
import { sessionCookieName } from './session-cookie.ts';

export interface OpenApiInfo {
  version: string;
  url: string;
  /** What the operations of a tag are about. A tag without an entry belongs to a plugin. */
  tags?: Readonly<Record<string, string>>;
}

const text = (description: string): Json => ({ type: 'string', description });

const problemSchema: Json = {
  type: 'object',
  description: 'Every error, as RFC 9457 has it. Some carry more: the present state, the name of a limit, seconds to wait.',
  required: ['type', 'status', 'code', 'title', 'requestId'],
  properties: {
    type: text('Always `about:blank`'),
    status: { type: 'integer', description: 'The HTTP status again' },
    code: text('Stable, for programs'),
    title: text('For people, in the language that was asked for'),
    detail: text('More about this case'),
    requestId: text('Stands in the log of the desk too'),
    errors: {
      type: 'array',
      description: 'One entry for each field that was not accepted',
      items: { type: 'object', required: ['path', 'code', 'message'], properties: { path: text('Which field'), code: text('Stable, for programs'), message: text('What is wrong with it') } },
    },
  },
};

const problemResponses = {
  Invalid: 'Something that was sent is not as the schema says',
  Unauthenticated: 'Nobody is signed in, or the token is not valid',
  Forbidden: 'The caller may not do this',
  NotFound: 'There is no such thing, or the caller may not see it',
  Conflict: 'It is not as the caller believes, or a request with this key still runs',
  Unprocessable: 'It cannot be done, or the key was used with another body',
  TooMany: 'Too many calls; `Retry-After` says how many seconds to wait',
  Problem: 'Any other problem',
} as const;

function components(schemas: OpenApiSchemas, url: string): Json {
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  return {
    securitySchemes: {
      bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'pb_pat_…', description: 'An API token, made in the settings' },
      cookie: { type: 'apiKey', in: 'cookie', name: sessionCookieName(url.startsWith('https:')), description: 'The session of an operator; writing asks for a page of the desk' },
      publishableKey: { type: 'http', scheme: 'bearer', bearerFormat: 'pb_live_…', description: 'The key of a widget, for pages: it may be seen by everybody, and acts only as an unverified visitor or beside a valid user token' },
      serverKey: { type: 'http', scheme: 'bearer', bearerFormat: 'pb_server_…', description: 'A server key, made in the settings: for servers only, with its scopes, for every contact of its brand' },
      contact: { type: 'http', scheme: 'bearer', description: 'The token of a contact’s session' },
    },
    parameters: {
      IdempotencyKey: {
        name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', minLength: 1, maxLength: 255 },
        description: 'The same key again within a day gets the same answer, and nothing is done twice',
      },
    },
    responses: Object.fromEntries(Object.entries(problemResponses).map(([name, description]) => [name, { description, content }])),
    schemas: schemas.definitions,
  };
}

/** Two routes whose addresses differ in their signs only get a number behind the id. */
function uniqueId(wanted: string, taken: Set<string>): string {
  let id = wanted;
  for (let next = 2; taken.has(id); next += 1) id = `${wanted}${next}`;
  taken.add(id);
  return id;
}

/** OpenAPI 3.1 document of these routes. */
export function openApiDocument(routes: readonly Route[], info: OpenApiInfo): Json {
  const schemas = new OpenApiSchemas({ Problem: problemSchema });
  const paths: Record<string, Json> = {};
  const taken = new Set<string>();
  for (const route of routes) {
    const { path, method, operation } = describeOperation(route, schemas);
    paths[path] = { ...paths[path], [method]: { ...operation, operationId: uniqueId(operation.operationId, taken) } };
  }
  const used = new Set(routes.map((route) => route.tag));
  const tags = [...new Set([...Object.keys(info.tags ?? {}), ...used])].filter((name) => used.has(name));
  return {
    openapi: '3.1.0',
    info: { title: 'Plugboard', version: info.version, description: 'Everything the desk can do, over HTTP and JSON.' },
    servers: [{ url: info.url }],
    tags: tags.map((name) => ({ name, description: info.tags?.[name] ?? `Added by the plugin \`${name}\`` })),
    paths,
    components: components(schemas, info.url),
  };
}
