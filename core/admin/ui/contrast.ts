import { contrast, inkOn } from '../../shared/color.ts';

/** Which of white and black reads better on a colour (`#rrggbb`), and by what ratio (WCAG 2). */
export function readableOn(hex: string): { ink: 'white' | 'black'; color: string; ratio: number; isStrong: boolean } {
  const color = inkOn(hex);
  const ratio = contrast(hex, color);
  return { ink: color === '#ffffff' ? 'white' : 'black', color, ratio, isStrong: ratio >= 4.5 };
}
