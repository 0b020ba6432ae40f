import type { NotificationPreferences } from '../../shared/notifications.ts';

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** Weekday (0 is Sunday) and minute of the day in a time zone. */
function localTime(now: number, timeZone: string): { day: number; minute: number } {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(now);
  const part = (type: string): string => parts.find((candidate) => candidate.type === type)?.value ?? '';
  return { day: days.indexOf(part('weekday')), minute: Number(part('hour')) * 60 + Number(part('minute')) };
}

/** Is it quiet for the operator now? Hours past midnight belong to the day on which they began. */
export function isQuiet(quietHours: NotificationPreferences['quietHours'], now: number, timeZone: string): boolean {
  if (!quietHours) return false;
  const { day, minute } = localTime(now, timeZone);
  const [from, to] = [minutesOf(quietHours.from), minutesOf(quietHours.to)];
  const isOn = (weekday: number): boolean => quietHours.days.includes(weekday);
  if (from <= to) return isOn(day) && minute >= from && minute < to;
  return (isOn(day) && minute >= from) || (isOn((day + 6) % 7) && minute < to);
}
