import { expect, test } from 'vitest';
import type { Schema } from './api-document.ts';
import { schemaRows, typeOf } from './schema-rows.ts';

const tree: Schema = { type: 'object', properties: { name: { type: 'string' }, parts: { type: 'array', items: { $ref: '#/tree' } } } };
const resolve = (schema: Schema): Schema => (schema.$ref ? tree : schema);
const lines = (schema: Schema) => schemaRows(schema, resolve).map(({ depth, name, type }) => `${'  '.repeat(depth)}${name}: ${type}`);

test('nested objects and lists stand below their parent', () => {
  const schema: Schema = { properties: { person: { type: 'object', properties: { tags: { type: 'array', items: { type: 'object', properties: { id: { type: 'string' } } } } } } } };
  expect(lines(schema)).toEqual(['person: object', '  tags: object[]', '    id: string']);
});

test('what contains itself is shown once', () => {
  expect(lines({ properties: { root: { $ref: '#/tree' } } })).toEqual(['root: object', '  name: string', '  parts: object[]']);
});

test('each form of a body is shown with its fields', () => {
  expect(lines({ anyOf: [{ type: 'object', properties: { a: { const: 'x' } } }, { type: 'object', properties: { b: { type: 'boolean' } } }] }))
    .toEqual(['1.: object', '  a: "x"', '2.: object', '  b: boolean']);
});

test('limits, choices and defaults are told, also behind a null', () => {
  const [row] = schemaRows({ required: ['mode'], properties: { mode: { default: null, anyOf: [{ type: 'string', enum: ['a', 'b'], maxLength: 9 }, { type: 'null' }] } } }, resolve);
  expect(row).toMatchObject({ isRequired: true, type: 'string | null', choices: ['a', 'b'], facts: [{ kind: 'length', value: '≤ 9' }, { kind: 'default', value: 'null' }] });
});

test('types are short', () => {
  expect(typeOf({ type: 'string', format: 'email' }, resolve)).toBe('string · email');
  expect(typeOf({ type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'null' }] } }, resolve)).toBe('(string | null)[]');
  expect(typeOf({}, resolve)).toBe('any');
});
