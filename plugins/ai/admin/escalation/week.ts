import type { Opening } from '../types.ts';

export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

const inOrder = (openings: readonly Opening[]): Opening[] => [...openings].sort((a, b) => a.day - b.day || a.from.localeCompare(b.from));

/** Where the openings of one day stand in the list. */
export const placesOf = (openings: readonly Opening[], day: number): number[] => openings.flatMap((opening, index) => (opening.day === day ? [index] : []));

/** Opens a day like the nearest one before it that is open, or closes it. */
export function toggleDay(openings: readonly Opening[], day: number, isOpen: boolean): Opening[] {
  const others = openings.filter((opening) => opening.day !== day);
  if (!isOpen) return others;
  const before = weekdays.map((step) => ((day - 1 - step + 7) % 7) + 1).map((earlier) => others.filter((opening) => opening.day === earlier)).find((found) => found.length > 0);
  const like = before ?? [{ day, from: '09:00', to: '17:00' }];
  return inOrder([...others, ...like.map(({ from, to }) => ({ day, from, to }))]);
}

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
const clock = (at: number): string => `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;

/** A second opening on one day, an hour after the last one; undefined where the day is full. */
export function addOpening(openings: readonly Opening[], day: number): Opening[] | undefined {
  const last = openings.filter((opening) => opening.day === day).map(({ to }) => minutes(to)).sort((a, b) => b - a)[0] ?? 8 * 60;
  const from = last + 60;
  return from >= 24 * 60 - 1 ? undefined : inOrder([...openings, { day, from: clock(from), to: clock(Math.min(from + 180, 24 * 60 - 1)) }]);
}
