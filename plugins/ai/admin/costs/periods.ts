export interface Period { from: string; to: string }

const dayMs = 24 * 3_600_000;
/** Days are counted in UTC, as budgets are. */
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The last so many days, today included. */
export const lastDays = (count: number, now = Date.now()): Period => ({ from: dayOf(now - (count - 1) * dayMs), to: dayOf(now) });

/** Every day of a period, so that one without answers is not left out. */
export function daysOf({ from, to }: Period): string[] {
  const days: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += dayMs) days.push(dayOf(at));
  return days;
}
