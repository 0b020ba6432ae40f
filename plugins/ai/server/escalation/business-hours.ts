import type { BusinessHours } from './escalation.schema.ts';

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Is the team there at this moment, by the clock of its own time zone? */
export function isOpen({ isOn, timeZone, days: open }: BusinessHours, now: Date): boolean {
  if (!isOn) return true;
  const parts = Object.fromEntries(new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(now).map(({ type, value }) => [type, value]));
  const day = days.indexOf(parts.weekday ?? '') + 1;
  const time = `${parts.hour}:${parts.minute}`;
  return open.some((span) => span.day === day && span.from <= time && time < span.to);
}
