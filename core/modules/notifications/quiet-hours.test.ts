import { expect, test } from 'vitest';
import { isQuiet } from './quiet-hours.ts';

const everyDay = [0, 1, 2, 3, 4, 5, 6];
const at = (text: string): number => Date.parse(text);

test.each([
  ['no quiet hours at all', null, '2026-11-20T23:00:00Z', 'UTC', false],
  ['inside', { from: '12:00', to: '13:00', days: everyDay }, '2026-11-20T12:00:00Z', 'UTC', true],
  ['its end is loud again', { from: '12:00', to: '13:00', days: everyDay }, '2026-11-20T13:00:00Z', 'UTC', false],
  ['in the zone of the operator', { from: '12:00', to: '13:00', days: everyDay }, '2026-11-20T04:30:00Z', 'Asia/Singapore', true],
  ['past midnight, before it', { from: '22:00', to: '07:00', days: everyDay }, '2026-11-20T22:30:00Z', 'UTC', true],
  ['past midnight, after it', { from: '22:00', to: '07:00', days: everyDay }, '2026-11-21T06:59:00Z', 'UTC', true],
  ['Friday night reaches into Saturday', { from: '22:00', to: '07:00', days: [5] }, '2026-11-21T03:00:00Z', 'UTC', true],
  ['but Saturday night is not Friday\'s', { from: '22:00', to: '07:00', days: [5] }, '2026-11-21T23:00:00Z', 'UTC', false],
  ['a whole day has no length', { from: '00:00', to: '00:00', days: everyDay }, '2026-11-20T12:00:00Z', 'UTC', false],
  ['the hour that summer time skips is no trouble', { from: '02:00', to: '03:00', days: everyDay }, '2026-03-29T01:30:00Z', 'Europe/Berlin', false],
] as const)('%s', (_name, hours, now, zone, quiet) => {
  expect(isQuiet(hours && { ...hours, days: [...hours.days] }, at(now), zone)).toBe(quiet);
});
