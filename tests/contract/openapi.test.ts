import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Route } from '../../core/kernel/http/route.ts';
import { apiTags } from '../../core/modules/surfaces/api-tags.ts';
import { startDesk, type TestDesk } from '../support/desk.ts';

interface Parameter { name: string; in: string; required?: boolean; schema: object }
interface Operation {
  operationId: string; summary: string; tags: string[]; security: Record<string, string[]>[]; parameters: (Parameter | { $ref: string })[];
  requestBody?: { content: Record<string, { schema: object; example?: unknown }> };
  responses: Record<string, { $ref?: string; description?: string }>;
}
interface Document {
  openapi: string;
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { securitySchemes: Record<string, { name?: string }>; parameters: Record<string, Parameter> };
}

let desk: TestDesk;
let document: Document;
let operations: { path: string; method: string; operation: Operation }[];

beforeAll(async () => {
  desk = await startDesk({ env: { PLUGBOARD_PLUGINS: 'chat' } });
  document = await (await fetch(`${desk.url}/api/v1/openapi.json`)).json() as Document;
  operations = Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })));
});
afterAll(() => desk.stop());

const operationOf = (route: Route): Operation | undefined => document.paths[route.path.replace(/:(\w+)/g, '{$1}')]?.[route.method];

function resolve(reference: string): unknown {
  return reference.slice(2).split('/').reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key.replaceAll('~1', '/').replaceAll('~0', '~')], document);
}

function referencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = '$ref' in value && typeof value.$ref === 'string' ? [value.$ref] : [];
  return [...own, ...Object.values(value).flatMap(referencesIn)];
}

const parametersOf = (operation: Operation): Parameter[] =>
  operation.parameters.map((parameter) => ('$ref' in parameter ? resolve(parameter.$ref) as Parameter : parameter));

it('describes every route of the desk, and nothing else', () => {
  const described = operations.map(({ path, method }) => `${method} ${path}`).sort();
  expect(described).toEqual(desk.routes().map((route) => `${route.method} ${route.path.replace(/:(\w+)/g, '{$1}')}`).sort());
  expect(document.openapi).toMatch(/^3\.1\./);
});

it('has a target for every reference, and no schema that hides its own definitions', () => {
  const references = referencesIn(document);
  expect(references.length).toBeGreaterThan(100);
  expect(references.filter((reference) => !reference.startsWith('#/components/') || resolve(reference) === undefined)).toEqual([]);
  expect(JSON.stringify(document)).not.toContain('$defs');
});

it('declares every part of a path once, as required', () => {
  for (const { path, method, operation } of operations) {
    const declared = parametersOf(operation).filter((parameter) => parameter.in === 'path');
    expect(declared.map(({ name }) => name).sort(), `${method} ${path}`).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort());
    expect(declared.every(({ required }) => required === true)).toBe(true);
    const names = parametersOf(operation).map((parameter) => `${parameter.in} ${parameter.name}`);
    expect(names).toEqual([...new Set(names)]);
  }
});

it('gives each operation an id of its own that fits into an address', () => {
  const ids = operations.map(({ operation }) => operation.operationId);
  expect(ids).toEqual([...new Set(ids)]);
  expect(ids.filter((id) => !/^[a-z][A-Za-z0-9]+$/.test(id))).toEqual([]);
  expect(document.paths['/api/v1/conversations/{id}/messages']?.post?.operationId).toBe('postConversationsByIdMessages');
});

function schemesOf({ access }: Route): string[] {
  if ('policy' in access) return ['bearer', 'cookie'];
  if ('sdk' in access) return ['publishableKey', 'serverKey'];
  return access.session ? ['contact'] : [];
}

it('asks for what the route asks for', () => {
  for (const route of desk.routes()) {
    const schemes = operationOf(route)?.security.flatMap((entry) => Object.keys(entry));
    const wanted = schemesOf(route);
    expect(schemes, `${route.method} ${route.path}`).toEqual(wanted);
  }
  expect(document.paths['/widget/{slug}/files']?.post?.security).toEqual([{ contact: [] }]);
  expect(document.components.securitySchemes.cookie?.name).toBe('pb_session');
});

it('offers Idempotency-Key on every POST that takes one', () => {
  const offering = operations.filter(({ operation }) => parametersOf(operation).some(({ name }) => name === 'Idempotency-Key')).map(({ path, method }) => `${method} ${path}`);
  const taking = desk.routes().filter((route) => route.method === 'post' && !route.upload).map((route) => `post ${route.path.replace(/:(\w+)/g, '{$1}')}`);
  expect(offering.sort()).toEqual(taking.sort());
});

it('shows a body that the route accepts', () => {
  for (const route of desk.routes()) {
    if (!route.body || route.upload) continue;
    const example = operationOf(route)?.requestBody?.content['application/json']?.example;
    expect(route.body.safeParse(example).error?.issues ?? [], `${route.method} ${route.path} ${JSON.stringify(example)}`).toEqual([]);
  }
});

it('says what each group is about', () => {
  const used = new Set(operations.flatMap(({ operation }) => operation.tags));
  expect(document.tags.map(({ name }) => name).sort()).toEqual([...used].sort());
  const plugins = new Set(['chat']);
  expect(document.tags.filter(({ name }) => !plugins.has(name) && !apiTags[name])).toEqual([]);
  expect(operations.filter(({ operation }) => operation.summary.length < 4)).toEqual([]);
});
