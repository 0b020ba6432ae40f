const channel = (value: number) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

/** Relative luminance of `#rrggbb`, as WCAG defines it. */
export function luminance(hex: string): number {
  const value = Number.parseInt(hex.slice(1), 16);
  return 0.2126 * channel(((value >> 16) & 255) / 255) + 0.7152 * channel(((value >> 8) & 255) / 255) + 0.0722 * channel((value & 255) / 255);
}

export const contrast = (one: number, other: number): number => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);

/** Black or white: whichever can be read better on the colour. One of them always reaches 4.5:1. */
export const inkOn = (hex: string): '#000000' | '#ffffff' => {
  const background = luminance(hex);
  return contrast(background, 1) >= contrast(background, 0) ? '#ffffff' : '#000000';
};
