import type { MessageDto } from '@plugboard/sdk';
import i18next from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import en from '../../../../../locales/en/admin.json';
import { eventText } from './event-text.ts';

const event = (key: string, params: Record<string, string | number | null>) => ({ author: { type: 'operator', id: 'o', name: 'Mira' }, event: { key, params } }) as unknown as MessageDto;
const list = (names: string[]) => names.join(' and ');
const say = (key: string, params: Record<string, string | number | null> = {}) => eventText(event(key, params), (text, values) => i18next.t(text, values), list);

beforeAll(async () => {
  await i18next.init({ lng: 'en', resources: { en: { admin: en } }, defaultNS: 'admin', interpolation: { escapeValue: false } });
});

test('what happened becomes a sentence with the words of this language', () => {
  expect(say('priority', { from: 'normal', to: 'urgent' })).toBe('Mira set the priority to Urgent');
  expect(say('assigned', { names: 'Sam, Lena', former: '' })).toBe('Mira assigned it to Sam and Lena');
});

test('an empty side reads differently', () => {
  expect(say('assigned', { names: 'Mira', former: '' })).toBe('Mira took it');
  expect(say('assigned', { names: '', former: 'Sam' })).toBe('Mira took the assignment away');
  expect(say('tags', { added: 'vip', removed: '' })).toBe('Mira tagged it vip');
  expect(say('subject', { subject: null })).toBe('Mira removed the subject');
});

test('an event that this version does not know is told all the same', () => {
  expect(say('teleported', { to: 'Mars' })).toBe('Mira changed something');
});
