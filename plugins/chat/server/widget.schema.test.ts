import { describe, expect, test } from 'vitest';
import { changeWidgetBody, createWidgetBody, slugSchema } from './widget.schema.ts';

const brandId = 'a'.repeat(26);
const create = (over: object) => createWidgetBody.safeParse({ name: 'Website', brandId, ...over });

test('a name and a brand are enough', () => {
  expect(create({}).data).toMatchObject({
    conversationButtons: [{ id: 'ask', icon: 'comment', name: '', departmentId: null, priority: 'normal', openingMessage: '' }],
    appearance: { type: 'popup', position: 'right', color: '', buttonIcon: 'comment', buttonText: null, mode: 'system' },
    externalLinks: [], allowedOrigins: [],
  });
});

test.each([
  ['an unknown key', { role: 'admin' }],
  ['an empty name', { name: ' ' }],
  ['a script as a link', { externalLinks: [{ label: 'x', url: 'javascript:alert(1)' }] }],
  ['an origin that ends the policy', { allowedOrigins: ['https://a.test; script-src *'] }],
  ['an origin with a path', { allowedOrigins: ['https://a.test/path'] }],
  ['a colour that is none', { appearance: { color: 'red' } }],
  ['two buttons with one id', { conversationButtons: [{ id: 'a' }, { id: 'a' }] }],
  ['no button at all', { conversationButtons: [] }],
  ['a foreign id', { brandId: '1' }],
])('%s is refused', (_what, over) => {
  expect(create(over).success).toBe(false);
});

test('origins may have a port and any subdomain', () => {
  expect(create({ allowedOrigins: ['https://*.example.com', 'http://localhost:8080'] }).success).toBe(true);
});

describe('a change', () => {
  test('touches nothing that it does not name', () => {
    expect(changeWidgetBody.parse({ appearance: { mode: 'dark' } })).toEqual({ appearance: { mode: 'dark' } });
  });
});

test('a slug keeps clear of the widget\'s own files', () => {
  expect(slugSchema.safeParse('assets').success).toBe(false);
  expect(slugSchema.safeParse('web-site').success).toBe(true);
  expect(slugSchema.safeParse('-web').success).toBe(false);
});
