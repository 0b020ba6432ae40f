import { z } from 'zod';
import type { Route } from './route.ts';

type Json = Record<string, unknown>;

/** JSON Schema of what a client sends (`input`) or gets (`output`). */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' }) as Json;
  void $schema;
  return json;
}

function parameters(route: Route): Json[] {
  const all: Json[] = [];
  for (const [place, schema] of [['path', route.params], ['query', route.query]] as const) {
    if (!schema) continue;
    const { properties = {}, required = [] } = schemaOf(schema, 'input') as { properties?: Record<string, Json>; required?: string[] };
    for (const [name, property] of Object.entries(properties)) {
      all.push({ name, in: place, required: place === 'path' || required.includes(name), schema: property });
    }
  }
  return all;
}

function requestBody(route: Route): Json | undefined {
  if (route.upload) {
    return { required: true, content: { 'multipart/form-data': { schema: { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } } } } };
  }
  return route.body ? { required: true, content: { 'application/json': { schema: schemaOf(route.body, 'input') } } } : undefined;
}

function responses(route: Route): Json {
  const declared = Object.entries(route.responses ?? { 200: null }).map(([status, schema]) => [status, {
    description: status === '204' ? 'Done' : 'Success',
    ...(schema ? { content: { 'application/json': { schema: schemaOf(schema, 'output') } } } : {}),
  }]);
  const problem = { description: 'Problem', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } };
  return { ...(Object.fromEntries(declared) as Json), default: problem };
}

/** OpenAPI 3.1 document of these routes. */
export function openApiDocument(routes: readonly Route[], info: { version: string; url: string }): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    const body = requestBody(route);
    paths[path] = {
      ...paths[path],
      [route.method]: {
        summary: route.summary,
        tags: [route.tag],
        operationId: `${route.method}_${path.replace(/[^A-Za-z0-9]+/g, '_')}`,
        parameters: parameters(route),
        ...(body ? { requestBody: body } : {}),
        responses: responses(route),
        security: 'policy' in route.access ? [{ bearer: [] }, { cookie: [] }] : [],
      },
    };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Plugboard', version: info.version },
    servers: [{ url: info.url }],
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' }, cookie: { type: 'apiKey', in: 'cookie', name: '__Host-pb_session' } },
      schemas: {
        Problem: {
          type: 'object',
          required: ['type', 'status', 'code', 'title', 'requestId'],
          properties: {
            type: { type: 'string' }, status: { type: 'integer' }, code: { type: 'string' }, title: { type: 'string' }, requestId: { type: 'string' },
            errors: { type: 'array', items: { type: 'object', properties: { path: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } } } },
          },
        },
      },
    },
  };
}
