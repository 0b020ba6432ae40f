import { beforeAll, expect, test } from 'vitest';

let keys: typeof import('./keys.ts');
const press = (key: string, more: Partial<KeyboardEvent> = {}) => ({ key, code: '', metaKey: false, ctrlKey: false, altKey: false, shiftKey: false, ...more }) as KeyboardEvent;

beforeAll(async () => {
  keys = await import('./keys.ts');
});

test('a letter is told apart from the same letter with shift', () => {
  const [resolve] = keys.parseKeys('e');
  const [reopen] = keys.parseKeys('Shift+e');
  expect(keys.matches(press('e'), resolve!)).toBe(true);
  expect(keys.matches(press('E', { shiftKey: true }), resolve!)).toBe(false);
  expect(keys.matches(press('E', { shiftKey: true }), reopen!)).toBe(true);
});

test('a sign counts however the layout writes it', () => {
  const [help] = keys.parseKeys('?');
  expect(keys.matches(press('?', { shiftKey: true, code: 'Slash' }), help!)).toBe(true);
  expect(keys.matches(press('?', { shiftKey: true, code: 'Minus' }), help!)).toBe(true);
});

test('on a layout without Latin letters the place of the key decides', () => {
  const [next] = keys.parseKeys('j');
  expect(keys.matches(press('ت', { code: 'KeyJ' }), next!)).toBe(true);
  expect(keys.matches(press('k', { code: 'KeyJ' }), next!)).toBe(false);
});

test('a plain key never takes a combination', () => {
  const [next] = keys.parseKeys('j');
  expect(keys.matches(press('j', { ctrlKey: true }), next!)).toBe(false);
  expect(keys.matches(press('j', { altKey: true }), next!)).toBe(false);
});

test('sequences and the names of keys are shown as printed on the keys', () => {
  expect(keys.parseKeys('g m')).toHaveLength(2);
  expect(keys.showKeys('g m')).toBe('G M');
  expect(keys.showKeys('Mod+Enter')).toBe('Ctrl ↵');
});
