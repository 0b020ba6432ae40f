import { exampleOf } from './openapi-example.ts';
import type { Json, OpenApiSchemas } from './openapi-schemas.ts';
import type { Route } from './route.ts';

const pathOf = (route: Route): string => route.path.replace(/:(\w+)/g, '{$1}');

/** `get /api/v1/brands/:id` → `getBrandsById`. */
function operationIdOf(route: Route): string {
  const words = route.path.replace(/^\/api\/v1\//, '/').replace(/:(\w+)/g, 'by-$1').split(/[^A-Za-z0-9]+/).filter(Boolean);
  return route.method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

const isRepeatable = (route: Route): boolean => route.method === 'post' && !route.upload;

function parameters(route: Route, schemas: OpenApiSchemas): Json[] {
  const all: Json[] = [];
  for (const [place, schema] of [['path', route.params], ['query', route.query]] as const) {
    const { properties = {}, required = [] } = (schema ? schemas.of(schema, 'input') : {}) as { properties?: Record<string, Json>; required?: string[] };
    const names = place === 'path' ? [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '') : Object.keys(properties);
    for (const name of names) {
      const property = properties[name] ?? { type: 'string' };
      all.push({ name, in: place, required: place === 'path' || required.includes(name), schema: property });
    }
  }
  if (isRepeatable(route)) all.push({ $ref: '#/components/parameters/IdempotencyKey' });
  return all;
}

function requestBody(route: Route, schemas: OpenApiSchemas): Json | undefined {
  if (route.upload) {
    const file = { type: 'string', format: 'binary', ...(route.upload.maxBytes > 0 ? { description: `At most ${route.upload.maxBytes} bytes` } : {}) };
    return { required: true, content: { 'multipart/form-data': { schema: { type: 'object', required: ['file'], properties: { file } } } } };
  }
  if (!route.body) return undefined;
  const schema = schemas.of(route.body, 'input');
  return { required: true, content: { 'application/json': { schema, example: route.example ?? exampleOf(schema, schemas) } } };
}

const problem = (name: string): Json => ({ $ref: `#/components/responses/${name}` });

function problems(route: Route): Json {
  return {
    ...(route.body || route.query ? { 400: problem('Invalid') } : {}),
    ...('policy' in route.access || 'sdk' in route.access ? { 401: problem('Unauthenticated'), 403: problem('Forbidden') } : {}),
    ...(route.params ? { 404: problem('NotFound') } : {}),
    ...(isRepeatable(route) ? { 409: problem('Conflict'), 422: problem('Unprocessable') } : {}),
    ...(route.perMinute || route.method !== 'get' ? { 429: problem('TooMany') } : {}),
    default: problem('Problem'),
  };
}

function responses(route: Route, schemas: OpenApiSchemas): Json {
  const declared = Object.entries(route.responses ?? { '2XX': null }).map(([status, schema]) => [status, {
    description: status === '204' ? 'Done' : 'Success',
    ...(schema ? { content: { 'application/json': { schema: schemas.of(schema, 'output') } } } : {}),
  }]);
  return { ...(Object.fromEntries(declared) as Json), ...problems(route) };
}

function access(route: Route): Json {
  if ('policy' in route.access) {
    return { description: `Checked as \`${route.access.policy}\`.`, security: [{ bearer: [] }, { cookie: [] }], 'x-access': { policy: route.access.policy } };
  }
  if ('sdk' in route.access) {
    const { sdk } = route.access;
    return {
      description: `For pages with a publishable key and for servers with a key of the scope \`${sdk}\`.`,
      security: [{ publishableKey: [] }, { serverKey: [] }], 'x-access': { sdk },
    };
  }
  if (route.access.session === 'contact') {
    return { description: 'For a contact, with the token of their session.', security: [{ contact: [] }], 'x-access': { session: 'contact' } };
  }
  return { description: `Open to everybody: ${route.access.public}.`, security: [], 'x-access': { public: route.access.public } };
}

function described(route: Route): Json {
  const { description, ...rest } = access(route);
  return { description: [route.description, description].filter(Boolean).join('\n\n'), ...rest };
}

/** One route as the document has it: under which path, which method, and what. */
export function describeOperation(route: Route, schemas: OpenApiSchemas): { path: string; method: string; operation: Json & { operationId: string } } {
  const body = requestBody(route, schemas);
  const operation = {
    summary: route.summary,
    tags: [route.tag],
    operationId: operationIdOf(route),
    ...described(route),
    parameters: parameters(route, schemas),
    ...(body ? { requestBody: body } : {}),
    responses: responses(route, schemas),
    ...(route.perMinute ? { 'x-calls-per-minute': route.perMinute } : {}),
  };
  return { path: pathOf(route), method: route.method, operation };
}
