import { expect, test } from 'vitest';
import { acceptedLocales, directionOf, inLocale, pickLocale } from './locale.ts';

test('reads the header by preference and passes rubbish over', () => {
  expect(acceptedLocales('de;q=0.7, ar, en-GB;q=0.9, *;q=0.1, x;q=, fr;q=0')).toEqual(['ar', 'en-GB', 'de']);
  expect(acceptedLocales(undefined)).toEqual([]);
  expect(acceptedLocales(','.repeat(10_000))).toEqual([]);
});

test('takes the first wish that can be met, then the brand\'s language', () => {
  const available = ['en', 'de', 'pt-BR'];
  expect(pickLocale(['fr', 'de-AT'], available, 'en')).toBe('de');
  expect(pickLocale(['pt'], available, 'en')).toBe('pt-BR');
  expect(pickLocale(['ja'], available, 'de')).toBe('de');
  expect(pickLocale([], available, 'ja')).toBe('en');
});

test('knows which scripts run from right to left', () => {
  expect([directionOf('ar-EG'), directionOf('de')]).toEqual(['rtl', 'ltr']);
});

test('takes the text of the locale, then of its language, then the field\'s own; an empty one is none', () => {
  const texts = { de: 'Hallo', 'de-AT': 'Servus', fr: '' };
  expect(['de-AT', 'de-CH', 'fr', 'es'].map((locale) => inLocale('Hello', texts, locale))).toEqual(['Servus', 'Hallo', 'Hello', 'Hello']);
});
