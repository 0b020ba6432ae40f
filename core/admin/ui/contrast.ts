import { contrast, inkOn } from '../../shared/color.ts';

/** Which of white and black reads better on a colour (`#rrggbb`), and by what ratio (WCAG 2). */
export function readableOn(hex: string): { ink: 'white' | 'black'; color: string; ratio: number; isStrong: boolean } {
  const color = inkOn(hex);
  const ratio = contrast(hex, color);
  return { ink: color === '#ffffff' ? 'white' : 'black', color, ratio, isStrong: ratio >= 4.5 };
}

/** A shape of this colour on a white page is below what eyes with poor contrast make out (3:1, WCAG 2 on graphics). */
export const isFaintOnWhite = (hex: string): boolean => /^#[0-9a-f]{6}$/i.test(hex) && contrast(hex, '#ffffff') < 3;
