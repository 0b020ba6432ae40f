export interface Box { width: number; height: number; start: number; end: number; top: number; bottom: number }
export interface Point { x: number; y: number; value: number; index: number }

/** Where values of 0…100 stand in a box, oldest first. A gap stays a gap. From right to left the newest is at the left. */
export function pointsOf(values: readonly (number | null)[], box: Box, isRtl = false): Point[] {
  const inner = box.width - box.start - box.end;
  const step = values.length > 1 ? inner / (values.length - 1) : 0;
  return values.flatMap((value, index) => {
    if (value === null) return [];
    const along = values.length > 1 ? index * step : inner / 2;
    return [{ index, value, x: round(isRtl ? box.width - box.start - along : box.start + along), y: yOf(value, box) }];
  });
}

export const yOf = (value: number, box: Box): number => round(box.top + (1 - Math.max(0, Math.min(100, value)) / 100) * (box.height - box.top - box.bottom));

/** A line through the points; it breaks where a value is missing. */
export const pathOf = (points: readonly Point[]): string => points.map(({ x, y, index }, nth) => `${nth > 0 && points[nth - 1]?.index === index - 1 ? 'L' : 'M'}${x} ${y}`).join('');

/** Which of so many points get a label, so that labels do not touch: the last one always does. */
export function labelled(count: number, most: number): number[] {
  if (count <= 0) return [];
  const step = Math.max(1, Math.ceil(count / Math.max(1, most)));
  return Array.from({ length: count }, (_, index) => index).filter((index) => (count - 1 - index) % step === 0);
}

const round = (value: number): number => Math.round(value * 10) / 10;
